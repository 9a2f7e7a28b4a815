"""The spread of workers over industries against censuses and labour-force surveys."""

from __future__ import annotations

import numpy as np
import polars as pl

from validation.labour.world import Array, Table, published, us_accounts, wiod
from validation.tables import Results
from worldclass.flows.labour.assumptions import CENTRAL, Scores, assumptions
from worldclass.flows.labour.us_accounts import class_productivity
from worldclass.people.assumptions import P95
from worldclass.sources.mirror import Mirror

CHOICE = {"relative-productivity": -0.5, "gross-output": 0.3, "labour-compensation": 0.8,
          "value-added": 2.0}  # fmt: skip
"""Scores that choose each rule: inside its part of the normal distribution."""


def misplaced(mine: Array, theirs: Array) -> float:
    """Part of the workers in the wrong group: half the sum of differences of shares."""
    return float(np.abs(mine / mine.sum() - theirs / theirs.sum()).sum() / 2)


def compare(table: Table, country: str, sector: str, scores: Scores) -> tuple[Array, Array]:
    """Workers by published group, ours and theirs."""
    rows = [
        r for r in published("employment.csv") if (r["country"], r["sector"]) == (country, sector)
    ]
    persons = table.persons(scores)
    mine = [persons[table.places(country, row["industries"])].sum() for row in rows]
    return np.array(mine), np.array([float(row["persons"]) for row in rows])


def rules(mirror: Mirror) -> Results:
    """Misplaced workers under each rule and power."""
    cases = [(c, y, s) for c, y in (("CHN", 2010), ("JPN", 2010), ("IND", 2011))
             for s in ("industry", "services")]  # fmt: skip
    power = assumptions()["productivity_power"]
    low, central, high = (
        float(np.asarray(v, float)) for v in (power.low, power.central, power.high)
    )
    settings: list[tuple[str, Scores]] = [
        (f"relative productivity, power {central}", CENTRAL),
        (f"relative productivity, power {low}", Scores({"productivity_power": -P95})),
        (f"relative productivity, power {high}", Scores({"productivity_power": P95})),
    ]
    settings += [(name.replace("-", " "), Scores({"spread": CHOICE[name]})) for name in
                 ("gross-output", "labour-compensation", "value-added")]  # fmt: skip
    rows = []
    for name, scores in settings:
        found = [100 * misplaced(*compare(wiod(mirror.root, y), c, s, scores)) for c, y, s in cases]
        rows.append((name, *found))
    return Results(
        "Workers placed in the wrong group of industries, percent of the broad sector",
        ("Rule", *(f"{c} {s}" for c, _, s in cases)),
        rows,
        before="Half the sum of absolute differences between our shares and the published ones. "
        "China: census of 2010. Japan: Labour Force Survey of 2010 (remembered figures). India: "
        "Periodic Labour Force Survey of 2017-18 beside the table of 2011, so a part is change.",
        digits=1,
    )


def groups(mirror: Mirror) -> Results:
    """Shares of groups of industries, ours and published."""
    rows: list[tuple[str, str, float, float]] = []
    for country, year in (("CHN", 2010), ("JPN", 2010), ("IND", 2011)):
        for sector in ("industry", "services"):
            mine, theirs = compare(wiod(mirror.root, year), country, sector, CENTRAL)
            named = [r["group"] for r in published("employment.csv")
                     if (r["country"], r["sector"]) == (country, sector)]  # fmt: skip
            rows += [
                (country, name, 100 * a / mine.sum(), 100 * b / theirs.sum())
                for name, a, b in zip(named, mine, theirs, strict=True)
            ]
    return Results(
        "Shares of groups of industries in the workers of their broad sector, percent",
        ("Country", "Group", "Ours", "Published"),
        rows,
        digits=1,
        left=2,
    )


def united_states(mirror: Mirror) -> Results:
    """The US accounts of one year spread by the productivity of another."""
    accounts = us_accounts(mirror)
    rows = []
    for base, target in ((2000, 2014), (2014, 2000), (2005, 2010)):
        codes = {code: (code,) for code in accounts["code"].unique().to_list() if code != "U"}
        known = class_productivity(accounts, codes, [base])
        year = accounts.filter((pl.col("year") == target) & (pl.col("code") != "U"))
        for sector, letters in (("industry", "BCDEF"), ("services", "GHIJKLMNOPQRST")):
            part = year.filter(pl.col("code").str.slice(0, 1).is_in(list(letters)))
            added, worked = part["VA"].to_numpy(), part["EMP"].to_numpy()
            relative = np.array([known[code].value_added for code in part["code"]])
            rows.append(
                (
                    f"{sector}, {target} from {base}",
                    100 * misplaced(added / relative, worked),
                    100 * misplaced(added / relative**0.85, worked),
                    100 * misplaced(added, worked),
                )
            )
    return Results(
        "US workers placed in the wrong one of 55 industries, percent",
        ("Sector and years", "Power 1", "Power 0.85", "Value added alone"),
        rows,
        before="The accounts of one year, spread by the relative productivity of another: what the "
        "rule loses where productivity ratios are the country's own, only of another year.",
        digits=1,
    )
