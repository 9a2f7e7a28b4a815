"""From the values of every specification in every draw to one word, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.charts.verdicts import holding_text
from worldclass.claims.data import NAMES, remedy_of
from worldclass.claims.deciding import DRAWS, deciding_choices
from worldclass.claims.evaluation import Verdict
from worldclass.claims.tree import rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.cutoffs import Cutoffs
    from worldclass.claims.evaluation import Deciding, Word
    from worldclass.claims.schema import Claim
    from worldclass.claims.specifications import Specifications

    Values = NDArray[np.float64]

MATTERS = 0.05
"""Share of the variance from which on a choice is said to decide."""
UNANIMOUS = 0.01
"""Share of combinations below which those that disagree with the rest are not explained."""


def judge(
    specifications: Specifications,
    holds: NDArray[np.bool_],
    centre: Values,
    drawn: Values,
    limits: Cutoffs,
) -> Verdict:
    """The verdict.

    Parameters
    ----------
    specifications
        The grid.
    holds
        Whether all parts hold, shape (specifications, draws).
    centre
        Of the first part: central value of each specification.
    drawn
        Of the first part: value in each draw, shape (specifications, draws).
    limits
        The cut-offs.
    """
    claim = specifications.claim
    share = float(holds.mean())
    low, high = (float(one) for one in np.percentile(drawn, [5, 95]))
    deciding = deciding_choices(specifications, holds)
    word = word_of(share, limits)
    because = _because(specifications, holds.shape[1], share, word, deciding, limits)
    if claim.assumed:
        because = _assumed(claim, because)
    return Verdict(
        word="not testable here" if claim.assumed else word,
        share_holding=share,
        estimate=float(np.median(centre)),
        p05=low,
        p95=high,
        because=because,
        deciding=deciding,
        tree=rules(specifications, holds.mean(axis=1)),
    )


def word_of(share: float, limits: Cutoffs) -> Word:
    """What a share of combinations is called.

    Examples
    --------
    >>> from worldclass.claims.cutoffs import cutoffs
    >>> word_of(0.9, cutoffs()), word_of(0.1, cutoffs()), word_of(0.5, cutoffs())
    ('holds', 'fails', 'depends')
    """
    if share >= limits.holds:
        return "holds"
    return "fails" if share <= limits.fails else "depends"


def unanimous(share: float) -> bool:
    """Whether so few combinations disagree that it is not worth saying what they hang on."""
    return not UNANIMOUS <= share <= 1 - UNANIMOUS


def untestable(claim: Claim, absent: tuple[str, ...]) -> Verdict:
    """The verdict where data that the claim needs are absent."""
    named = " and ".join(NAMES[name] for name in absent)
    remedies = " ".join(remedy_of(name) for name in absent)
    because = f"The claim needs {named}: absent here. {remedies}"
    if claim.assumed:
        because = _assumed(claim, because)
    return Verdict("not testable here", None, None, None, None, because)


def _assumed(claim: Claim, numbers: str) -> str:
    """Why numbers decide nothing here, and what would."""
    return (
        f"What decides it is assumed here: {_sentence(claim.assumed)} What would test it: "
        f"{_sentence(claim.would_test)} The numbers, for the record: {numbers}"
    )


def _because(
    specifications: Specifications,
    draws: int,
    share: float,
    word: Word,
    deciding: tuple[Deciding, ...],
    limits: Cutoffs,
) -> str:
    number = len(specifications)
    grid = f"{number:,} specification{'s' if number > 1 else ''}"
    if specifications.sampled:
        grid = f"{grid} (a sample of {specifications.possible:,})"
    combined = f"{number * draws:,} combinations of {grid} with {draws:,} draws"
    combined = combined if draws > 1 else grid
    most, least = holding_text(limits.fails), holding_text(limits.holds)
    needed = {
        "holds": f"at least {least} make it hold",
        "fails": f"at most {most} make it fail",
        "depends": f"between {most} and {least} it depends",
        "not testable here": "",
    }[word]
    first = f"The rule is met in {holding_text(share)} of {combined}; {needed}."
    leading = [one for one in deciding if one.total >= MATTERS][:2]
    if not leading or unanimous(share):
        return first
    how = "estimated from the sample" if specifications.sampled else "interactions included"
    named = " and ".join(f"{_named(one)} ({holding_text(one.total)})" for one in leading)
    return f"{first} Most of the outcome's variance hangs on {named}; {how}."


def _named(one: Deciding) -> str:
    return f"the {one.label}" if one.choice == DRAWS else f"'{one.label}'"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
