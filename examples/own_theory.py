"""A theory of one's own: write it down, have it checked, run it on the world.

Run it with `python examples/own_theory.py`. It writes `two_classes.toml` to a temporary folder.
"""

import tempfile
from pathlib import Path

import polars as pl

import worldclass as wc
from worldclass.theories import check_theory

THEORY = '''
id = "two-classes"
label = "Those who sell their labour, and those who do not need to"
version = "1"
description = "Everybody of 15 and over by whether they depend on a wage."
citation = "An example of worldclass."
source_notes = "Whoever is an employee or looks for work sells their labour."
lost = "What the household lives from: a spouse's wage, a pension, a remittance."

[incomes.labour_income]
anchor = "any"

[parameters.comfort]
default = 4000
unit = "ppp2021_month"
range = [2000, 8000]
description = "Pay from which an employee could stop working for some years."
source = "Chosen for the example."

[[class]]
id = "children"
label = "Children"
when = "age = '0-14'"

[[class]]
id = "sellers"
label = "Sell their labour"
when = """
status = 'unemployed'
or status = 'employee' and (labour_income < comfort or labour_income is null)
"""

[[class]]
id = "others"
label = "Do not need to, or work for themselves"
'''

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "two_classes.toml"
    file.write_text(THEORY, encoding="utf-8")

    # The check covers every combination of codes and incomes, not a sample of them.
    report = check_theory(wc.theory(file))
    print(f"Sound: {report.sound}, after {report.combinations:,} combinations.")

    world = wc.atlas(file, country=["WORLD", "NORTH", "SOUTH"], year=2023, draws=50)
    print(
        world.filter(pl.col("class") == "sellers").select(
            "country",
            "sex",
            (pl.col("persons") / 1e6).round(0).alias("millions"),
            (100 * pl.col("share_adults")).round(1).alias("percent_of_adults"),
        )
    )
