"""A mirror is a folder that holds every declared table."""

import hashlib

import polars as pl
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.mirror import find_mirror, mirror_tables, open_mirror
from worldclass.sources.tidy import COLUMNS


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "world").mkdir()
    return tmp_path


def panel(folder, **changes):
    wanted = mirror_tables()["panel"].required["indicator"]
    columns = {
        "iso3": ["BRA"] * len(wanted),
        "year": [2019] * len(wanted),
        "indicator": list(wanted),
        "sex": ["total"] * len(wanted),
        "value": [1.0] * len(wanted),
        "source": ["made for a test"] * len(wanted),
    }
    pl.DataFrame(columns | changes).write_parquet(folder / "world" / "panel.parquet")


def test_a_given_folder_comes_before_the_environment(folder, monkeypatch):
    monkeypatch.setenv("WORLDCLASS_MIRROR", "/nowhere")
    assert open_mirror(folder).root == folder
    monkeypatch.setenv("WORLDCLASS_MIRROR", str(folder))
    assert open_mirror().root == folder


def test_without_a_folder_there_is_no_mirror(monkeypatch):
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    assert find_mirror() is None
    with pytest.raises(SourceError, match="No data mirror was given") as caught:
        open_mirror()
    assert "WORLDCLASS_MIRROR" in caught.value.remedy


def test_a_folder_that_is_no_mirror_is_refused(tmp_path):
    with pytest.raises(SourceError, match="not a data mirror"):
        open_mirror(tmp_path)
    with pytest.raises(SourceError, match="does not exist"):
        open_mirror(tmp_path / "nowhere")


def test_the_panel_can_be_narrowed(folder):
    panel(folder)
    mirror = open_mirror(folder)
    rows = mirror.panel(["gini", "population"], (2019, 2020))
    assert rows.columns == list(COLUMNS)
    assert set(rows["indicator"]) == {"gini", "population"}
    assert mirror.panel(["gini"], (2020, 2023)).is_empty()


def test_an_unknown_indicator_is_answered_with_the_nearest(folder):
    panel(folder)
    with pytest.raises(SourceError, match="no indicator 'populatoin'") as caught:
        open_mirror(folder).panel(["populatoin"])
    assert "population" in caught.value.remedy


def test_a_panel_without_a_needed_indicator_is_refused(folder):
    wanted = mirror_tables()["panel"].required["indicator"]
    panel(folder, indicator=["shoe_size" if i == "gini" else i for i in wanted])
    with pytest.raises(SourceError, match="no rows where 'indicator' is gini"):
        open_mirror(folder).table("panel")


def test_an_undeclared_table_is_a_usage_error(folder):
    with pytest.raises(UsageError, match="No table 'shoes' is declared"):
        open_mirror(folder).table("shoes")


def test_the_fingerprint_is_the_hash_of_the_files(folder):
    panel(folder)
    content = (folder / "world" / "panel.parquet").read_bytes()
    expected = {"world/panel.parquet": hashlib.sha256(content).hexdigest()}
    assert open_mirror(folder).fingerprint(["panel"]) == expected
    with pytest.raises(SourceError, match="cannot be read"):
        open_mirror(folder).fingerprint()


@pytest.mark.mirror
def test_the_mirror_holds_every_declared_table(mirror):
    heights = {name: mirror.table(name).height for name in mirror_tables()}
    assert heights["panel"] == 1_387_464
    assert heights["income_distribution_brackets"] == 199
    assert min(heights.values()) > 0


@pytest.mark.mirror
def test_employment_covers_188_countries_but_for_four_years_of_war(mirror):
    rows = mirror.panel(["employment_rate_15plus"], (1991, 2023))
    present = set(rows.select("iso3", "year").iter_rows())
    areas = rows["iso3"].unique().to_list()
    missing = {(iso3, year) for iso3 in areas for year in range(1991, 2024)} - present
    assert len(areas) == 188
    assert missing == {("UKR", 2022), ("UKR", 2023), ("SDN", 2023), ("PSE", 2023)}
