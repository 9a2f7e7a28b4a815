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
from worldclass.explorer.site.flow_frames import DRAWS, GROUPS
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


def between(row: dict[str, float]) -> str:
    """The interval of a row of flows in million hours, in words."""
    return interval_text(row["p05"] * 1e6, row["p95"] * 1e6)


def flow(producer: str, consumer: str, sex: str, groups: str = "regions") -> dict[str, float]:
    """A flow of 2008, from the Python API."""
    given = list(GROUPS[groups] or ()) or None
    frame = wc.flows(2008, by=("pair", "sex"), group=given, sex=sex, draws=DRAWS)
    own = (pl.col("producer") == producer) & (pl.col("consumer") == consumer)
    return frame.filter(own).to_dicts()[0]


def test_a_cell_tells_its_interval_and_its_origin(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}flows.html?year=2008&sex=female")
    page = made.page
    page.locator("#matrix .mark-rect.role-mark path").nth(1).hover(force=True)
    page.locator("#tip").wait_for()
    row = flow("EAST_ASIA_PACIFIC", "SOUTH_ASIA", "female")
    told = page.locator(".number").inner_text()
    assert "East Asia and Pacific for South Asia, women, 2008" in told
    amount = amount_text(row["value"] * 1e6)
    assert f"{amount} hours (5–95 %: {between(row)})" in told
    assert between(row) in page.locator("#tip").inner_text()
    page.get_by_role("link", name="Where this number comes from").click()
    made.settle()
    heading = "East Asia and Pacific for South Asia, women, 2008"
    assert page.locator("#number-title").inner_text() == heading
    assert f"{amount} (5–95 %: {between(row)})" in page.locator(".number").inner_text()
    assert "ruled, not measured" in page.locator("#origin").inner_text()


def test_a_ribbon_tells_its_interval(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}flows.html?groups=north-south&year=2008")
    page = made.page
    page.locator("#sankey .mark-area.role-mark path").first.hover(force=True)
    page.locator("#tip").wait_for()
    row = flow("SOUTH", "NORTH", "total", "north-south")
    assert between(row) in page.locator("#tip").inner_text()
    assert "interval of a ribbon stands where you point" in page.locator("#sankey").inner_text()
    page.locator("#ribbons summary").click()
    cells = page.locator("#ribbons tbody tr").first.locator("th, td").all_inner_texts()
    assert cells == ["South", "North", f"{amount_text(row['value'] * 1e6)} hours", between(row)]
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Data & methods").click()
    made.settle()
    assert page.locator("#number-title").inner_text() == "South for North, 2008"


def test_a_net_amount_leads_to_its_origin(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}data.html?flow=SOUTH&groups=north-south&measure=hours&year=2008&sex=male")
    frame = wc.flows(2008, by="country,sex", group=["NORTH", "SOUTH"], sex="male", draws=DRAWS)
    net = frame.filter(pl.col("measure") == "hours_net", pl.col("consumer") == "SOUTH").to_dicts()
    told = made.page.locator(".number").inner_text()
    assert "South, net, men, 2008" in told
    assert signed_text(net[0]["value"] * 1e6) in told
    assert between(net[0]) in told


def test_a_flow_that_cannot_be_meant_is_no_flow(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}data.html?flow=NOWHERE,NORTH&groups=north-south&year=2008").page
    assert page.get_by_label("Theory", exact=True).is_visible()


def test_countries_are_told_apart_by_sex(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}flows.html?groups=countries&country=CHN&sex=female&year=2008")
    page = made.page
    assert page.get_by_label("One country").input_value() == "CHN"
    row = page.locator("#partners tbody tr").filter(has=page.get_by_text("USA", exact=True))
    given, taken = (
        flow("CHN", "USA", "female", "countries"),
        flow("USA", "CHN", "female", "countries"),
    )
    expected = [
        text for one in (given, taken) for text in (amount_text(one["value"] * 1e6), between(one))
    ]
    assert row.locator("td").all_inner_texts()[:4] == expected
    rows = pl.read_csv(io.StringIO(made.download("trends", "csv")))
    frame = wc.flows(2008, by="country,sex", country="CHN", sex="female", draws=DRAWS)
    net = frame.filter(pl.col("measure") == "hours_net", pl.col("consumer") == "CHN")["value"]
    own = rows.filter(pl.col("year") == 2008)["value"]
    assert own.to_list() == pytest.approx(net.to_list(), rel=1e-5)
    made.choose("One country", "USA")
    assert "What USA gains" in page.locator("#trends h2").inner_text()
    assert "country=" not in page.url  # the first one
    page.get_by_label("Regions", exact=True).check(force=True)
    made.settle()
    assert page.get_by_label("One country").is_hidden()
    assert page.locator("#partners").is_hidden()


def test_the_page_says_why_there_is_no_choice_of_classes(
    visit: Callable[..., Visit], site: str
) -> None:
    text = visit(f"{site}flows.html", java_script_enabled=False).page.locator("main").inner_text()
    assert "not to which class they belong" in text


@pytest.mark.parametrize(
    ("width", "scheme", "groups"), [(1280, "dark", "countries"), (390, "light", "regions")]
)
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str, groups: str
) -> None:
    address = f"{site}flows.html?groups={groups}"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []


def test_without_javascript_the_table_stands(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}flows.html", java_script_enabled=False).page
    assert page.locator("#table tbody tr").count() == 41
