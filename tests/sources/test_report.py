"""DATA_SOURCES.md says what the catalog says."""

from pathlib import Path

from worldclass.sources.providers import catalog
from worldclass.sources.report import catalog_markdown, catalog_rows

PAGE = Path(__file__).parents[2] / "DATA_SOURCES.md"


def test_the_page_is_in_step_with_the_catalog():
    assert PAGE.read_text(encoding="utf-8") == catalog_markdown(), (
        "run: worldclass data sources --markdown > DATA_SOURCES.md"
    )


def test_every_provider_has_its_credit_on_the_page():
    page = catalog_markdown()
    for provider in catalog().values():
        assert provider.citation in page
        assert provider.attribution in page


def test_there_is_a_row_for_every_series():
    assert len(catalog_rows()) == sum(len(p.series) for p in catalog().values())
