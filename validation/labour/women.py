"""Women by industry against published shares; bounds; Bangladesh."""

from __future__ import annotations

import numpy as np

from validation.labour.world import published, wiod
from validation.tables import Results
from worldclass.flows.labour.assumptions import CENTRAL, make_labour_draws
from worldclass.flows.labour.bounds import FRECHET, manufacturing_bounds
from worldclass.flows.labour.classes import industry_classes
from worldclass.flows.labour.grouping import Grouping
from worldclass.flows.labour.spread import spread_persons
from worldclass.flows.labour.tilt import tilt
from worldclass.flows.labour.women import split_by_sex, women_log_odds
from worldclass.people.snapshot import open_snapshot
from worldclass.sources.mirror import Mirror

DRAWS = 128
BANGLADESH = (
    ("clothing", 3.2, "World Bank (2022): 8 % of employed women (2016) ÷ 46 % women (2017), read"),
    ("textiles", 1.5, "Labour Force Survey 2016-17, remembered"),
    ("other_manufacturing", 4.1, "Labour Force Survey 2016-17: manufacturing 8.8 m, remembered"),
    ("construction", 3.4, "Labour Force Survey 2016-17, remembered"),
    ("utilities", 0.2, "Labour Force Survey 2016-17, remembered"),
    ("mining", 0.1, "Labour Force Survey 2016-17, remembered"),
)
"""Million workers of Bangladesh's industry by class, and where the figure is from."""
BANGLADESH_YEAR = 2017


def shares(mirror: Mirror) -> Results:
    """Women's shares, ours with an interval beside published ones."""
    draws = make_labour_draws(DRAWS)
    plans = {year: wiod(mirror.root, year).plan() for year in (2011,)}
    persons = {year: split_by_sex(p, spread_persons(p, draws), draws) for year, p in plans.items()}
    rows = []
    for row in published("women.csv"):
        year = int(row["table_year"])
        table = wiod(mirror.root, year)
        places = table.places(row["country"], row["industries"])
        centre = table.satellite().persons[:, places].sum(axis=1)
        drawn = persons[year][:, :, places].sum(axis=-1)
        low, high = np.percentile(100 * drawn[0] / drawn.sum(axis=0), [5, 95])
        rows.append(
            (
                row["country"],
                f"{row['group']} ({row['year']})",
                100 * centre[0] / centre.sum(),
                f"{low:.0f}–{high:.0f}",
                100 * float(row["share"]),
                row["source"],
            )
        )
    return Results(
        "Share of women, percent: ours for 2011 beside published ones",
        ("Country", "Industry (year published)", "Ours", "5–95 %", "Published", "Source"),
        rows,
        digits=1,
        left=2,
    )


def bounds(mirror: Mirror) -> Results:
    """Bounds on women in manufacturing and in textiles and clothing."""
    satellite = wiod(mirror.root, 2011).satellite()
    rows = []
    for country in ("CHN", "IND", "IDN", "TUR", "BRA", "MEX", "USA", "DEU", "JPN", "ROW"):
        whole = manufacturing_bounds(satellite, country)
        free = manufacturing_bounds(satellite, country, FRECHET)
        cloth = manufacturing_bounds(satellite, country, industry="c4")
        rows.append((country, *(_percent(one.shares) for one in (whole, free, cloth))))
    return Results(
        "Least, central and most share of women, percent, 2011",
        ("Country", "Manufacturing", "Fréchet's bounds", "Textiles and clothing (c4)"),
        rows,
        before="The total of women in industry is the ILO's. Manufacturing: women in construction, "
        "mining and utilities within the stated limits. Fréchet: no limits. c4: the limits, and "
        "any share in the rest of manufacturing.",
    )


def _percent(three: tuple[float, float, float]) -> str:
    return " / ".join(f"{100 * share:.0f}" for share in three)


def bangladesh() -> Results:
    """The tilt on Bangladesh's industry by class."""
    people = open_snapshot().estimates
    at = (people.grid.countries.index("BGD"), people.grid.years.index(BANGLADESH_YEAR))
    total = (people["employed"][:, *at] * people["sector"][1, :, *at]) / 1e6
    classes = [industry_classes()[name] for name, _, _ in BANGLADESH]
    persons = np.array([count for _, count, _ in BANGLADESH])
    persons = persons * total.sum() / persons.sum()
    delta = women_log_odds(classes, CENTRAL.as_draws())[0]
    one = Grouping(np.zeros(len(classes), int), 1)
    women = tilt(persons, delta, np.array([total[0]]), one)
    made = np.array([item.group == "manufacturing" for item in classes])
    rows: list[tuple[str, float, float, str]] = [
        (item.title, float(n), 100 * float(w / n), source)
        for item, n, w, (_, _, source) in zip(classes, persons, women, BANGLADESH, strict=True)
    ]
    rows.append(
        (
            "Manufacturing",
            float(persons[made].sum()),
            100 * women[made].sum() / persons[made].sum(),
            "",
        )
    )
    rows.append(
        ("Industry (ILO)", float(total.sum()), 100 * total[0] / total.sum(), "ILO modelled")
    )
    return Results(
        f"Bangladesh {BANGLADESH_YEAR}: women in industry by the tilt",
        ("Class", "Workers, million", "Women, percent", "Workers from"),
        rows,
        before="Workers by class scaled to the ILO's total of industry.",
        digits=1,
    )


def china() -> Results:
    """The ILO's women outside agriculture against China's economic census of 2004."""
    people = open_snapshot().estimates
    at = (people.grid.countries.index("CHN"), people.grid.years.index(2004))
    count = people["employed"][:, *at] * people["sector"][1:, :, *at]
    both = count.sum(axis=0)
    return Results(
        "China 2004: women outside agriculture, percent",
        ("Source", "Women"),
        [
            ("ILO modelled estimates (the input here)", 100 * both[0] / both.sum()),
            ("First economic census (Xinhua, 7 December 2005)", 36.7),
        ],
        digits=1,
    )
