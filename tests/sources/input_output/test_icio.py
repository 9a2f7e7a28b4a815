"""OECD tables: parts of Mexico and China are added up, output is kept, labels rule."""

import zipfile

import numpy as np
import pandas as pd
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.icio import icio_years, read_icio

COUNTRIES = ("AUS", "CHN", "MEX", "CN1", "CN2", "MX1", "MX2", "ROW")
INDUSTRIES = ("A01", "C10T12", "C17_18")
OWN = ("AUS", "CHN", "MEX", "ROW")
DEMAND = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")


@pytest.fixture
def frame():
    """A table of the extended edition: CHN and MEX themselves sell and buy nothing between."""
    sectors = [f"{c}_{i}" for c in COUNTRIES for i in INDUSTRIES]
    demand = [f"{c}_{d}" for c in OWN for d in DEMAND]
    draws = np.random.default_rng(2).integers(1, 50, (len(sectors), len(sectors) + len(demand)))
    values = pd.DataFrame(draws.astype(float), index=sectors, columns=[*sectors, *demand])
    idle = [name for name in sectors if name.startswith(("CHN_", "MEX_"))]
    values.loc[idle, :] = 0.0
    values.loc[:, idle] = 0.0
    values["OUT"] = values.sum(axis=1)
    use = values.loc[sectors, sectors].sum()
    below = pd.DataFrame(0.0, index=["TLS", "VA", "OUT"], columns=values.columns)
    below.loc["OUT", sectors] = values["OUT"].to_numpy()
    below.loc["VA", sectors] = values["OUT"].to_numpy() - use.to_numpy()
    return pd.concat([values, below])


def write(frame, path):
    frame.to_csv(path, index_label="V1")
    return path


def by_label(rows, columns, values):
    names = [pd.MultiIndex.from_tuples(side) for side in (rows, columns)]
    return pd.DataFrame(values, index=names[0], columns=names[1])


def test_parts_of_a_country_are_added_up(tmp_path, frame):
    table = read_icio(write(frame, tmp_path / "ICIO2021_2018.csv"), 2018)
    assert {country for country, _ in table.rows} == set(OWN)
    use = by_label(table.rows, table.columns, table.transactions)
    parts = ["CN1_C17_18", "CN2_C17_18"]
    expected = frame.loc[parts, ["MX1_A01", "MX2_A01"]].to_numpy().sum()
    assert use.loc[("CHN", "C17_18"), ("MEX", "A01")] == expected
    sold = by_label(table.rows, table.demand_columns, table.final_demand)
    assert sold.loc[("CHN", "C17_18"), ("MEX", "GGFC")] == frame.loc[parts, "MEX_GGFC"].sum()
    assert (table.unit, table.year) == ("million USD", 2018)
    assert "2021 edition" in table.origin


def test_output_comes_with_the_table_and_balances(tmp_path, frame):
    table = read_icio(write(frame, tmp_path / "ICIO2021_2018.csv"), 2018)
    given = dict(zip(table.output_labels, table.output, strict=True))
    sold = table.transactions.sum(axis=1) + table.final_demand.sum(axis=1)
    assert sold.tolist() == pytest.approx([given[label] for label in table.rows])
    factors = table.accounts["factor inputs"]
    assert set(factors.rows) == {"TLS", "VA"} and set(factors.columns) == set(table.rows)


def test_the_order_of_rows_and_columns_does_not_matter(tmp_path, frame):
    draw = np.random.default_rng(3)
    other = frame.iloc[draw.permutation(len(frame)), draw.permutation(frame.shape[1])]
    one = read_icio(write(frame, tmp_path / "ICIO2021_2018.csv"), 2018)
    two = read_icio(write(other, tmp_path / "2019_SML.csv"), 2019)
    pd.testing.assert_frame_equal(
        by_label(one.rows, one.columns, one.transactions),
        by_label(two.rows, two.columns, two.transactions),
        check_like=True,
    )
    assert dict(zip(one.output_labels, one.output, strict=True)) == dict(
        zip(two.output_labels, two.output, strict=True)
    )


def test_a_zipped_table_is_the_same(tmp_path, frame):
    file = write(frame, tmp_path / "ICIO2018_2015.csv")
    with zipfile.ZipFile(tmp_path / "ICIO2018_2015.zip", "w") as archive:
        archive.write(file, file.name)
    one, two = read_icio(file, 2015), read_icio(tmp_path / "ICIO2018_2015.zip", 2015)
    assert np.array_equal(one.transactions, two.transactions) and one.rows == two.rows


def test_a_column_that_no_row_has_is_refused(tmp_path, frame):
    # pymrio gives the columns the labels of the rows, whatever theirs are.
    other = frame.rename(columns={"AUS_A01": "AUT_A01"})
    with pytest.raises(SourceError, match="missing: AUS_A01; 1 left over: AUT_A01"):
        read_icio(write(other, tmp_path / "ICIO2021_2018.csv"), 2018)


def test_labels_without_a_country_are_refused(tmp_path, frame):
    other = frame.rename(index={"AUS_A01": "AUSA01"}, columns={"AUS_A01": "AUSA01"})
    with pytest.raises(SourceError, match="COUNTRY_INDUSTRY: AUSA01"):
        read_icio(write(other, tmp_path / "ICIO2021_2018.csv"), 2018)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    file = tmp_path / "ICIO2021_2018.csv"
    file.write_bytes(content)
    with pytest.raises(SourceError):
        read_icio(file, 2018)


def test_years_are_found_by_name(tmp_path):
    for name in ("ICIO2016_1995.csv", "2021_SML.csv", "2021_SML_P.csv", "ReadMe.xlsx"):
        (tmp_path / name).touch()
    assert list(icio_years(tmp_path)) == [1995, 2021]


def test_of_several_editions_the_newest_is_taken(tmp_path):
    """Editions since 2023 do not say so in the name."""
    for name in ("ICIO2018_2010.csv", "ICIO2021_2010.csv", "2010_SML.csv", "ICIO2021_1996.csv",
                 "ICIO2018_1996.csv"):  # fmt: skip
        (tmp_path / name).touch()
    names = {year: file.name for year, file in icio_years(tmp_path).items()}
    assert names == {1996: "ICIO2021_1996.csv", 2010: "2010_SML.csv"}
