"""Flows: what the page shows is what `worldclass.flows` says."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.flow_texts import amount_text, interval_text, signed_text
from worldclass.explorer.site.flow_shards import DRAWS, GROUPS
from worldclass.flows.areas import area_label


@pytest.mark.parametrize("sex", ["total", "female"])
def test_the_table_holds_the_hours_of_the_flows(
    visit: Callable[..., Visit], site: str, sex: str
) -> None:
    made = visit(f"{site}flows.html?year=2008&sex={sex}")
    made.page.wait_for_selector("#table caption:has-text('2008')")
    row = made.page.locator("#table tbody tr").filter(
        has=made.page.get_by_text(area_label("USA"), exact=True)
    )
    frame = wc.flows(2008, by=("country", "sex"), country="USA", draws=DRAWS)
    own = {
        one["measure"]: one
        for one in frame.filter(pl.col("sex") == sex).to_dicts()
        if "USA" in (one["producer"], one["consumer"])
    }
    expected: list[str] = []
    for kind in ("given", "commanded", "net"):
        one = own[f"hours_{kind}"]
        write = signed_text if kind == "net" else amount_text
        expected.append(write(one["value"] * 1e6))
        expected.append(interval_text(one["p05"] * 1e6, one["p95"] * 1e6))
    assert row.locator("td").all_inner_texts()[:6] == expected


def test_the_address_restores_the_view_and_controls_change_it(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}flows.html?groups=north-south&measure=persons&sex=male&year=2001")
    page = made.page
    assert page.get_by_label("North and South").is_checked()
    assert page.locator("#matrix h2").inner_text() == "Who works for whom, men, 2001"
    page.get_by_label("Hours", exact=True).check(force=True)
    made.settle()
    assert page.url.split("?")[1] == "groups=north-south&sex=male&year=2001"
    page.go_back()
    made.settle()
    assert page.get_by_label("Persons", exact=True).is_checked()


def test_a_year_without_a_table_says_so(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}flows.html?year=2003").page
    assert "no table for 2003" in page.locator("#absent").inner_text()
    assert page.locator("#matrix").is_hidden()
    assert "2003 and 2009" in page.locator("#trends figcaption").inner_text()


def test_the_csv_of_the_matrix_holds_the_flows(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}flows.html?year=2008")
    content = made.download("matrix", "csv")
    text = content.decode() if isinstance(content, bytes) else content
    rows = list(csv.DictReader(io.StringIO(text)))
    frame = wc.flows(2008, by=("pair", "sex"), group=list(GROUPS["regions"]), draws=DRAWS)
    expected = frame.filter(pl.col("sex") == "total")
    assert len(rows) == expected.height
    for name in ("value", "p05", "p95"):
        assert [float(row[name]) for row in rows] == pytest.approx(
            expected[name].to_list(), rel=1e-5
        )


def test_no_serious_violation(visit: Callable[..., Visit], site: str) -> None:
    assert not visit(f"{site}flows.html").violations()


def test_without_javascript_the_table_stands(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}flows.html", java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() == 41
