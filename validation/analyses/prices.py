"""Prices of production, ours beside those of clptheory."""

from __future__ import annotations

from validation.tables import Results
from worldclass.flows.values.distances import distance_table
from worldclass.flows.values.national import national_technique, with_fixed_capital
from worldclass.flows.values.production_prices import new_interpretation, standard_interpretation
from worldclass.flows.values.technique import Technique
from worldclass.sources.input_output.niot import niot_years, read_niot
from worldclass.sources.mirror import Mirror

DEPRECIATION, TURNOVER = 0.05, 0.25
"""A year, and years: assumed, since the release gives neither."""

PRINTED = {"standard": (0.3877843, 0.2337492), "new": (0.2116339, 0.1569311)}


def ochoa() -> Results:
    """Ochoa's three industries."""
    bare = Technique(
        industries=("agriculture", "manufacturing", "services"),
        inputs=[[0.265, 0.968, 0.00681], [0.0121, 0.391, 0.0169], [0.0408, 0.808, 0.165]],
        labour=[0.193, 3.562, 0.616],
        output=[26530, 18168, 73840],
        wage_goods=[0.0109, 0.0275, 0.296],
        wage=3.765,
        value_of_labour_power=2 / 3,
    )
    fixed = Technique(
        **{name: getattr(bare, name) for name in bare.__dataclass_fields__}
        | {
            "depreciation": [[0, 0, 0], [0.00568, 0.0267, 0.0028], [0.00265, 0.0147, 0.00246]],
            "capital": [[0, 0, 0], [0.120, 0.791, 0.096], [0.037, 0.251, 0.043]],
            "turnover": [0.317, 0.099, 0.187],
        }
    )
    rows = []
    for name, solve in (("standard", standard_interpretation), ("new", new_interpretation)):
        for model, technique, printed in zip(
            ("circulating", "with fixed capital"), (bare, fixed), PRINTED[name], strict=True
        ):
            found = solve(technique)
            rows.append(
                (
                    f"{name}, {model}",
                    printed,
                    found.profit_rate,
                    found.rate_of_surplus_value,
                    *(float(price) for price in found.prices),
                )
            )
    return Results(
        "Prices of production of Ochoa's three industries",
        (
            "Interpretation, capital",
            "Rate of profit printed",
            "Ours",
            "Rate of surplus value",
            "Price 1",
            "Price 2",
            "Price 3",
        ),
        rows,
        after="clptheory finds the root of the new interpretation to about 1e-5; ours solves the "
        "equation to 1e-10, hence the difference in the sixth digit.",
        digits=7,
    )


def united_states(mirror: Mirror) -> Results:
    """Rates of profit of 53 industries, as the package has them, and with like units."""
    rows = []
    for year in niot_years(mirror.root):
        raw = read_niot(mirror.root, year)
        mixed = national_technique(raw)
        standard, new = standard_interpretation(mixed), new_interpretation(mixed)
        like = standard_interpretation(national_technique(raw, bundle_per="simple"))
        fixed = with_fixed_capital(
            national_technique(raw, bundle_per="simple"),
            raw,
            depreciation_rate=DEPRECIATION,
            turnover=TURNOVER,
        )
        apart = distance_table(new, mixed.output).filter(
            measure="d_distance", comparison="production / direct"
        )
        rows.append(
            (
                str(year),
                new.maximum_rate,
                standard.profit_rate,
                like.profit_rate,
                new.profit_rate,
                like.rate_of_surplus_value,
                new.rate_of_surplus_value,
                standard_interpretation(fixed).profit_rate,
                new_interpretation(fixed).profit_rate,
                apart["value"].item(),
            )
        )
    return Results(
        "United States, 53 industries",
        (
            "Year",
            "Maximum rate",
            "Standard, as clptheory",
            "Standard, like units",
            "New",
            "Surplus value, standard",
            "Surplus value, new",
            "Fixed capital, standard",
            "Fixed capital, new",
            "d-distance of prices from values (new)",
        ),
        rows,
        before="The negative rates come from dividing household consumption by hours worked and "
        "paying it for each hour of simple labour. With simple hours on both sides they are "
        "positive. Rates are per turnover of circulating capital on domestic inputs alone; with "
        f"fixed capital they are yearly, at an assumed depreciation of {100 * DEPRECIATION:.0f} % "
        f"a year and inputs and wages advanced for {12 * TURNOVER:.0f} months.",
        digits=4,
    )
