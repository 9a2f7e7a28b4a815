"""What each assumption contributes to the uncertainty of a class's size, and each definition.

Two answers stand side by side. One at a time, with all others at their centre: the size with the
assumption at its 5th and 95th percentile. Over all draws: its first-order share of the variance,

    S = Var(E[size | assumption]) / Var(size),

estimated from the draws sorted into bins of the assumption's score (or by option, for a choice),
less what noise alone would put between the bins. What the shares leave to 1 is due to
assumptions acting together, and to sampling.

Source: Saltelli et al. (2008), Global Sensitivity Analysis, ch. 4, for first-order shares; the
correction is that of one-way analysis of variance (ω², Hays 1963).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.ready import ready
from worldclass.atlas.run import run_theory
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import P95, assumptions, check_anchor
from worldclass.people.choices import choose_sexes, choose_years
from worldclass.people.draws import Draws, choose_draws, columns
from worldclass.people.grid import SEX_CODES
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.schema import NumberParameter

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.theories.schema import Theory

    Values = NDArray[np.floating[Any]]
    Sizer = Callable[[CompiledTheory, Draws], NDArray[np.float64]]

DRAWS = 1024
BINS = 16
TOGETHER = "together"
NOISE = 3e-4
"""Effects below this part of the size come from fitting margins to 0.02 points: left out."""


def contributions(
    theory: str | Path | Theory,
    klass: str,
    *,
    country: str = "WORLD",
    year: int | None = None,
    sex: str = "total",
    parameters: Mapping[str, float | str] | None = None,
    anchor: str | None = None,
    draws: int = DRAWS,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """Decompose the uncertainty of one class size.

    Parameters
    ----------
    theory, klass
        Theory and class id.
    country, year, sex
        Which size; by default the world in the latest year, both sexes.
    parameters, anchor, snapshot
        As in `atlas`.
    draws
        Draws behind the shares; with 1,024 a share is known to about two points.

    Returns
    -------
    One row per assumption, ordered by effect: `theory`, `class`, `country`, `year`, `sex`,
    `only_bounds` (see `atlas`: `central` is then no estimate); `kind` ("assumption", "split" or
    "definition"), `assumption`, `label`, `basis`, `central`, `low`, `high` (persons at its ends)
    and `share_of_variance` (empty for definitions: parameters of the theory at the ends of their
    range, which are choices and not uncertainty). A last row "together" holds the remainder.

    Examples
    --------
    >>> contributions("ilo-status", "employers", year=2023)["assumption"][0]
    'employer_share'
    """
    shot = open_snapshot(snapshot)
    compiled = ready(theory, parameters)
    if klass not in compiled.classes:
        raise UsageError(
            f"Theory {compiled.theory.id} has no class {klass!r}.",
            where="class",
            remedy=f"Its classes: {', '.join(compiled.classes)}.",
        )
    grid = shot.estimates.grid
    areas = choose_areas(country, grid.countries)[:1]
    years = choose_years(grid.years[-1] if year is None else year, grid.years)[:1]
    position = compiled.classes.index(klass)
    side = SEX_CODES.index(choose_sexes(sex)[0])
    check_anchor(anchor)

    def size(one: CompiledTheory, scores: Draws) -> NDArray[np.float64]:
        run = run_theory(
            shot.estimates, one, countries=needed(areas), years=years, draws=scores, anchor=anchor
        )
        assert run.draws is not None
        by_sex = run.draws[:, position].sum(axis=(2, 3), dtype=np.float64)
        return by_sex.sum(axis=1) if side == len(SEX_CODES) - 1 else by_sex[:, side]

    drawn = choose_draws(shot.draws, draws)
    centre = float(size(compiled, _scores({}, 1))[0])
    rows = [
        *_assumption_rows(compiled, size, centre, drawn, anchor),
        *_definition_rows(compiled, size, centre, parameters or {}),
    ]
    about = {
        "theory": compiled.theory.id,
        "class": klass,
        "country": areas[0].code,
        "year": years[0],
        "sex": SEX_CODES[side],
        "only_bounds": compiled.theory.classes[position].bounds,
    }
    return _about(_table(rows), about)


def first_order_share(sizes: Values, groups: NDArray[np.integer[Any]]) -> float:
    """Share of the variance that lies between groups of draws, corrected for noise.

    (SS_between − (K − 1)·MS_within) / SS_total, not below 0, for K groups.

    Parameters
    ----------
    sizes
        Shape (draws,).
    groups
        Shape (draws,): number of the group of each draw.

    Examples
    --------
    >>> first_order_share(np.array([1.0, 1.0, 5.0, 5.0]), np.array([0, 0, 1, 1]))
    1.0
    """
    total = float(((sizes - sizes.mean()) ** 2).sum())
    _, number, count = np.unique(groups, return_inverse=True, return_counts=True)
    if total == 0 or len(count) == len(sizes):
        return 0.0
    means = np.bincount(number, weights=sizes) / count
    between = float((count * (means - sizes.mean()) ** 2).sum())
    within = (total - between) / (len(sizes) - len(count))
    return max(0.0, (between - (len(count) - 1) * within) / total)


def _groups(scores: Values, weights: tuple[float, ...] | None) -> NDArray[np.integer[Any]]:
    """Equal bins of the order of scores; for a choice its options."""
    from scipy.special import ndtr

    if weights is not None:
        steps = np.cumsum(weights) / sum(weights)
        return np.searchsorted(steps[:-1], ndtr(scores), side="right")
    bins = min(BINS, max(2, len(scores) // 8))
    return np.argsort(np.argsort(scores, kind="stable"), kind="stable") * bins // len(scores)


def _assumption_rows(
    compiled: CompiledTheory, size: Sizer, centre: float, drawn: Draws, anchor: str | None
) -> Iterator[dict[str, object]]:
    labels = {name: (item.label, item.basis) for name, item in assumptions().items()}
    for number, split in enumerate(compiled.splits):
        labels[f"split_{number + 1}"] = (f"Split {split!r} of the theory", "judgement")
    sizes = size(compiled, drawn)
    for name, (label, basis) in labels.items():
        item = assumptions().get(name)
        weights = item.weights if item is not None and item.kind == "choice" else None
        if weights is not None and anchor is not None:
            continue
        ends = (-P95, P95) if weights is None else _middle_scores(weights)
        values = size(compiled, _scores({name: ends}, len(ends)))
        low, high = (values[0], values[1]) if weights is None else (values.min(), values.max())
        if max(abs(low - centre), abs(high - centre)) <= NOISE * centre:
            continue
        yield {
            "kind": "split" if item is None else "assumption",
            "assumption": name if item is not None else compiled.splits[int(name[6:]) - 1],
            "label": label,
            "basis": basis,
            "central": centre,
            "low": float(low),
            "high": float(high),
            "share_of_variance": first_order_share(sizes, _groups(drawn.column(name), weights)),
        }


def _definition_rows(
    compiled: CompiledTheory, size: Sizer, centre: float, given: Mapping[str, float | str]
) -> Iterator[dict[str, object]]:
    for name, parameter in compiled.theory.parameters.items():
        ends = parameter.range if isinstance(parameter, NumberParameter) else parameter.choices
        values = [
            float(size(compile_theory(compiled.theory, {**given, name: end}), _scores({}, 1))[0])
            for end in ends
        ]
        if all(value == centre for value in values):
            continue
        shown = (
            f"{ends[0]:g} to {ends[-1]:g}"
            if isinstance(parameter, NumberParameter)
            else (" / ".join(map(str, ends)))
        )
        is_number = isinstance(parameter, NumberParameter)
        yield {
            "kind": "definition",
            "assumption": name,
            "label": f"{_first_sentence(parameter.description)} ({shown})",
            "basis": "definition",
            "central": centre,
            "low": values[0] if is_number else min(values),
            "high": values[-1] if is_number else max(values),
            "share_of_variance": None,
        }


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".")


def _scores(given: Mapping[str, tuple[float, ...]], number: int) -> Draws:
    """Draws that are central but for the columns given."""
    names = columns()
    scores = np.zeros((number, len(names)))
    if "anchor" not in given:  # the central anchor's own place on the scale of scores
        item = assumptions()["anchor"]
        middle = _middle_scores(item.weights)[item.options.index(str(item.central))]
        scores[:, names.index("anchor")] = middle
    for name, values in given.items():
        scores[:, names.index(name)] = values
    return Draws(scores, names)


def _middle_scores(weights: tuple[float, ...]) -> tuple[float, ...]:
    """A score in the middle of each option's part of the normal distribution."""
    from scipy.special import ndtri

    ends = np.concatenate([[0.0], np.cumsum(weights) / sum(weights)])
    return tuple(float(v) for v in ndtri((ends[:-1] + ends[1:]) / 2))


def _about(frame: pl.DataFrame, what: Mapping[str, object]) -> pl.DataFrame:
    """The table with whose size it is about in front."""
    import polars as pl

    kinds = {"year": pl.Int32, "only_bounds": pl.Boolean}
    said = [pl.lit(value, kinds.get(name, pl.String)).alias(name) for name, value in what.items()]
    return frame.select(*said, *frame.columns)


def _table(rows: list[dict[str, object]]) -> pl.DataFrame:
    import polars as pl

    schema = {
        "kind": pl.String, "assumption": pl.String, "label": pl.String, "basis": pl.String,
        "central": pl.Float64, "low": pl.Float64, "high": pl.Float64,
        "share_of_variance": pl.Float64,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema)
    reach = pl.max_horizontal("low", "high", "central") - pl.min_horizontal(
        "low", "high", "central"
    )
    frame = frame.sort(pl.col("kind") == "definition", -reach, maintain_order=True)
    explained = frame["share_of_variance"].sum()
    rest = {
        "kind": "assumption", "assumption": TOGETHER, "label": "Assumptions acting together",
        "basis": "", "central": None, "low": None, "high": None,
        "share_of_variance": 1.0 - float(explained) if rows else 0.0,
    }  # fmt: skip
    return pl.concat([frame, pl.DataFrame([rest], schema=schema)])
