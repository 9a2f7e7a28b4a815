"""Simulate: scenarios that were run before, and live runs, against the Python API."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import polars as pl
import pytest

import worldclass as wc
from tests.browser.conftest import Visit
from worldclass.explorer.site.simulations import STORIES, Story, story_runs

MECHANISM = "Mechanism, not forecast"


@pytest.fixture(scope="module", autouse=True)
def _runs() -> None:
    """The runs are kept by this process; the models may have to be compiled first."""
    for story in STORIES:
        story_runs(story)


def saved(made: Visit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.download("runs", "csv"))))


def series(table: pl.DataFrame, quantity: str, group: str) -> pl.DataFrame:
    """Median and 5–95 % over the runs at each time."""
    value = pl.col("value")
    return (
        table.filter(pl.col("quantity") == quantity, pl.col("group") == group)
        .group_by("time")
        .agg(
            value.median().alias("value"),
            value.quantile(0.05, "linear").alias("p05"),
            value.quantile(0.95, "linear").alias("p95"),
        )
        .sort("time")
    )


def test_a_scenario_shows_the_runs_of_the_python_api(
    visit: Callable[..., Visit], site: str
) -> None:
    rows = saved(visit(f"{site}simulate.html?scenario=protest-wave-us-2020"))
    runs = wc.simulate(scenario="protest-wave-us-2020", seed=1, runs=20, workers=1)
    expected = series(runs, "events", "all")
    assert {row["mean_over_times"] for row in rows} == {"1"}
    assert [float(row["time"]) for row in rows] == expected["time"].to_list()
    for name in ("value", "p05", "p95"):
        got = [float(row[name]) for row in rows]
        assert got == pytest.approx(expected[name].to_list(), rel=1e-3)


def test_long_series_are_means_over_neighbouring_times(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}simulate.html?scenario=epstein-run-2&line=2")
    rows = saved(made)
    runs = wc.simulate(scenario="epstein-run-2", seed=1, runs=5, workers=1)
    own = runs.filter(pl.col("run") == 2, pl.col("quantity") == "active").sort("time")["value"]
    size = int(rows[0]["mean_over_times"])
    assert size > 1
    assert f"each point is a mean over {size} neighbouring times" in made.page.inner_text("#runs")
    means = [float(own[at : at + size].mean() or 0) for at in range(0, own.len(), size)]  # type: ignore[arg-type]
    assert [float(row["value"]) for row in rows] == pytest.approx(means, rel=1e-3)
    assert {row["run"] for row in rows} == {"2"}


def test_controls_and_the_address_say_the_same(visit: Callable[..., Visit], site: str) -> None:
    made = visit(f"{site}simulate.html")
    made.choose("Scenario", "unrest-coalition-across-nations")
    made.choose("Quantity", "jailed_share")
    made.choose("Group", "proletariat")
    query = "?scenario=unrest-coalition-across-nations&quantity=jailed_share&group=proletariat"
    assert made.page.url == f"{site}simulate.html{query}"
    chosen = saved(made)
    assert {row["group"] for row in chosen} == {"proletariat"}
    again = visit(made.page.url)
    assert saved(again) == chosen
    made.page.go_back()
    made.settle()
    assert {row["quantity"] for row in saved(made)} == {"jailed_share"}
    assert len({row["group"] for row in saved(made)}) > 2


def test_numbers_and_parameters_stand_on_the_page_without_javascript(
    visit: Callable[..., Visit], site: str
) -> None:
    page = visit(f"{site}simulate.html", java_script_enabled=False).page
    assert MECHANISM in page.inner_text(".mechanism")
    row = page.locator("#s-keen-collapse tbody tr").filter(has_text="collapse time")
    collapse = wc.simulate(scenario="keen-collapse", seed=1).filter(
        pl.col("quantity") == "collapse_time"
    )["value"][0]
    assert row.locator("td").all_inner_texts()[2] == f"{collapse:.0f}"
    assert page.locator("#p-civil-violence tbody tr").count() > 10


def test_a_live_run_gives_the_numbers_of_the_python_api(
    visit: Callable[..., Visit], live_site: str
) -> None:
    made = visit(f"{live_site}simulate.html?scenario=protest-wave-us-2020")
    form = made.page.locator("#own")
    form.get_by_label("Model", exact=True).select_option("civil-violence")
    form.locator("summary").click()
    form.get_by_label("periods", exact=True).fill("60")
    form.get_by_label("Seed").fill("7")
    form.get_by_label("Runs (at most 50)").fill("4")
    form.get_by_role("button", name="Run").click()
    made.page.wait_for_url("**scenario=own**")
    made.settle()
    assert made.page.url.endswith("?scenario=own&seed=7&runs=4&set=periods%3A60")
    made.choose("Quantity", "jailed")
    runs = wc.simulate("civil-violence", {"periods": 60}, seed=7, runs=4, workers=1)
    expected = series(runs, "jailed", "all")
    rows = saved(made)
    assert [float(row["value"]) for row in rows] == pytest.approx(expected["value"].to_list())
    assert [float(row["p95"]) for row in rows] == pytest.approx(expected["p95"].to_list())
    assert MECHANISM in made.page.inner_text("#runs")
    again = visit(made.page.url)
    assert saved(again) == rows


def test_a_refused_parameter_shows_what_where_and_what_to_do(
    visit: Callable[..., Visit], live_site: str
) -> None:
    made = visit(f"{live_site}simulate.html?scenario=own&set=legitimacy:3")
    said = made.page.inner_text("#own [role=alert]")
    assert "“legitimacy” is 3: more than it can be." in said
    assert "Give a number from 0 to 1 (share). The default is 0.82." in said
    field = made.page.get_by_label("legitimacy", exact=True)
    assert field.is_visible()
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("3", "true")


def test_a_refused_run_leaves_what_was_chosen_and_typed(
    visit: Callable[..., Visit], live_site: str
) -> None:
    made = visit(f"{live_site}simulate.html?scenario=keen-collapse")
    page, form = made.page, made.page.locator("#own")
    before = page.inner_text("#runs h2")
    form.get_by_label("Model", exact=True).select_option("ethnic-violence")
    form.locator("summary").click()
    form.get_by_label("first share", exact=True).fill("0.9")
    form.get_by_label("Runs (at most 50)").fill("51")
    form.get_by_role("button", name="Run").click()
    said = form.get_by_role("alert").inner_text()
    assert "“Runs” is 51: more than it can be." in said
    assert "Give a whole number from 1 to 50." in said
    form.get_by_label("Runs (at most 50)").fill("1")
    form.get_by_label("citizen density", exact=True).fill("0.9999")
    form.get_by_label("cop density", exact=True).fill("0.5")
    form.get_by_role("button", name="Run").click()  # the server refuses it
    made.settle()
    form.get_by_role("alert").wait_for()
    said = form.get_by_role("alert").inner_text()
    assert "nput should" not in said
    assert page.get_by_label("Scenario", exact=True).input_value() == "keen-collapse"
    assert page.url.endswith("?scenario=keen-collapse")
    assert page.inner_text("#runs h2") == before
    assert form.get_by_label("first share", exact=True).input_value() == "0.9"
    assert form.get_by_label("Model", exact=True).input_value() == "ethnic-violence"
    # Chromium notes the answer 422 itself; nothing else may be said.
    assert all("422" in text for text in made.complaints)
    made.complaints.clear()


def test_runs_without_chance_are_one_line_and_the_page_says_why(
    visit: Callable[..., Visit], live_site: str
) -> None:
    made = visit(f"{live_site}simulate.html?scenario=own&model=debt-crisis&set=years:60")
    page = made.page
    assert "3 runs, drawn as one line: the model has no chance in it" in page.inner_text("#runs")
    assert page.locator("#runs svg .mark-area path[d]").count() == 0
    assert not page.get_by_label("Runs shown", exact=True).is_visible()
    assert page.locator("#s-own thead th").all_inner_texts()[-1] == "Value"
    again = visit(f"{live_site}simulate.html?scenario=kick-the-can").page
    assert "the model has no chance in it" in again.inner_text("#runs .what")


@pytest.mark.parametrize("story", [one for one in STORIES if one.runs == 1])
def test_stories_of_one_run_have_no_chance_in_them(story: Story) -> None:
    other = wc.simulate(scenario=story.scenario, seed=2, workers=1).drop("seed")
    assert story_runs(story).drop("seed").equals(other)


def test_fields_follow_the_scenario_and_say_shares_as_per_cent(
    visit: Callable[..., Visit], live_site: str
) -> None:
    made = visit(f"{live_site}simulate.html?scenario=keen-collapse")
    form = made.page.locator("#own")
    assert form.get_by_label("Model", exact=True).input_value() == "debt-crisis"
    assert form.get_by_label("Start from").input_value() == "keen-collapse"
    form.locator("summary").click()
    level = form.get_by_label("phillips level", exact=True)
    assert level.input_value() == "0.04006"  # the number that is run has all its digits
    growth = form.get_by_label("productivity growth", exact=True)
    growth.fill("0.031")
    assert "= 3.1 % a year" in form.locator("#set-productivity_growth-hint").inner_text()
    form.get_by_label("Seed").fill("5")
    form.get_by_role("button", name="Run").click()
    made.page.wait_for_url("**scenario=own**")
    made.settle()
    assert "set=productivity_growth%3A0.031" in made.page.url
    assert "phillips" not in made.page.url


def test_a_run_can_be_stopped(visit: Callable[..., Visit], live_site: str) -> None:
    made = visit(f"{live_site}simulate.html?scenario=protest-wave-us-2020")
    form = made.page.locator("#own")
    form.get_by_label("Model", exact=True).select_option("civil-violence")
    form.locator("summary").click()
    form.get_by_label("periods", exact=True).fill("7000")
    form.get_by_label("width", exact=True).fill("400")
    form.get_by_label("height", exact=True).fill("400")
    form.get_by_role("button", name="Run").click()
    assert "Running" in form.get_by_role("status").inner_text()
    form.get_by_role("button", name="Cancel").click()
    made.settle()
    assert "Stopped" in form.get_by_role("status").inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], live_site: str, width: int, scheme: str
) -> None:
    address = f"{live_site}simulate.html?scenario=wright-2005"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    made.page.locator("#own summary").click()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []
