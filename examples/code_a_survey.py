"""How do class schemes place the same persons, and how mobile are they against their fathers?

Run it with `python examples/code_a_survey.py`. It needs no network. The persons are made up: draws
from a few occupations. Put your own survey in their place; `survey="ess"` and the like translate
its variables.
"""

import numpy as np
import polars as pl

import worldclass as wc

# ISCO-08 of father and child: physicians, teachers, clerks, sales workers, builders, drivers,
# farmers, cleaners.
CODES = np.array(["2211", "2341", "4110", "5223", "7112", "8332", "6111", "9112"])
rng = np.random.default_rng(2026)
father = rng.integers(0, 8, 2_000)
child = np.where(rng.random(2_000) < 0.3, father, rng.integers(0, 8, 2_000))
own_account = rng.random(2_000) < 0.15

people = pl.DataFrame(
    {
        "isco08": CODES[child],
        "father_isco08": CODES[father],
        "self_employed": own_account,
        "supervisor": ~own_account & (rng.random(2_000) < 0.2),
        "employees": np.where(own_account, rng.integers(0, 4, 2_000), 0),
        "psu": rng.integers(0, 100, 2_000),
        "weight": rng.gamma(4, 0.25, 2_000),
    }
).with_columns(pl.when(pl.int_range(pl.len()) % 40 > 0).then("isco08").alias("isco08"))

# The same persons by three schemes; class_missing says why somebody has no class. Wright's skills
# are listed by ISCO-88(COM): codes are converted first, by a chain of two tables.
people = people.with_columns(isco88com=wc.recode(people["isco08"], "isco08", "isco88com"))
coded = wc.classify(people, "esec")
for name in ("oesch8", "wright-simple"):
    coded = coded.with_columns(wc.classify(people, name)["class"].alias(name))

print("What was read, repaired and missing")
print(wc.coding_report(people, "esec"))

design = wc.SurveyDesign(weight="weight", psu="psu")
print("Shares of ESeC classes, with intervals by the survey's design")
print(wc.shares(coded, "class", design=design).select("class", "share", "se", "p05", "p95", "n"))

print("Wright's classes within ESeC classes, row shares")
rows = wc.cross_table(coded, rows="class", columns="wright-simple", of="row", design=design)
print(rows.table.select("class", "wright-simple", "share", "se").head(6))

# Fathers: nothing is known but the occupation, which the simplified method is made for.
fathers = people.select(isco08="father_isco08")
coded = coded.with_columns(father=wc.classify(fathers, "esec", method="simplified")["class"])
table = wc.mobility(coded, origin="father", destination="class", design=design)
print("Absolute mobility")
print(table.absolute().head(8))
