"""The World Bank's paged answers become one tidy frame, or an error that says why not."""

import json

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.worldbank import read_worldbank

CODE = "SL.EMP.MPYR.ZS"


def row(iso3, year, value):
    return {
        "indicator": {"id": CODE, "value": "Employers, total (% of total employment)"},
        "country": {"id": iso3[:2], "value": iso3},
        "countryiso3code": iso3,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 1,
    }


def page(rows, *, number=1, pages=1, total=None, edition="2026-07-01"):
    header = {
        "page": number,
        "pages": pages,
        "per_page": 2,
        "total": len(rows or []) if total is None else total,
        "sourceid": "2",
        "lastupdated": edition,
    }
    return [header, rows]


def path(number=1):
    return f"/country/all/indicator/{CODE}?format=json&date=1991:2023&per_page=20000&page={number}"


def read(downloads, provider, **options):
    return read_worldbank(
        downloads, CODE, indicator="employer_share", base=provider.base, **options
    )


ROWS = [row("BRA", 2019, 4.5), row("WLD", 2019, 2.9), row("IND", 2019, None)]


def test_countries_with_values_are_kept_and_aggregates_are_not(provider, downloads):
    provider.on(path(), page(ROWS))
    frame = read(downloads, provider, sex="female")
    assert frame.columns == ["iso3", "year", "indicator", "sex", "value", "source"]
    assert frame.row(0)[:5] == ("BRA", 2019, "employer_share", "female", 4.5)
    assert frame.height == 1
    assert "SL.EMP.MPYR.ZS, edition 2026-07-01" in frame["source"][0]


def test_all_pages_are_read(provider, downloads):
    provider.on(path(1), page([row("BRA", 2018, 1), row("BRA", 2019, 2)], pages=2, total=3))
    provider.on(path(2), page([row("IND", 2019, 3)], number=2, pages=2, total=3))
    assert read(downloads, provider)["value"].to_list() == [1, 2, 3]
    assert len(provider.requests) == 2
    read(downloads, provider)
    assert len(provider.requests) == 2


def test_the_scale_turns_the_published_into_our_unit(provider, downloads):
    provider.on(path(), page(ROWS))
    assert read(downloads, provider, scale=10)["value"].to_list() == [45.0]


def test_an_error_sent_with_status_200_is_an_error(provider, downloads, cached):
    message = {"id": "120", "key": "Invalid value", "value": "The parameter is not valid"}
    for answer in ([{"message": [message]}], [{"message": [message]}, None]):
        provider.on(path(), answer)
        with pytest.raises(SourceError, match="refuses the request: Invalid value"):
            read(downloads, provider)
    assert cached() == []


@pytest.mark.parametrize("rows", [None, []])
def test_an_answer_without_rows_is_an_error(provider, downloads, rows):
    provider.on(path(), page(rows, pages=0))
    with pytest.raises(SourceError, match="no value for any country"):
        read(downloads, provider)


def test_an_empty_page_among_others_is_an_error(provider, downloads):
    provider.on(path(1), page([row("BRA", 2019, 1)], pages=2, total=2))
    provider.on(path(2), page(None, number=2, pages=2, total=2))
    with pytest.raises(SourceError, match="1 rows came, 2 were announced"):
        read(downloads, provider)


def test_pages_updated_while_being_read_are_read_again(provider, downloads):
    old = page([row("BRA", 2019, 1)], pages=2, total=2, edition="2026-06-01")
    provider.on(path(1), old, page([row("BRA", 2019, 5)], pages=2, total=2))
    provider.on(path(2), page([row("IND", 2019, 6)], number=2, pages=2, total=2))
    assert read(downloads, provider)["value"].to_list() == [5, 6]


def test_a_page_count_that_keeps_changing_is_an_error(provider, downloads):
    provider.on(path(1), page([row("BRA", 2019, 1)], pages=2, total=2))
    provider.on(path(2), page([row("IND", 2019, 6)], number=2, pages=3, total=3))
    with pytest.raises(SourceError, match="changed while the pages were read, twice"):
        read(downloads, provider)


def test_a_page_that_ignores_its_number_is_an_error(provider, downloads):
    first = page([row("BRA", 2019, 1)], pages=2, total=2)
    provider.on(path(1), first)
    provider.on(path(2), first)
    with pytest.raises(SourceError, match="page 1 of 2 when asked for 2"):
        read(downloads, provider)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "web page instead of data"),
        (b'<?xml version="1.0"?><wb:error/>', "web page instead of data"),
        (b'[{"page":1,"pages":1,', "not JSON"),
        (b"", "not JSON"),
        (b'{"data": []}', "documented shape"),
        (b"[]", "documented shape"),
        (b'[{"page":1,"pages":1}]', "documented shape: IndexError"),
        (json.dumps(page([{"date": "2019", "value": 1}])).encode(), "countryiso3code"),
        (json.dumps(page([row("BRA", "2019Q1", 1)])).encode(), "ValueError"),
        (json.dumps(page([row("BRA", 2019, "many")])).encode(), "ValueError"),
        (b'[{"page":1,"pages":1,"total":1},["\xe9"]]', "not UTF-8"),
    ],
)
def test_another_shape_is_refused_and_not_kept(provider, downloads, cached, body, complaint):
    provider.on(path(), body)
    with pytest.raises(SourceError, match=complaint):
        read(downloads, provider)
    assert cached() == []


def test_the_same_country_and_year_twice_is_an_error(provider, downloads):
    provider.on(path(), page([row("BRA", 2019, 1), row("BRA", 2019, 2)]))
    with pytest.raises(SourceError, match="occurs twice"):
        read(downloads, provider)


def test_nan_is_not_a_value(provider, downloads):
    provider.on(path(), json.dumps(page([row("BRA", 2019, float("nan"))])).encode())
    with pytest.raises(SourceError, match="NaN or infinity"):
        read(downloads, provider)
