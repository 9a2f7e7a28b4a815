"""A path is enough: provider and year are recognised, and what is absent is said."""

import shutil

import numpy as np
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.input_output.find import PROVIDERS, find_table, list_tables, spans
from worldclass.sources.input_output.manifest import write_manifest_template

ICIO = "V1,AUS_A,ROW_A,AUS_HFCE,ROW_HFCE,OUT\nAUS_A,1,2,3,4,10\nROW_A,5,6,7,8,26\nVA,4,18,,,\n"


def archive(folder, year, n=1):
    """A year of the mirror with one country and one industry."""
    folder.mkdir(exist_ok=True)
    np.savez(
        folder / f"wiot_{year}.npz",
        Z=np.ones((n, n), np.int32),
        F=np.ones((n, 1), np.int32),
        x=np.full(n, 2),
        iso3=np.array(["USA"]),
        industry=np.array(["c1"]),
        industry_name=np.array(["Agriculture"]),
        final_category=np.array(["household_consumption"]),
    )


@pytest.fixture
def small_mirror(tmp_path):
    for year in range(1995, 2012):
        if year not in (2003, 2009):
            archive(tmp_path / "wiod2013", year)
    return tmp_path


def test_the_years_of_a_mirror_are_listed_with_those_that_are_absent(small_mirror):
    (found,) = list_tables(small_mirror)
    assert found.years[0] == 1995 and found.years[-1] == 2011
    assert found.absent == (2003, 2009)
    assert str(found) == (
        "WIOD 2013 release (mirror): 1995 to 2002, 2004 to 2008, 2010, 2011; not there: 2003, 2009"
    )


@pytest.mark.parametrize("at", [".", "wiod2013", "wiod2013/wiot_2005.npz"])
def test_a_mirror_its_folder_and_its_file_are_one_table(small_mirror, at):
    table = find_table(small_mirror / at, 2005)
    assert (table.year, table.rows) == (2005, (("USA", "c1"),))


def test_an_absent_year_is_named_with_the_others(small_mirror):
    with pytest.raises(SourceError, match="2003 is not in") as caught:
        find_table(small_mirror, 2003)
    assert "2004 to 2008" in caught.value.what and "Neither are 2009" in caught.value.what
    with pytest.raises(UsageError, match="several years"):
        find_table(small_mirror)


@pytest.mark.mirror
def test_the_data_mirror_says_which_years_it_lacks(mirror):
    mirror_root = mirror.root
    found = list_tables(mirror_root)
    assert [one.absent for one in found] == [(2003, 2009)]
    assert find_table(mirror_root / "wiod2013", 2008).transactions.shape == (1435, 1435)
    assert find_table(mirror_root / "niot", 2014).year == 2014


def test_names_of_files_tell_providers_apart(tmp_path, sheet2013, sheet2016, write_xlsx):
    write_xlsx(tmp_path / "wiot95_row_apr12.xlsx", WIOT=sheet2013.cells())
    write_xlsx(tmp_path / "WIOT2014_Nov16_ROW.xlsx", **{"2014": sheet2016.cells()})
    (tmp_path / "ICIO2021_2018.csv").write_text(ICIO)
    assert [one.provider.name for one in list_tables(tmp_path)] == [
        "WIOD 2013 release",
        "WIOD 2016 release",
        "OECD ICIO",
    ]
    with pytest.raises(SourceError, match="tables of 3 kinds: WIOD 2013 release: 1995"):
        find_table(tmp_path, 1995)
    assert find_table(tmp_path / "wiot95_row_apr12.xlsx").year == 1995
    assert find_table(tmp_path / "WIOT2014_Nov16_ROW.xlsx").year == 2014
    assert find_table(tmp_path / "ICIO2021_2018.csv", 2018).rows == (("AUS", "A"), ("ROW", "A"))
    with pytest.raises(SourceError, match="2017 is not in"):
        find_table(tmp_path / "ICIO2021_2018.csv", 2017)


def test_a_file_under_another_name_is_recognised_by_its_header(
    tmp_path, sheet2013, sheet2016, write_xlsx, write_xlsb
):
    write_xlsx(tmp_path / "old.xlsx", WIOT=sheet2013.cells())
    write_xlsb(tmp_path / "new.xlsb", "2014", sheet2016.cells())
    (tmp_path / "oecd.csv").write_text(ICIO)
    assert find_table(tmp_path / "old.xlsx", 1995).rows[0] == ("AUS", "c1")
    assert find_table(tmp_path / "new.xlsb", 2014).rows[0] == ("AUS", "A01")
    assert find_table(tmp_path / "oecd.csv", 2018).output.tolist() == [10, 26]
    with pytest.raises(UsageError, match=r"oecd\.csv is a table of OECD ICIO, but its name has no"):
        find_table(tmp_path / "oecd.csv")


def test_a_folder_of_exiobase_is_recognised_whatever_its_name(tmp_path):
    import pymrio

    system = pymrio.load_test()
    system.calc_system()
    system.save_all(tmp_path / "IOT_2000_ixi")
    assert find_table(tmp_path, 2000).year == 2000
    shutil.move(tmp_path / "IOT_2000_ixi", tmp_path / "mine")
    assert find_table(tmp_path / "mine", 2001).transactions.shape == system.Z.shape


def test_a_manifest_is_a_table_and_other_toml_is_not(tmp_path):
    write_manifest_template(tmp_path / "table.toml")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (found,) = list_tables(tmp_path)
    assert (found.provider.name, found.years) == ("Manifest", (2010,))
    with pytest.raises(SourceError, match=r"There is no file 'transactions\.csv'"):
        find_table(tmp_path)
    with pytest.raises(SourceError, match=r"No manifest is of 2011: table\.toml is of 2010"):
        find_table(tmp_path / "table.toml", 2011)
    write_manifest_template(tmp_path / "second.toml")
    with pytest.raises(SourceError, match="Two manifests are of 2010"):
        list_tables(tmp_path)


def test_what_is_no_table_is_said_to_be_none(tmp_path):
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    for place in (tmp_path, tmp_path / "notes.csv"):
        with pytest.raises(SourceError, match="no input-output table") as caught:
            find_table(place, 2000)
        assert "EXIOBASE 3" in caught.value.remedy and "manifest" in caught.value.remedy
    with pytest.raises(SourceError, match="no such file or folder"):
        find_table(tmp_path / "none")
    with pytest.raises(SourceError, match="no such folder"):
        list_tables(tmp_path / "notes.csv")


def test_every_provider_of_a_table_is_in_the_catalog():
    from worldclass.sources.providers import catalog

    titles = " ".join(one.title for one in catalog().values())
    for provider in PROVIDERS[2:-1]:
        name = provider.name.removesuffix(" release").removeprefix("OECD ")
        assert name in titles, name


def test_years_are_written_as_spans():
    assert spans([]) == "" and spans([2000]) == "2000" and spans([2000, 2001]) == "2000, 2001"
    assert spans([2003, 2001, 2002]) == "2001 to 2003"
