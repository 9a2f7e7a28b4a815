"""The WIOD 2016 release: the workbook, R and Stata editions give one table."""

import sys

import numpy as np
import pandas as pd
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.wiod2016 import read_wiod2016, wiod2016_years

N, M = 9, 15


def frame_of(sheet, prefix):
    """The table as R and Stata hold it: one column a use, numbered within its country."""
    names = [
        "TOT" if country == "TOT" else f"{prefix}{country}{number[1:]}"
        for _, _, country, number in sheet.tops
    ]
    labels = [*sheet.rows, *sheet.totals]
    gap = len(names) - sheet.below.shape[1]
    values = np.vstack([sheet.values, np.hstack([sheet.below, np.zeros((len(sheet.below), gap))])])
    head = pd.DataFrame(
        {
            "IndustryCode": [one[0] for one in labels],
            "IndustryDescription": [one[1] for one in labels],
            "Country": [one[2] for one in labels],
            "RNr": [float(one[3][1:]) for one in labels],
            "Year": 2014.0,
        }
    )
    return pd.concat([head, pd.DataFrame(values, columns=names)], axis=1)


def plain(frame):
    """Texts as the objects that the writer of R files knows."""
    texts = frame.select_dtypes(include="str").columns
    return frame.astype(dict.fromkeys(texts, object))


@pytest.fixture
def xlsb(tmp_path, sheet2016, write_xlsb):
    return write_xlsb(tmp_path / "WIOT2014_Nov16_ROW.xlsb", "2014", sheet2016.cells())


def test_the_workbook_is_read_by_its_labels(xlsb, sheet2016):
    table = read_wiod2016(xlsb, 2014)
    assert table.rows == table.columns
    assert table.rows[:3] == (("AUS", "A01"), ("AUS", "C31_C32"), ("AUS", "U"))
    assert table.demand_columns[:2] == (("AUS", "CONS_h"), ("AUS", "CONS_np"))
    assert np.array_equal(table.transactions, sheet2016.values[:, :N])
    assert np.array_equal(table.final_demand, sheet2016.values[:, N : N + M])
    assert np.array_equal(table.output, sheet2016.values[:, -1])
    assert table.accounts["below the table"].rows == ("II_fob", "VA", "GO")
    assert table.industry_names["C31_C32"] == "Furniture"


@pytest.mark.parametrize("edition", ["xlsx", "RData", "dta"])
def test_other_editions_give_the_same_table(tmp_path, xlsb, sheet2016, write_xlsx, edition):
    if edition == "xlsx":
        file = write_xlsx(tmp_path / "WIOT2014_Nov16_ROW.xlsx", **{"2014": sheet2016.cells()})
    elif edition == "RData":
        import rdata

        file = tmp_path / "WIOT2014_October16_ROW.RData"
        rdata.write_rda(file, {"wiot": plain(frame_of(sheet2016, ""))})
    else:
        file = tmp_path / "WIOT2014_October16_ROW.dta"
        frame_of(sheet2016, "v").to_stata(file, write_index=False)
    one, other = read_wiod2016(xlsb, 2014), read_wiod2016(file, 2014)
    assert (one.rows, one.columns, one.demand_columns) == (
        other.rows,
        other.columns,
        other.demand_columns,
    )
    for name in ("transactions", "final_demand", "output"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert one.unit == other.unit and one.industry_names == other.industry_names


def test_accounts_come_along_in_their_units(tmp_path, xlsb, accounts2016, write_xlsx):
    write_xlsx(tmp_path / "WIOD_SEA_Nov16.xlsx", Notes=[["x"]], DATA=accounts2016)
    accounts = read_wiod2016(xlsb, 2014, accounts=True).accounts
    assert accounts["COMP"].unit == "million national currency"
    at = dict(zip(accounts["EMPE"].columns, accounts["EMPE"].values[0], strict=True))
    assert at["USA", "C31_C32"] == 11.0
    assert "EMPE" not in read_wiod2016(xlsb, 2014).accounts


def test_of_several_editions_the_workbook_is_taken(tmp_path, xlsb):
    (tmp_path / "WIOT2014_October16_ROW.RData").touch()
    (tmp_path / "WIOT2000_October16_ROW.dta").touch()
    assert {year: file.suffix for year, file in wiod2016_years(tmp_path).items()} == {
        2000: ".dta",
        2014: ".xlsb",
    }


def test_another_year_than_the_one_in_the_file_is_refused(tmp_path, sheet2016):
    frame = frame_of(sheet2016, "v")
    file = tmp_path / "WIOT2013_October16_ROW.dta"
    frame.to_stata(file, write_index=False)
    with pytest.raises(SourceError, match="2014', but 2013 was asked for"):
        read_wiod2016(file, 2013)


@pytest.mark.parametrize("suffix", ["xlsb", "xlsx", "RData", "dta"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<html>login</html>"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, suffix, content):
    file = tmp_path / f"WIOT2014_Nov16_ROW.{suffix}"
    file.write_bytes(content)
    with pytest.raises(SourceError, match="damaged") as caught:
        read_wiod2016(file, 2014)
    assert str(file) in caught.value.where


def test_every_cut_of_a_workbook_is_an_error_that_names_it(tmp_path, xlsb):
    whole = xlsb.read_bytes()
    for share in np.linspace(0.02, 0.98, 25):
        file = tmp_path / "WIOT2013_Nov16_ROW.xlsb"
        file.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(SourceError):
            read_wiod2016(file, 2013)


def test_an_r_file_without_the_table_is_refused(tmp_path):
    import rdata

    file = tmp_path / "WIOT2014_October16_ROW.RData"
    rdata.write_rda(file, {"other": pd.DataFrame({"a": [1.0]})})
    with pytest.raises(SourceError, match="holds other, and no table 'wiot'"):
        read_wiod2016(file, 2014)


@pytest.mark.parametrize(("module", "name"), [("python_calamine", "xlsb"), ("rdata", "RData")])
def test_a_missing_library_names_the_extra(tmp_path, monkeypatch, module, name):
    monkeypatch.setitem(sys.modules, module, None)
    file = tmp_path / f"WIOT2014_October16_ROW.{name}"
    file.write_bytes(b"x")
    with pytest.raises(SourceError, match="not installed") as caught:
        read_wiod2016(file, 2014)
    assert "worldclass[mrio]" in caught.value.remedy
