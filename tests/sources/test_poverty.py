"""PIP's answers become national head counts and means, one welfare type a country and year."""

import json

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.poverty import read_poverty

COLUMNS = [
    "country_code",
    "reporting_year",
    "reporting_level",
    "welfare_type",
    "poverty_line",
    "headcount",
    "mean",
    "median",
    "gini",
    "is_interpolated",
]


def path(form="csv", line="3"):
    return (
        f"/pip?country=all&year=all&povline={line}&fill_gaps=false&reporting_level=national"
        f"&welfare_type=all&ppp_version=2021&format={form}"
    )


def survey(iso3="BRA", year=2019, level="national", kind="income", line=3.0, **values):
    numbers = {"headcount": 0.05, "mean": 20.0, "median": 12.0, "gini": 0.53} | values
    return dict(
        zip(COLUMNS, (iso3, year, level, kind, line, *numbers.values(), False), strict=True)
    )


def csv(*rows):
    lines = [",".join("" if v is None else str(v) for v in row.values()) for row in rows]
    return "\n".join([",".join(COLUMNS), *lines]).encode()


def read(provider, downloads, **options):
    return read_poverty(downloads, base=provider.base, **options)


def values(frame):
    return dict(frame.select("indicator", "value").rows())


def test_rates_are_percent_and_means_are_dollars(provider, downloads):
    provider.on(path(), csv(survey()))
    assert values(read(provider, downloads)) == pytest.approx(
        {
            "poverty_rate_300": 5.0,
            "mean_welfare_day_pip": 20.0,
            "median_welfare_day_pip": 12.0,
            "gini": 53.0,
        }
    )


def test_json_gives_the_same_frame(provider, downloads):
    surveys = [survey(), survey("IND", kind="consumption", gini=None)]
    provider.on(path(), csv(*surveys))
    provider.on(path("json"), json.dumps(surveys).encode())
    assert read(provider, downloads).equals(read(provider, downloads, form="json"))


def test_the_welfare_type_with_more_years_is_kept(provider, downloads):
    provider.on(
        path(),
        csv(
            survey(kind="consumption", mean=15.0),
            survey(mean=20.0),
            survey(year=2018),
            survey("PER", kind="consumption", mean=9.0),
            survey("PER", mean=11.0),
        ),
    )
    frame = read(provider, downloads)
    means = {(i, y): v for i, y, n, _, v, _ in frame.rows() if n == "mean_welfare_day_pip"}
    assert means == {("BRA", 2018): 20.0, ("BRA", 2019): 20.0, ("PER", 2019): 9.0}


def test_urban_rows_and_empty_values_are_left_out(provider, downloads):
    provider.on(path(), csv(survey(gini=None, median="NA"), survey("ARG", level="urban")))
    assert set(values(read(provider, downloads))) == {"poverty_rate_300", "mean_welfare_day_pip"}


def test_an_answer_for_another_line_is_refused(provider, downloads):
    provider.on(path(), csv(survey(line=2.15)))
    with pytest.raises(SourceError, match=r"answers for the line 2\.15, 3\.0 was asked"):
        read(provider, downloads)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b'{"error":["Invalid query arguments have been submitted."]}', "instead of rows"),
        (b"[]", "instead of rows"),
        (b'[{"country_code": "BRA"}]', "lacks the columns reporting_year"),
        (b"[{", "not JSON"),
        (b"<!DOCTYPE html>", "web page instead of data"),
        (csv(survey()).replace(b"headcount", b"poor"), "lacks the columns headcount"),
        (csv(survey()).replace(b"BRA", b"BR\xc3"), "not UTF-8"),
    ],
)
def test_another_answer_is_refused_and_not_kept(provider, downloads, cached, body, complaint):
    provider.on(path(), body)
    with pytest.raises(SourceError, match=complaint):
        read(provider, downloads)
    assert cached() == []
