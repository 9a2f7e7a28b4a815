"""Every series has a unit, a licence, and somebody to cite."""

import pytest
from pydantic import ValidationError

from worldclass.core.errors import UsageError
from worldclass.sources.mirror import mirror_tables
from worldclass.sources.providers import Provider, Retrieval, Series, catalog, provider

SERIES = [(p, s) for p in catalog().values() for s in p.series]


@pytest.mark.parametrize(
    ("source", "series"), SERIES, ids=[f"{p.provider}-{s.indicator}" for p, s in SERIES]
)
def test_a_series_says_what_it_is_and_whom_to_credit(source, series):
    assert series.unit and series.meaning and series.transformation
    assert series.licence or source.licence
    assert source.citation and source.attribution
    assert all(series.codes().values())


def test_the_panel_indicators_that_the_pipeline_needs_are_in_the_catalog():
    at_hand = {series.indicator for _, series in SERIES if series.mirror}
    assert set(mirror_tables()["panel"].required["indicator"]) <= at_hand
    assert set(mirror_tables()["ilostat_surveys"].required["indicator"]) <= at_hand


def test_every_table_of_the_mirror_is_owed_to_a_provider():
    notes = " ".join(series.note for _, series in SERIES)
    for table in mirror_tables():
        assert table == "panel" or table in notes, table


def test_live_series_have_a_reader_and_a_verified_code():
    for source, series in SERIES:
        if series.live:
            assert source.retrieval.reader and source.retrieval.base
            assert series.verified


def test_addresses_are_https_or_the_mirror():
    for source in catalog().values():
        assert source.retrieval.url.startswith(("https://", "file:{root}"))


def test_a_provider_is_found_by_its_id():
    assert provider("pwt").licence == "CC BY 4.0"
    with pytest.raises(UsageError, match="no provider 'oecd'"):
        provider("oecd")


def fields(**changes):
    return {"indicator": "gini", "code": "X", "meaning": "m", "unit": "u"} | changes


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"meaning": ""},
        {"indicator": "Gini index"},
        {"code": {"female": "F"}, "sexes": ("female", "male")},
        {"shoe_size": 42},
    ],
)
def test_an_incomplete_series_is_refused(wrong):
    with pytest.raises(ValidationError):
        Series.model_validate(fields(**wrong))


def test_a_provider_without_licence_or_with_twins_is_refused():
    retrieval = Retrieval(url="https://example.org", format="CSV", note="a test")
    whole = {
        "provider": "test",
        "publisher": "p",
        "title": "t",
        "citation": "c",
        "licence": "l",
        "attribution": "a",
        "retrieval": retrieval,
        "series": [fields()],
    }
    assert Provider.model_validate(whole).series[0].indicator == "gini"
    for wrong in ({"licence": ""}, {"citation": ""}, {"series": [fields(), fields()]}):
        with pytest.raises(ValidationError):
            Provider.model_validate(whole | wrong)


def test_an_undated_retrieval_must_say_why():
    with pytest.raises(ValidationError, match="note must say why"):
        Retrieval(url="https://example.org", format="CSV")
