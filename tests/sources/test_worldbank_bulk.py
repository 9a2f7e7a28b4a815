"""The World Bank's archives are read, with or without metadata before the header."""

import io
import zipfile

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.worldbank_bulk import read_indicator_archive, read_wdi

HEADER = '"Country Name","Country Code","Indicator Name","Indicator Code","2018","2019"'
BRAZIL = '"Brazil","BRA","Employers","SL.EMP.MPYR.ZS","4.25","4.5"'
WORLD = '"World","WLD","Employers","SL.EMP.MPYR.ZS","2.8","2.9"'
GINI = '"Brazil","BRA","Gini","SI.POV.GINI","","53.4"'
LINES = (HEADER, BRAZIL, WORLD, GINI)
CODES = {"SL.EMP.MPYR.ZS": ("employer_share", "total"), "SI.POV.GINI": ("gini", "total")}


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            content = text if isinstance(text, bytes) else text.encode()
            made.writestr(name.replace("__", ".") + ".csv", content)
    return buffer.getvalue()


def table(*lines):
    return "\n".join(lines) + "\n"


def test_indicators_are_taken_out_of_the_whole_of_wdi(provider, downloads):
    url = provider.on("/z", archive(WDICSV=table(*LINES), WDICountry=table("a,b")))
    frame = read_wdi(downloads, CODES, url=url)
    assert frame.select("iso3", "year", "indicator", "value").rows() == [
        ("BRA", 2018, "employer_share", 4.25),
        ("BRA", 2019, "employer_share", 4.5),
        ("BRA", 2019, "gini", 53.4),
    ]


def test_an_indicators_own_archive_has_metadata_before_the_header(provider, downloads):
    metadata = (
        '\ufeff"Data Source","World Development Indicators",',
        "",
        '"Last Updated Date","2026-07-01",',
        "",
    )
    lines = [f"{line}," for line in (HEADER, BRAZIL)]
    content = archive(
        API_SL__EMP__MPYR__ZS_DS2_en_csv_v2_1=table(*metadata, *lines),
        Metadata_Country_API_SL__EMP__MPYR__ZS_DS2_en_csv_v2_1=table("a,b"),
    )
    url = provider.on("/SL.EMP.MPYR.ZS", content).replace("SL.EMP.MPYR.ZS", "{code}")
    frame = read_indicator_archive(
        downloads,
        "SL.EMP.MPYR.ZS",
        indicator="employer_share",
        sex="male",
        years=(2019, 2023),
        url=url,
    )
    assert frame.rows()[0][:5] == ("BRA", 2019, "employer_share", "male", 4.5)
    assert frame.height == 1


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"<html>moved</html>", "web page instead of data"),
        (archive(WDICSV=table(*LINES))[:200], "archive is damaged"),
        (b"PK\x03\x04 nothing", "archive is damaged"),
        (archive(Other=table(*LINES)), "should hold one table of values, it holds Other.csv"),
        (archive(WDICSV=table('"Country","Code","2018"', '"Brazil","BRA","1"')), "lacks the col"),
        (archive(WDICSV=table(*LINES).encode("utf-16")), "not UTF-8"),
        (archive(WDICSV=b"\xe9" + table(*LINES).encode()), "not UTF-8"),
    ],
)
def test_another_archive_is_refused_and_not_kept(provider, downloads, cached, body, complaint):
    with pytest.raises(SourceError, match=complaint):
        read_wdi(downloads, CODES, url=provider.on("/z", body))
    assert cached() == []


def test_a_retired_indicator_is_named(provider, downloads):
    url = provider.on("/z", archive(WDICSV=table(HEADER, BRAZIL)))
    with pytest.raises(SourceError, match=r"no indicator SI\.POV\.GINI"):
        read_wdi(downloads, CODES, url=url)


def test_years_outside_the_archive_are_an_error(provider, downloads):
    url = provider.on("/z", archive(WDICSV=table(*LINES)))
    with pytest.raises(SourceError, match="no year in 2020-2023"):
        read_wdi(downloads, CODES, years=(2020, 2023), url=url)


def test_a_value_that_is_no_number_is_an_error(provider, downloads):
    line = BRAZIL.replace("4.25", "four")
    url = provider.on("/z", archive(WDICSV=table(HEADER, line, GINI)))
    with pytest.raises(SourceError, match="not a number"):
        read_wdi(downloads, CODES, url=url)
