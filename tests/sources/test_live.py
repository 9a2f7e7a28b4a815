"""Live series replace those of the mirror, and say so in their source."""

import polars as pl
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.live import fetch_live, live_indicators, overlay

CODES = {"female": "SL.EMP.MPYR.FE.ZS", "male": "SL.EMP.MPYR.MA.ZS", "total": "SL.EMP.MPYR.ZS"}


def frame(*rows):
    names = ("iso3", "year", "indicator", "sex", "value", "source")
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.fixture
def bank(provider):
    """The employers of Brazil: women 3 %, men 5 %, all 4 %."""
    for code, value in zip(CODES.values(), (3.0, 5.0, 4.0), strict=True):
        row = {"countryiso3code": "BRA", "date": "2019", "value": value}
        provider.on(
            f"/country/all/indicator/{code}?format=json&date=1991:2023&per_page=20000&page=1",
            [{"page": 1, "pages": 1, "per_page": 20000, "total": 1}, [row]],
        )
    return {"worldbank": provider.base}


def test_employers_come_by_sex_under_the_panels_name(downloads, bank):
    live = fetch_live(downloads, ["employer_share"], bases=bank)
    assert live.select("sex", "value").rows() == [("female", 3.0), ("male", 5.0), ("total", 4.0)]
    assert live["indicator"].unique().to_list() == ["employer_share"]


def test_the_live_value_and_its_source_win(downloads, bank):
    panel = frame(
        ("BRA", 2019, "employer_share", "total", 9.0, "old"),
        ("BRA", 2019, "gini", "total", 53.0, "old"),
        ("IND", 2019, "employer_share", "total", 2.0, "old"),
    )
    live = fetch_live(downloads, ["employer_share"], bases=bank)
    result = overlay(panel, live)
    found = {(r[0], r[2], r[3]): r[4:] for r in result.rows()}
    assert len(found) == result.height == 5
    assert found["BRA", "employer_share", "total"][0] == 4.0
    assert found["BRA", "employer_share", "total"][1].startswith("World Bank Indicators API")
    assert found["BRA", "gini", "total"] == (53.0, "old")
    assert found["IND", "employer_share", "total"] == (2.0, "old")


def test_laying_a_panel_over_itself_changes_nothing():
    panel = frame(
        ("BRA", 2019, "gini", "total", 53.0, "a"), ("IND", 2019, "gini", "total", 35.0, "b")
    )
    assert overlay(panel, panel).equals(panel)


def test_an_indicator_without_a_live_source_is_a_usage_error(downloads):
    with pytest.raises(UsageError, match="No live source is known for shoe_size"):
        fetch_live(downloads, ["shoe_size"])


def test_a_provider_that_cannot_be_read_is_an_error(downloads, provider):
    with pytest.raises(SourceError, match="404"):
        fetch_live(downloads, ["gini"], bases={"worldbank": provider.base})


def test_an_indicator_has_one_live_provider_and_employers_are_among_them():
    live = live_indicators()
    assert live["employer_share"] == "worldbank"
    assert live["manager_professional_share_reported"] == "ilostat"
    assert live["population"] == "wpp"
    assert live["pwt_labsh"] == "pwt"


def test_every_reader_is_reached_from_the_catalog(downloads, provider, packed):
    ages = ",".join(["ISO3_code,Variant,Time,AgeGrpStart,PopFemale,PopMale,PopTotal"])
    wpp = provider.on(
        "/WPP2024_PopulationByAge5GroupSex_Medium.csv.gz",
        packed(
            f"{ages}\nBRA,Medium,2019,0,1,1,2\nBRA,Medium,2019,20,3,3,6\nBRA,Medium,2019,70,1,1,2"
        ),
    ).rsplit("/", 1)[0]
    pwt = provider.on("/pwt", b"countrycode,year,labsh\nBRA,2019,0.56\n")
    provider.on(
        "/data/indicator/?id=EMP_NIFL_SEX_RT_A&type=code&format=.csv.gz",
        packed("ref_area,source,indicator,sex,time,obs_value\nBRA,BA:1,EMP,SEX_F,2019,41.5"),
    )
    provider.on(
        "/pip?country=all&year=all&povline=3&fill_gaps=false&reporting_level=national"
        "&welfare_type=all&ppp_version=2021&format=csv",
        b"country_code,reporting_year,reporting_level,welfare_type,poverty_line,headcount,mean,"
        b"median,gini\nBRA,2019,national,income,3,0.05,20,12,0.53\n",
    )
    bases = {"wpp": wpp, "pwt": pwt, "ilostat": provider.base, "pip": provider.base}
    wanted = ["population_15plus", "pwt_labsh", "informal_employment_rate", "mean_welfare_day_pip"]
    live = fetch_live(downloads, wanted, bases=bases)
    assert set(live["indicator"].unique()) == set(wanted)
    total = live.filter(pl.col("indicator") == "population_15plus", pl.col("sex") == "total")
    assert total["value"].to_list() == [8000.0]
