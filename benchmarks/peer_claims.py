"""A claim over 10,000 specifications in 50 draws: all at once against one after another.

The whole claim is timed for ours. One after another takes hours, so that a sample of specifications
is timed and multiplied: what repeats does not get faster by being repeated, because each
specification is asked with other cut points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.comparison import Comparison, named
from benchmarks.timing import Timing, measure, ratio

if TYPE_CHECKING:
    import polars as pl

    from worldclass.claims.evaluation import Evaluation
    from worldclass.claims.schema import Claim

CLAIM = Path(__file__).with_name("claim_worker_elite.toml")
DRAWS = 50
BINS = 200
ANCHORS = {"national-accounts": "national_accounts", "earnings-survey": "earnings_survey"}
QUERY = """
SELECT SUM(CASE WHEN occupation = 'manager-professional' THEN persons * (1 - {manager_scale})
                ELSE persons END)
FROM bins_{column} WHERE year = {year} AND status = 'employee' AND income >= {tau}
"""


def claims(*, smoke: bool) -> list[Comparison]:
    """Ours against the atlas asked again for each specification, and against SQL over rows."""
    from worldclass.claims.evaluate import evaluate
    from worldclass.claims.library import load_claim

    claim = load_claim(CLAIM)
    most, draws, sample = (40, 8, 2) if smoke else (10_000, DRAWS, 4)

    def ours() -> Evaluation:
        return evaluate(claim, draws=draws, most=most, cache=False)

    found: list[Evaluation] = []
    ours_timed = measure(lambda: found.append(ours()), 1 if smoke else 3, warm=0)
    curve = found[0].specifications
    places = np.linspace(0, curve.height - 1, sample).astype(int)
    task = f"a claim at {curve.height:,} specifications × {draws} draws, world"
    return [
        _with_atlas(task, ours_timed, claim, curve, places.tolist(), draws),
        _with_sql(task, ours_timed, claim, curve, places.tolist(), draws),
    ]


def _values(claim: Claim, row: dict[str, object]) -> dict[str, float | int | str]:
    """What the choices of a specification are set to."""
    found: dict[str, float | int | str] = {}
    for choice in claim.choices:
        found |= choice.settings[str(row[choice.id])]
    return found


def _with_atlas(
    task: str, ours: Timing, claim: Claim, curve: pl.DataFrame, places: Sequence[int], draws: int
) -> Comparison:
    """Repeated `worldclass.atlas`, two years a specification, with the same draws."""
    import worldclass as wc

    pairs: list[tuple[float, float]] = []

    def one(row: dict[str, object]) -> None:
        values = _values(claim, row)
        first, last = int(values["first_year"]), int(values["last_year"])
        frame = wc.atlas(
            "bromma", country="WORLD", year=[first, last], sex="total", draws=draws,
            anchor=str(values["anchor"]),
            parameters={name: values[name] for name in ("tau", "manager_scale")},
        )  # fmt: skip
        elite = frame.filter(frame["class"] == "worker-elite").select("year", "persons")
        sizes = dict(elite.rows())
        pairs.append((float(row["estimate"]), 100 * (sizes[last] / sizes[first] - 1)))  # type: ignore[arg-type]

    timed = [_seconds(one, curve.row(k, named=True), warm=0) for k in places]
    gap = _gap(pairs, 1e-3)
    theirs = Timing(tuple(curve.height * seconds for seconds in timed))
    how = f"worldclass.atlas one by one; {len(places)} timed, multiplied"
    return _comparison(task, how, ours, theirs, f"{gap:.1e} points at most")


def _with_sql(
    task: str, ours: Timing, claim: Claim, curve: pl.DataFrame, places: Sequence[int], draws: int
) -> Comparison:
    """SQL over rows of income bins, one query a year, specification and draw.

    Rows of the central draw are made and loaded beforehand, which is not counted.
    """
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for column in ANCHORS.values():
        connection.register("made", _bins(claim, column))
        connection.execute(f"CREATE TABLE bins_{column} AS SELECT * FROM made ORDER BY year")
    pairs: list[tuple[float, float]] = []

    def one(row: dict[str, object]) -> None:
        values = _values(claim, row)
        sizes = [
            float(connection.execute(_query(values, year)).fetchone()[0])  # type: ignore[index]
            for year in ("first_year", "last_year")
        ]
        pairs.append((float(row["estimate"]), 100 * (sizes[1] / sizes[0] - 1)))  # type: ignore[arg-type]

    timed = [_seconds(one, curve.row(k, named=True), warm=1) for k in places]
    gap = _gap(pairs, 5.0)
    theirs = Timing(tuple(curve.height * (draws + 1) * seconds for seconds in timed))
    how = named("duckdb", f"{BINS} bins a cell, one by one; {len(places)} timed, multiplied")
    return _comparison(task, how, ours, theirs, f"{gap:.1f} points of growth at most")


def _bins(claim: Claim, column: str) -> pl.DataFrame:
    """A row for each of the bins of equal size of every employee cell's log-normal income."""
    import polars as pl
    from scipy.special import ndtri

    import worldclass as wc

    named_years = ("first_year", "last_year")
    years = {int(v) for c in claim.choices if c.id in named_years for v in c.values}  # type: ignore[arg-type]
    scores = pl.DataFrame({"score": ndtri((np.arange(BINS) + 0.5) / BINS)})
    spread = pl.col("labour_income_log_sd")
    cells = wc.people(year=sorted(years)).filter(
        pl.col("status") == "employee", spread.is_not_null()
    )
    return cells.join(scores, how="cross").select(
        "year",
        "status",
        "occupation",
        persons=pl.col("persons") / BINS,
        income=(
            pl.col(f"labour_income_{column}").log() - spread**2 / 2 + spread * pl.col("score")
        ).exp(),
    )


def _query(values: dict[str, float | int | str], year: str) -> str:
    return QUERY.format(column=ANCHORS[str(values["anchor"])], year=values[year], **values)


def _seconds(work: Callable[[dict[str, object]], None], row: dict[str, object], warm: int) -> float:
    return measure(lambda: work(row), 1, warm=warm).runs[0]


def _gap(pairs: Sequence[tuple[float, float]], allowed: float) -> float:
    """Largest difference of two results, refused where it says that they are of other things."""
    gap = max(abs(one - other) for one, other in pairs)
    if gap > allowed:
        raise AssertionError(f"Growth of the class differs by {gap:.2g} points.")
    return gap


def _comparison(task: str, peer: str, ours: Timing, theirs: Timing, difference: str) -> Comparison:
    return Comparison(task, peer, ours, theirs, ratio(theirs, ours), difference)
