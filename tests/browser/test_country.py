"""Country: classes, rank, neighbours and rival theories of one place."""

from __future__ import annotations

import io
from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.charts.numbers import (
    persons_interval,
    persons_text,
    share_interval,
    share_text,
)


def test_the_table_holds_every_class(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}country/KEN.html?theory=ilo-status&year=2010&sex=female").page
    expected = wc.atlas("ilo-status", country="KEN", year=2010, sex="female").to_dicts()
    labels = {rule.id: rule.label for rule in wc.theory("ilo-status").classes}
    for row in expected:
        name = labels[row["class"]]
        shown = page.locator("#table tbody tr").filter(has=page.get_by_text(name, exact=True))
        cells = shown.locator("th, td").all_inner_texts()
        between = persons_interval(row["persons_p05"], row["persons_p95"])
        assert cells[1:4] == [
            persons_text(row["persons"]),
            between,
            share_text(row["share_adults"]),
        ]


def test_rank_is_that_of_the_python_api(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}country/BRA.html").page
    ranking = wc.rank("bromma", "worker-elite", year=2023, draws=0)
    rank = ranking.filter(pl.col("country") == "BRA")["rank"][0]
    assert page.locator("#ranking h2").inner_text() == (
        f"Brazil is {rank} of {ranking.height} by the class “Worker elite”, 2023"
    )
    row = page.locator("#table tbody tr").filter(has=page.get_by_text("Worker elite", exact=True))
    assert row.locator("td").nth(6).inner_text() == str(rank)


def test_another_place_is_another_address(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/BRA.html?theory=pew")
    made.choose("Place", "NORTH")
    assert made.page.url == f"{site}country/NORTH.html?theory=pew"
    assert made.page.locator("h1").inner_text() == "Classes of the North"
    made.page.go_back()
    made.settle()
    assert made.page.locator("h1").inner_text() == "Classes of Brazil"


def test_theories_stand_side_by_side(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/IND.html?year=2015")
    found = pl.read_csv(io.StringIO(made.download("theories", "csv")))
    assert found["theory"].unique().sort().to_list() == wc.list_theories()
    expected = wc.compare(wc.list_theories(), country="IND", year=2015, sex="total")
    both = found.join(expected, on=["theory", "class"], suffix="_own")
    assert both.height == found.height == expected.height
    assert ((both["persons"] - both["persons_own"]).abs() <= 5.1e-4 * both["persons_own"]).all()


VIEW = "country/IND.html?theory=pew&class=poor&year=2012&sex=female&measure=persons"


def test_the_address_restores_the_view(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}{VIEW}").page
    chosen = {"Place": "IND", "Theory": "pew", "Measure": "persons", "Class of the ranking": "poor"}
    for label, value in chosen.items():
        assert page.get_by_label(label, exact=True).input_value() == value
    assert page.get_by_role("slider", name="Year").input_value() == "2012"
    assert page.get_by_label("Women", exact=True).is_checked()
    assert page.locator("#table caption").inner_text().startswith("Classes of India, women, 2012")
    assert page.locator("#number-title").inner_text() == "Poor: India, women, 2012"


def test_what_was_chosen_is_in_the_address(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/IND.html")
    for label, value in (("Theory", "pew"), ("Class of the ranking", "poor")):
        made.choose(label, value)
    made.choose("Measure", "persons")
    made.page.get_by_label("Women", exact=True).check(force=True)
    slider = made.page.get_by_role("slider", name="Year")
    slider.fill("2012")
    made.settle()
    assert made.page.url == f"{site}{VIEW}"
    again = visit(made.page.url)
    for part in ("#table", "#ranking h2", "#neighbours", ".number"):
        own = again.page.locator(part).inner_text()
        assert own == made.page.locator(part).inner_text(), part


def test_values_that_cannot_be_meant_fall_back(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}country/IND.html?theory=nobody&year=1066&sex=x&measure=y&class=z").page
    assert page.locator("#number-title").inner_text() == "Worker elite: India, 2023"


@pytest.mark.parametrize("figure", ["areas", "trends"])
def test_the_csv_through_time_holds_the_atlas(
    visit: Callable[..., Visit], site: str, figure: str
) -> None:
    made = visit(f"{site}country/IND.html?theory=pew&sex=female")
    found = pl.read_csv(io.StringIO(made.download(figure, "csv")))
    expected = wc.atlas("pew", country="IND", sex="female")
    both = found.join(expected, on=["theory", "class", "country", "year", "sex"], suffix="_own")
    assert both.height == found.height == expected.height
    for name in ("persons", "persons_p05", "persons_p95", "share_adults", "imputed"):
        gap = (both[name] - both[f"{name}_own"]).abs()
        assert (gap <= 5.1e-4 * both[f"{name}_own"].abs()).all(), name


def test_the_csv_of_the_ranking_holds_its_neighbourhood(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}country/BRA.html?class=proletariat&year=2010")
    found = pl.read_csv(io.StringIO(made.download("ranking", "csv")))
    ranking = wc.rank("bromma", "proletariat", year=2010, draws=0)
    rank = ranking.filter(pl.col("country") == "BRA")["rank"][0]
    around = ranking.filter(pl.col("rank").is_between(rank - 5, rank + 5))
    assert found["country"].to_list() == around["country"].to_list()


def test_neighbours_have_the_numbers_of_the_atlas(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/PRT.html?year=2015&class=proletariat")
    page = made.page
    ranking = wc.rank("bromma", "proletariat", year=2015, draws=0)
    row = wc.atlas("bromma", country="ESP", year=2015, sex="total")
    own = row.filter(pl.col("class") == "proletariat").to_dicts()[0]
    scale = own["share_adults"] / own["persons"]
    shown = page.locator("#neighbours tbody tr").filter(has=page.get_by_text("Spain"))
    assert shown.locator("td").all_inner_texts() == [
        share_text(own["share_adults"]),
        share_interval(scale * own["persons_p05"], scale * own["persons_p95"]),
        str(ranking.filter(pl.col("country") == "ESP")["rank"][0]),
    ]
    shown.get_by_role("link").click()
    made.settle()
    assert made.page.locator("#number-title").inner_text() == "Proletariat: Spain, 2015"


def test_a_bar_of_a_rival_theory_is_told_in_full(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/IND.html?year=2015")
    made.page.locator("#theories .mark-rect.role-mark path").last.hover(force=True)
    title = made.page.locator("#number-title")
    expected = wc.atlas("sakai", country="IND", year=2015, sex="total")
    name = title.inner_text().split(":")[0]
    labels = {rule.label: rule.id for rule in wc.theory("sakai").classes}
    row = expected.filter(pl.col("class") == labels[name]).to_dicts()[0]
    assert persons_text(row["persons"]) in made.page.locator(".number").inner_text()


def test_controls_change_what_they_should(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}country/ZAF.html")
    made.choose("Measure", "persons")
    assert "persons" in made.page.locator("#areas .what").inner_text()
    made.choose("Class of the ranking", "proletariat")
    assert "Proletariat" in made.page.locator("#ranking h2").inner_text()
    made.choose("Theory", "sakai")
    assert "Labour aristocracy" in made.page.locator("#table").inner_text()
    assert "theory=sakai" in made.page.url


def test_neighbours_share_a_border(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}country/PRT.html").page
    assert page.locator("#neighbours tbody th").all_inner_texts() in (
        ["Spain", "Portugal"],
        ["Portugal", "Spain"],
    )


def test_the_world_has_no_rank(visit: Callable[..., Visit], site: str) -> None:
    page = visit(f"{site}country/WORLD.html").page
    assert "is largest" in page.locator("#ranking h2").inner_text()
    assert not page.locator("#neighbours").is_visible()


def test_without_javascript_classes_and_places_are_there(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}country/BRA.html", java_script_enabled=False).page
    assert "Worker elite" in page.locator("#table").inner_text()
    page.get_by_role("link", name="India", exact=True).click()
    assert page.locator("h1").inner_text() == "Classes of India"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    made = visit(
        f"{site}country/BRA.html", viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
