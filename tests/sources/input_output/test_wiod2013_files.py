"""The WIOD 2013 release as published: every number lands under its own labels."""

from pathlib import Path

import numpy as np
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.wiod2013_files import (
    read_wiod2013_file,
    wiod2013_file_years,
    year_of,
)

NAME = "wiot95_row_apr12.xlsx"


def read(tmp_path, write_xlsx, cells, name=NAME):
    file = write_xlsx(tmp_path / name, WIOT=cells)
    return read_wiod2013_file(file, 1995, accounts=True)


def test_blocks_and_labels_are_those_of_the_sheet(tmp_path, sheet2013, write_xlsx):
    table = read(tmp_path, write_xlsx, sheet2013.cells())
    assert table.rows == table.columns == table.output_labels
    assert table.rows[:4] == (("AUS", "c1"), ("AUS", "c2"), ("AUS", "c35"), ("ROU", "c1"))
    assert table.rows[-1] == ("ROW", "c35")
    assert table.demand_columns[0] == ("AUS", "household_consumption")
    assert table.demand_columns[-1] == ("ROW", "inventories_and_valuables")
    n, m = 12, 20
    assert np.array_equal(table.transactions, sheet2013.values[:, :n])
    assert np.array_equal(table.final_demand, sheet2013.values[:, n : n + m])
    assert np.array_equal(table.output, sheet2013.values[:, -1])
    assert table.industry_names["c2"] == "Wood"
    assert (table.unit, table.prices, table.year) == ("million USD", "current basic prices", 1995)


def test_what_stands_below_the_table_comes_along(tmp_path, sheet2013, write_xlsx):
    below = read(tmp_path, write_xlsx, sheet2013.cells()).accounts["below the table"]
    assert below.rows == ("Value added at basic prices", "Output")
    assert np.array_equal(below.values, sheet2013.below)


def test_columns_in_another_order_keep_their_numbers(tmp_path, sheet2013, write_xlsx, change):
    order = np.random.default_rng(1).permutation(len(sheet2013.tops) - 1).tolist()
    order.append(len(sheet2013.tops) - 1)
    mixed = change(
        sheet2013, tops=[sheet2013.tops[i] for i in order], values=sheet2013.values[:, order]
    )
    cells = [row for row in mixed.cells() if row[2] != "TOT"]
    one = read(tmp_path, write_xlsx, cells)
    other = read(tmp_path / "other", write_xlsx, sheet2013.cells())
    columns = [one.columns.index(label) for label in other.columns]
    demand = [one.demand_columns.index(label) for label in other.demand_columns]
    assert np.array_equal(one.transactions[:, columns], other.transactions)
    assert np.array_equal(one.final_demand[:, demand], other.final_demand)


@pytest.mark.parametrize("folder", [".", "SEA"])
def test_accounts_beside_the_table_are_read(tmp_path, sheet2013, accounts2013, write_xlsx, folder):
    write_xlsx(tmp_path / folder / "WIOD_SEA_July14.xlsx", Notes=[["x"]], DATA=accounts2013)
    accounts = read(tmp_path, write_xlsx, sheet2013.cells()).accounts
    persons, hours = accounts["EMP"], accounts["H_EMP"]
    assert (persons.unit, hours.unit) == ("thousand persons", "million hours")
    at = dict(zip(persons.columns, persons.values[0], strict=True))
    assert at["AUS", "c2"] == 1.0 and at["ROU", "c1"] == 10.0 and at["USA", "c35"] == 22.0
    assert "GO_P" not in accounts, "a price index is no account"


def test_a_missing_value_is_left_out_and_not_zero(tmp_path, sheet2013, accounts2013, write_xlsx):
    write_xlsx(tmp_path / "WIOD_SEA_July14.xlsx", DATA=accounts2013)
    hours = read(tmp_path, write_xlsx, sheet2013.cells()).accounts["H_EMP"]
    assert ("USA", "c35") not in hours.columns
    assert not any(country == "ROW" for country, _ in hours.columns)


def test_years_are_found_by_the_names_of_files(tmp_path):
    for name in ("wiot95_row_apr12.xlsx", "WIOT08_ROW_Sep12.xlsx", "wiot_1996.npz", "notes.txt"):
        (tmp_path / name).touch()
    assert list(wiod2013_file_years(tmp_path)) == [1995, 2008]
    assert year_of(Path("WIOT2014_Nov16_ROW.xlsb")) is None


def test_an_empty_cell_is_no_number(tmp_path, sheet2013, write_xlsx):
    cells = sheet2013.cells()
    cells[7][5] = ""
    table = read(tmp_path, write_xlsx, cells)
    assert np.argwhere(np.isnan(table.transactions)).tolist() == [[1, 1]]


def test_empty_columns_and_rows_after_the_table_are_no_part_of_it(tmp_path, sheet2013, write_xlsx):
    cells = [[*row, "", ""] for row in sheet2013.cells()]
    cells += [[""] * len(cells[0]), ["", "", "", "", "", 1.5, *[""] * (len(cells[0]) - 6)]]
    one = read(tmp_path, write_xlsx, cells)
    assert np.array_equal(one.output, sheet2013.values[:, -1])
    assert one.transactions.shape == (12, 12)


def _text_cell(cells):
    cells[8][6] = "n.a."


def _no_output(cells):
    for row in cells:
        del row[-1]


def _no_demand(cells):
    for row in cells:
        del row[16:36]


def _other_year(cells):
    cells[0][0] = "World Input-Output Table for 1996"


def _too_short(cells):
    del cells[5:]


def _no_rows(cells):
    for row in cells[6:]:
        row[2] = "TOT"


def _unnamed(cells):
    cells[5][10] = ""


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_text_cell, r"Cell G9 holds 'n\.a\.', not a number"),
        (_no_output, "One column, of output"),
        (_no_demand, "No column is final demand"),
        (_other_year, "for 1996', but 1995 was asked for"),
        (_too_short, "has 5 rows of labels"),
        (_no_rows, "No row has a country"),
        (_unnamed, "1 columns have no label: K6"),
    ],
)
def test_a_sheet_in_another_layout_is_refused(tmp_path, sheet2013, write_xlsx, spoil, message):
    cells = sheet2013.cells()
    spoil(cells)
    with pytest.raises(SourceError, match=message) as caught:
        read(tmp_path, write_xlsx, cells)
    assert NAME in caught.value.where and caught.value.remedy


def _no_code(rows):
    for row in rows:
        del row[3]


def _no_year(rows):
    rows[0][4] = "_1994"


def _text(rows):
    rows[1][4] = "many"


def _twice(rows):
    rows.append(rows[1])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_no_code, "lacks the columns code"),
        (_no_year, "no year 1995; they have 1994 to 1996"),
        (_text, "Cell E2 holds 'many'"),
        (_twice, "EMP of AUS AtB occurs twice"),
    ],
)
def test_accounts_in_another_layout_are_refused(
    tmp_path, sheet2013, accounts2013, write_xlsx, spoil, message
):
    spoil(accounts2013)
    write_xlsx(tmp_path / "WIOD_SEA_July14.xlsx", DATA=accounts2013)
    with pytest.raises(SourceError, match=message):
        read(tmp_path, write_xlsx, sheet2013.cells())


def test_pymrio_reads_the_same_numbers(tmp_path, sheet2013, accounts2013, write_xlsx):
    """Its parser was written against the real files, so it vouches for the layout of ours."""
    import warnings

    import pymrio

    kinds = {"EMP": ["EMP", "EMPE"], "H_EMP": ["H_EMP", "H_EMPE"], "GO_P": []}
    lines = [  # it needs four variables, and codes as text
        [country.replace("ROM", "ROU"), kind, name, str(code).removesuffix(".0"), *values]
        for country, variable, name, code, *values in accounts2013[1:]
        for kind in kinds[variable]
    ]
    write_xlsx(tmp_path / "WIOD_SEA_July14.xlsx", DATA=[accounts2013[0], *lines])
    ours = read(tmp_path, write_xlsx, sheet2013.cells())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pymrio.parse_wiod(tmp_path, 1995, names=("c_codes", "c_codes"))
    use = theirs.Z.rename({"RoW": "ROW"}, axis=0, level=0).rename({"RoW": "ROW"}, axis=1, level=0)
    assert np.array_equal(
        use.loc[list(ours.rows), list(ours.columns)].to_numpy(), ours.transactions
    )
    assert np.array_equal(theirs.Y.to_numpy(), ours.final_demand)
    added = theirs.factor_inputs.F.loc["Value added at basic prices"].to_numpy()
    assert np.array_equal(added, ours.accounts["below the table"].values[0])
    hours = theirs.SEA.F.loc["H_EMP"].to_dict()
    account = ours.accounts["H_EMP"]
    for label, value in zip(account.columns, account.values[0], strict=True):
        assert hours[label] == value
