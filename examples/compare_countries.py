"""How do countries differ in their classes, and does class of origin weigh less for the young?

Run it with `python examples/compare_countries.py`. It needs no network, and leaves four pictures.
The persons are made up, in the European Social Survey's own variables and codes: put
`pl.read_csv("ESS.csv")` or `pandas.read_stata("ESS.dta", convert_categoricals=False)` in their
place.
"""

import numpy as np
import polars as pl

import worldclass as wc

# ISCO-08: managers, physicians, teachers, clerks, sales workers, farmers, builders, drivers,
# cleaners; 66666 is the survey's "not applicable".
CODES = np.array([1321, 2211, 2341, 4110, 5223, 6111, 7112, 8332, 9112, 66666])
SIZES = {
    "DE": [6, 4, 11, 16, 18, 2, 14, 8, 15, 6],
    "NO": [9, 5, 16, 14, 20, 3, 11, 7, 9, 6],
    "PL": [5, 3, 9, 10, 15, 16, 17, 9, 10, 6],
}
rng = np.random.default_rng(2026)
PERSONS = 3_000


def country(code: str) -> pl.DataFrame:
    """Persons of a country; the older more often do what their fathers did."""
    sizes = np.array(SIZES[code]) / sum(SIZES[code])
    own = rng.choice(10, PERSONS, p=sizes)
    father = rng.choice(9, PERSONS, p=sizes[:9] / sizes[:9].sum())
    age = rng.integers(25, 85, PERSONS)
    own = np.where((own < 9) & (rng.random(PERSONS) < 0.1 + age / 300), father, own)
    alone = rng.random(PERSONS) < np.where(own == 5, 0.9, 0.12)
    return pl.DataFrame(
        {
            "cntry": code,
            "isco08": CODES[own],
            "emplrel": np.where(own == 9, 6, np.where(alone, 2, 1)),
            "emplno": np.where(alone & (own < 9), rng.integers(0, 14, PERSONS), 66666),
            "jbspv": np.where(own == 9, 6, np.where(rng.random(PERSONS) < 0.25, 1, 2)),
            "father": CODES[father],
            "agea": age,
            "anweight": rng.gamma(4, 0.25, PERSONS),
            "psu": rng.integers(0, 120, PERSONS) + 1_000 * list(SIZES).index(code),
            "stratum": code,
        }
    )


survey = pl.concat([country(code) for code in SIZES])

# Two schemes beside one another; the survey's variables are translated, its missing codes kept.
coded = wc.classify(survey, "esec", survey="ess", column="esec")
coded = wc.classify(coded, "oesch8", survey="ess", column="oesch8")
print("Why persons have no class")
print(coded["esec_missing"].drop_nulls().value_counts())

design = wc.SurveyDesign(weight="anweight", psu="psu", strata="stratum")
shares = wc.shares(coded, "esec", by="cntry", design=design)
print("The self-employed in agriculture, with 90 % intervals")
print(shares.filter(esec="5").select("cntry", "share", "p05", "p95", "n"))
wc.plot(shares, labels="esec", title="Classes by country").save("shares.svg")

# What one scheme calls a class, the other divides.
crossed = wc.cross_table(coded, "esec", "oesch8", design=design)
wc.plot(crossed, labels="esec", column_labels="oesch8", title="ESeC by Oesch").save("crossed.svg")

# Fathers by the simplified method: nothing is known of them but the occupation. In five classes.
fathers = coded.select(isco08="father")
coded = coded.with_columns(
    origin=wc.classify(fathers, "esec5", method="simplified")["class"],
    destination=wc.classify(survey, "esec5", survey="ess")["class"],
    cohort=pl.when(pl.col("agea") < 55).then(pl.lit("25 to 54")).otherwise(pl.lit("55 to 84")),
)
table = wc.mobility(coded, "origin", "destination", by="cohort", design=design)
print("Mobile persons")
print(table.absolute().filter(measure="total").select("cohort", "estimate", "p05", "p95"))
wc.plot(table, labels="esec5").save("mobility.svg")

# Unidiff: is the whole association of origin and destination stronger in a cohort?
effect = table.unidiff()
print("Layer effect: the younger are 1")
print(effect.table.select("cohort", "phi", "p05", "p95"))
wc.plot(effect).save("unidiff.svg")
