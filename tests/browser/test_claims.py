"""Claims: the board and a claim in full hold the numbers of the Python API."""

from __future__ import annotations

import io
from collections.abc import Callable

import polars as pl
import pytest

from tests.browser.conftest import Visit
from worldclass.charts.verdicts import amount_text, holding_text
from worldclass.claims.evaluation import Evaluation
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.query import claims
from worldclass.explorer.claim_words import command_of
from worldclass.explorer.site.claim_results import NOT_EVALUATED, stored_evaluation


def evaluation_of(fits: Callable[[Evaluation], bool]) -> Evaluation:
    """The first claim with a receipt that fits a purpose, as the Python API gives it."""
    for name in list_claims():
        stored = stored_evaluation(name)
        if stored is not None and stored.specifications.height and fits(stored):
            return claims(name, cache=False).evaluations[name]
    pytest.skip("no receipt of such a claim is stored with the package")


def board(made: Visit) -> dict[str, list[str]]:
    """Cells of the rows that are shown, by claim."""
    rows = made.page.locator(".board tbody tr:visible")
    cells = rows.locator("th, td").all_inner_texts()
    names = rows.evaluate_all("rows => rows.map((row) => row.dataset.claim)")
    return {name: cells[8 * place : 8 * place + 8] for place, name in enumerate(names)}


def test_without_javascript_the_board_lists_every_claim(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}claims.html", java_script_enabled=False)
    shown = board(made)
    assert sorted(shown) == sorted(list_claims())
    for name, cells in shown.items():
        stored = stored_evaluation(name)
        assert cells[0] == load_claim(name).label
        if stored is None:
            assert cells[1].endswith(NOT_EVALUATED)
            continue
        verdict = stored.verdict
        assert cells[1].endswith(verdict.word)
        assert cells[2].replace("\xa0", " ") == holding_text(verdict.share_holding)
        assert cells[3].replace("\xa0", " ") == amount_text(verdict.estimate)
    assert (
        "at least 90\xa0% of all combinations"
        in made.page.locator("#table .what").last.inner_text()
    )


def test_the_board_is_filtered_and_the_back_button_undoes_it(
    visit: Callable[..., Visit], site: str
) -> None:
    made = visit(f"{site}claims.html")
    made.choose("Theory", "pew")
    assert list(board(made)) == list_claims("pew")
    assert made.page.url.endswith("claims.html?theory=pew")
    made.page.go_back()
    made.settle()
    assert len(board(made)) == len(list_claims())
    words = {name: getattr(stored_evaluation(name), "verdict", None) for name in list_claims()}
    holding = [name for name, verdict in words.items() if verdict and verdict.word == "holds"]
    if holding:
        made.choose("Verdict", "holds")
        assert sorted(board(made)) == sorted(holding)


def test_a_claim_opens_with_its_receipt(visit: Callable[..., Visit], site: str) -> None:
    found = evaluation_of(lambda one: bool(one.verdict.deciding))
    made = visit(f"{site}claims.html")
    made.page.get_by_role("link", name=found.claim.label, exact=True).click()
    made.settle()
    assert made.page.url.endswith(f"claims.html?claim={found.claim.id}")
    text = " ".join(made.page.locator("#claim").inner_text().split())
    for told in (found.claim.statement, found.claim.reading, found.verdict.because):
        assert " ".join(told.split()) in text
    assert command_of(found.claim.id) in text
    first = found.verdict.deciding[0]
    row = made.page.locator(".receipt tbody tr").filter(has_text=first.label).first
    cells = row.locator("th, td").all_inner_texts()
    assert cells[2:] == [holding_text(first.main), holding_text(first.total)]


def test_the_csv_holds_every_specification(visit: Callable[..., Visit], site: str) -> None:
    found = evaluation_of(lambda one: one.specifications.height > 400)
    made = visit(f"{site}claims.html?claim={found.claim.id}")
    count = found.specifications.height
    told = made.page.locator("#curve figcaption").inner_text()
    assert f"Drawn: 400 of {count:,} specifications" in told
    assert made.page.locator("#curve .mark-symbol.role-mark path").count() == 400 + 1
    rows = pl.read_csv(io.StringIO(made.download("curve", "csv")), infer_schema_length=None)
    assert rows.height == count * len(found.claim.parts)
    own = found.parts.join(found.specifications.drop("share_holding"), on="specification")
    both = rows.join(own, on=["specification", "part"], suffix="_own")
    assert both.height == rows.height
    for name in ("estimate", "p05", "p95", "share_holding"):
        gap = (both[name].cast(pl.Float64) - both[f"{name}_own"]).abs()
        assert (gap <= 5.1e-4 * both[f"{name}_own"].abs()).all(), name
    for choice in found.claim.choices:
        assert (both[choice.id].cast(pl.String) == both[f"{choice.id}_own"]).all(), choice.id


def test_conditions_and_specifications_are_chosen_and_kept_in_the_address(
    visit: Callable[..., Visit], site: str
) -> None:
    found = evaluation_of(lambda one: len(one.claim.parts) > 1)
    claim, part = found.claim, found.claim.parts[1]
    made = visit(f"{site}claims.html?claim={claim.id}")
    made.choose("Condition", part.id)
    slider = made.page.get_by_role("slider", name="Combination of choices")
    slider.press("Home")
    made.settle()
    own = found.parts.filter(pl.col("part") == part.id)
    least = own.sort("estimate", "specification").row(0, named=True)
    assert f"part={part.id}&specification={least['specification']}" in made.page.url
    panel = made.page.locator(".number").inner_text()
    count = found.specifications.height
    assert f"specification {least['specification']:,} of {count:,}" in panel
    assert f"Its estimate is the least of all {count:,} estimates." in panel
    assert f"{amount_text(least['estimate'])} {part.unit}" in panel
    options = found.specifications.row(least["specification"] - 1, named=True)
    assert all(options[choice.id] in panel for choice in claim.choices)
    again = visit(made.page.url)
    assert again.page.locator(".number").inner_text() == panel


def test_a_specification_is_told_where_one_points(visit: Callable[..., Visit], site: str) -> None:
    found = evaluation_of(lambda one: 20 < one.specifications.height <= 400)
    made = visit(f"{site}claims.html?claim={found.claim.id}")
    marks = made.page.locator("#curve .mark-rule.role-mark").last.locator("line")
    assert marks.count() == found.specifications.height
    marks.last.hover(force=True)
    most = found.specifications.sort("estimate", "specification").row(-1, named=True)
    made.page.locator("#tip").wait_for()
    assert made.page.locator("#tip p").first.inner_text().endswith(f"{most['specification']}")
    assert (
        f"specification {most['specification']:,} of" in made.page.locator(".number").inner_text()
    )


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_nothing_overflows_and_axe_finds_nothing_serious(
    visit: Callable[..., Visit], site: str, width: int, scheme: str
) -> None:
    found = evaluation_of(lambda one: len(one.claim.parts) > 1)
    address = f"{site}claims.html?claim={found.claim.id}"
    made = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width
    assert made.violations() == []


def test_an_embedded_curve_stands_alone(visit: Callable[..., Visit], site: str) -> None:
    found = evaluation_of(lambda one: 20 < one.specifications.height <= 400)
    page = visit(f"{site}claims.html?claim={found.claim.id}&embed=curve").page
    assert page.locator("#curve svg").is_visible()
    for other in (".summary", ".receipt", "#table", "h1"):
        assert not page.locator(other).first.is_visible()
