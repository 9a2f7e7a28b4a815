"""What each assumption contributes to the uncertainty of a class's size, and each definition.

One at a time, with all others at their centre: the size with the assumption at its 5th and 95th
percentile, and its share of the variance over the draws. The variance that one assumption alone
would give comes from three-point Gauss-Hermite quadrature (scores −√3, 0, √3 with weights 1/6,
2/3, 1/6), which is exact where the size is a quadratic of the score. What the shares leave to 1
is due to assumptions acting together (it may be negative).

Source: Saltelli et al. (2008), Global Sensitivity Analysis, ch. 4, for first-order shares;
Abramowitz & Stegun (1964), table 25.10, for the quadrature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.atlas.areas import choose_areas, needed
from worldclass.atlas.choices import choose_sexes, choose_years
from worldclass.atlas.query import choose_draws
from worldclass.atlas.ready import ready
from worldclass.atlas.run import run_theory
from worldclass.atlas.sizes import SEX_CODES
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import P95, assumptions, check_anchor
from worldclass.people.draws import DEFAULT, Draws, columns
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.schema import NumberParameter

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.theories.schema import Theory

    Sizer = Callable[[CompiledTheory, Draws], NDArray[np.float64]]

NODES = (-np.sqrt(3.0), np.sqrt(3.0))
TOGETHER = "together"


def contributions(
    theory: str | Path | Theory,
    klass: str,
    *,
    country: str = "WORLD",
    year: int | None = None,
    sex: str = "total",
    parameters: Mapping[str, float | str] | None = None,
    anchor: str | None = None,
    draws: int = DEFAULT,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """Decompose the uncertainty of one class size.

    Parameters
    ----------
    theory, klass
        Theory and class id.
    country, year, sex
        Which size; by default the world in the latest year, both sexes.
    parameters, anchor, draws, snapshot
        As in `atlas`.

    Returns
    -------
    One row per assumption, ordered by effect: `kind` ("assumption", "split" or "definition"),
    `assumption`, `label`, `basis`, `central`, `low`, `high` (persons at its ends) and
    `share_of_variance` (empty for definitions: parameters of the theory at the ends of their
    range, which are choices and not uncertainty). A last row "together" holds the remainder.

    Examples
    --------
    >>> contributions("ilo-status", "employers", year=2023)["assumption"][0]
    'employer_share'
    """
    shot = snapshot if isinstance(snapshot, Snapshot) else open_snapshot(snapshot)
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

    total = float(np.var(size(compiled, choose_draws(shot, draws))))
    rows = [
        *_assumption_rows(compiled, size, total, anchor),
        *_definition_rows(compiled, size, parameters or {}),
    ]
    return _table(rows, klass, total)


def _assumption_rows(
    compiled: CompiledTheory, size: Sizer, total: float, anchor: str | None
) -> Iterator[dict[str, object]]:
    names = columns()
    labels = {name: (item.label, item.basis) for name, item in assumptions().items()}
    for number, split in enumerate(compiled.splits):
        labels[f"split_{number + 1}"] = (f"Split {split!r} of the theory", "judgement")
    centre = float(size(compiled, _scores({}, 1))[0])
    for name, (label, basis) in labels.items():
        item = assumptions().get(name)
        if item is not None and item.kind == "choice":
            if anchor is not None:
                continue
            scores = _middle_scores(item.weights)
            weights = np.array(item.weights) / sum(item.weights)
            values = size(compiled, _scores({name: scores}, len(scores)))
            low, high = float(values.min()), float(values.max())
            variance = float(weights @ (values - weights @ values) ** 2)
        else:
            values = size(compiled, _scores({name: (-P95, P95, *NODES)}, 4))
            low, high = float(values[0]), float(values[1])
            nodes = np.array([values[2], centre, values[3]])
            weights = np.array([1, 4, 1]) / 6
            variance = float(weights @ (nodes - weights @ nodes) ** 2)
        if low == high == centre or name not in names:
            continue
        yield {
            "kind": "split" if item is None else "assumption",
            "assumption": name if item is not None else compiled.splits[int(name[6:]) - 1],
            "label": label,
            "basis": basis,
            "central": centre,
            "low": low,
            "high": high,
            "share_of_variance": variance / total if total > 0 else 0.0,
        }


def _definition_rows(
    compiled: CompiledTheory, size: Sizer, given: Mapping[str, float | str]
) -> Iterator[dict[str, object]]:
    centre = float(size(compiled, _scores({}, 1))[0])
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
            "label": f"{parameter.description.strip()} ({shown})",
            "basis": "definition",
            "central": centre,
            "low": values[0] if is_number else min(values),
            "high": values[-1] if is_number else max(values),
            "share_of_variance": None,
        }


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


def _table(rows: list[dict[str, object]], klass: str, total: float) -> pl.DataFrame:
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
        "share_of_variance": 1.0 - float(explained) if total > 0 else 0.0,
    }  # fmt: skip
    return pl.concat([frame, pl.DataFrame([rest], schema=schema)])
