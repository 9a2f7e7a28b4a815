"""Order, layout and format of a table's files do not change the table."""

import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.manifest import read_manifest
from worldclass.sources.input_output.manifest_cells import Cells, values
from worldclass.sources.input_output.manifest_schema import Csv

SECTORS = [("AAA", "Wheat, rye"), ("AAA", 'Steel "A"'), ("BBB", "Wheat, rye"), ("ROW", "c|d")]
CATEGORIES = ["households", "stocks"]
numbers = st.floats(-1e12, 1e12, allow_nan=False).map(lambda v: round(v, 3))
MANIFEST = """
name = "t"
year = 2000
unit = "million USD"
prices = "p"
citation = "c"
licence = "l"
[regions]
AAA = "One"
BBB = "Other"
[csv]
delimiter = "{delimiter}"
[transactions]
file = "z.{suffix}"
layout = "{layout}"
[final_demand]
file = "y.{suffix}"
layout = "{layout}"
[[account]]
name = "hours"
unit = "million hours"
file = "h.{suffix}"
columns = [{{ name = "f", sex = "female" }}]
"""


def wide(values, columns):
    head = {
        "seller_country": [country for country, _ in SECTORS],
        "seller_industry": [industry for _, industry in SECTORS],
    }
    body = {f"{c}|{i}": values[:, place].tolist() for place, (c, i) in enumerate(columns)}
    return pl.DataFrame(head | body)


def long(values, columns, last):
    rows = [
        (*seller, *buyer, float(values[i, j]))
        for i, seller in enumerate(SECTORS)
        for j, buyer in enumerate(columns)
    ]
    names = ["seller_country", "seller_industry", "buyer_country", last, "value"]
    return pl.DataFrame(rows, schema=names, orient="row")


@st.composite
def shuffled(draw, frame):
    lines = draw(st.permutations(range(frame.height)))
    return frame[lines].select(draw(st.permutations(frame.columns)))


def by_label(labels, columns, values):
    places = ((i, j) for i in range(len(labels)) for j in range(len(columns)))
    return {(labels[i], columns[j]): values[i, j] for i, j in places}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_order_of_lines_and_columns_gives_the_same_table(data):
    demands = [(country, one) for country in ("AAA", "BBB") for one in CATEGORIES]
    n, m = len(SECTORS), len(demands)
    draws = data.draw(st.lists(numbers, min_size=n * (n + m + 1), max_size=n * (n + m + 1)))
    whole = np.array(draws).reshape(n, -1)
    use, demand, hours = whole[:, :n], whole[:, n : n + m], whole[:, -1]
    layout = data.draw(st.sampled_from(["wide", "long"]))
    suffix = data.draw(st.sampled_from(["csv", "parquet"]))
    delimiter = data.draw(st.sampled_from([",", ";"]))
    if layout == "wide":
        frames = {"z": wide(use, SECTORS), "y": wide(demand, demands)}
    else:
        frames = {
            "z": long(use, SECTORS, "buyer_industry"),
            "y": long(demand, demands, "category"),
        }
    frames["h"] = pl.DataFrame(
        {"country": [c for c, _ in SECTORS], "industry": [i for _, i in SECTORS], "f": hours}
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = MANIFEST.format(layout=layout, suffix=suffix, delimiter=delimiter)
        (folder / "m.toml").write_text(text)
        for key, frame in frames.items():
            mixed = data.draw(shuffled(frame))
            if suffix == "csv":
                mixed.write_csv(folder / f"{key}.csv", separator=delimiter)
            else:
                mixed.write_parquet(folder / f"{key}.parquet")
        table = read_manifest(folder / "m.toml")
    assert table.rows == table.columns and set(table.rows) == set(SECTORS)
    assert by_label(table.rows, table.columns, table.transactions) == by_label(
        SECTORS, SECTORS, use
    )
    assert by_label(table.rows, table.demand_columns, table.final_demand) == by_label(
        SECTORS, demands, demand
    )
    account = table.accounts["hours"]
    assert dict(zip(account.columns, account.values[0], strict=True)) == dict(
        zip(SECTORS, hours, strict=True)
    )


MARKS = [(".", ""), (".", ","), (",", "."), (",", " "), (".", "'")]


def written(number: float, decimal: str, thousands: str) -> str:
    text = f"{number:,.3f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(numbers, min_size=1, max_size=8), st.sampled_from(MARKS))
def test_numbers_are_read_as_they_are_written(draws, marks):
    decimal, thousands = marks
    csv = Csv(delimiter=";", decimal=decimal, thousands=thousands)
    frame = pl.DataFrame({"value": [written(number, *marks) for number in draws]})
    cells = Cells(frame, Path("f.csv"), 2)
    assert values(cells, "value", csv, zero=False).to_list() == [
        float(f"{number:.3f}") for number in draws
    ]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=12), st.sampled_from(MARKS))
def test_text_is_a_plain_number_or_an_error(text, marks):
    decimal, thousands = marks
    csv = Csv(delimiter=";", decimal=decimal, thousands=thousands)
    cells = Cells(pl.DataFrame({"value": [text]}), Path("f.csv"), 2)
    try:
        (number,) = values(cells, "value", csv, zero=False)
    except SourceError:
        return
    assert np.isfinite(number)
    assert set(text.strip()) <= set(f"0123456789+-eE{decimal}{thousands}")
