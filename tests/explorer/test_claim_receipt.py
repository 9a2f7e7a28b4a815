"""A receipt tells everything behind a verdict, in Markdown, HTML and on the terminal."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from tests.claims.made_up import (
    absent_evaluation,
    made_up_claim,
    made_up_evaluation,
    made_up_theory,
)
from worldclass.claims.evaluation import Evaluation
from worldclass.explorer.claim_console import (
    print_claims,
    print_comparison,
    print_receipt,
    print_verdicts,
    strip,
)
from worldclass.explorer.claim_html import receipt_html
from worldclass.explorer.claim_markdown import receipt_markdown
from worldclass.explorer.claim_receipt import Receipt, Rows, receipt
from worldclass.explorer.claim_words import (
    KINDS,
    ORIGINS,
    command_of,
    counts_sentence,
    what_would_change,
)


def written(receipt_: Receipt, form: str) -> str:
    """The receipt without its markup and line breaks."""
    if form == "markdown":
        text = receipt_markdown(receipt_).replace("\\", "")
    elif form == "html":
        text = re.sub(r"<[^>]*>", " ", receipt_html(receipt_))
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        text = text.replace("&quot;", '"').replace("&#x27;", "'")
    else:
        stream = StringIO()
        print_receipt(receipt_, Console(file=stream, width=300))
        text = stream.getvalue()
    return " ".join(text.replace("\u00a0", " ").split())


FORMS = ("markdown", "html", "terminal")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_all_of_it(form: str) -> None:
    evaluation = made_up_evaluation(made_up_claim(origin="companion", kind="analytic"))
    text = written(receipt(evaluation, alike=7), form)
    claim = evaluation.claim
    for words in (
        claim.label, claim.statement, claim.source, claim.reading, claim.scope, claim.changes,
        claim.history, evaluation.verdict.because, evaluation.verdict.tree[0],
        "Threshold of the worker elite, PPP dollars a month", "Nobody says where it lies.",
        "household <surveys>", "last / first", "class-size", "International Labour Organization",
        "37 % was imputed", "method.md", "sha256:0123456789abcdef", KINDS["analytic"],
        ORIGINS["companion"], "one of 7 claims", "not a probability", "Dependence",
        "worldclass claims run elite-grew --fresh --draws 16", "worldclass 0.4.0, 2026-11-26",
    ):  # fmt: skip
        assert " ".join(words.split()) in text, words


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_testable_says_what_would_test_it(form: str) -> None:
    claim = made_up_claim(assumed="Its men are put in.", would_test="A labour-force survey.")
    text = written(receipt(made_up_evaluation(claim)), form)
    assert "A labour-force survey." in text and "not testable here" in text.lower()


@pytest.mark.parametrize("form", FORMS)
def test_a_claim_without_data_has_a_receipt_without_numbers(form: str) -> None:
    text = written(receipt(absent_evaluation()), form)
    assert "Pass --events FILE." in text
    assert "Specification curve" not in text and "What decides it" not in text


def test_numbers_from_a_stored_receipt_are_said_to_be_so() -> None:
    from dataclasses import replace

    stored = replace(made_up_evaluation(), absent=("events",), receipt=True)
    text = written(receipt(stored), "markdown")
    assert "stored with the package on 2026-11-26" in text and "(events)" in text


def test_a_claim_that_holds_everywhere_has_nothing_that_decides_it() -> None:
    text = written(receipt(made_up_evaluation(centre=400e6)), "markdown")
    assert "the rule holds in every specification and every draw" in text


def test_other_cutoffs_and_single_options_are_told() -> None:
    cuts, options = what_would_change(made_up_evaluation())
    assert "95 and 5 %" in cuts and "67 and 33 %" in cuts
    assert "“3000”: fails" in options and "“750”: holds" in options
    sure = what_would_change(made_up_evaluation(centre=400e6))
    assert "the same" in sure[0] and sure[1] == "No option alone gives another word than “holds”."


def test_neighbouring_options_with_one_word_are_told_together() -> None:
    from dataclasses import replace

    from worldclass.claims.evaluation import Deciding

    evaluation = made_up_evaluation()
    shares = {"a": 0.95, "b": 0.92, "c": 0.5, "d": 0.02}
    verdict = replace(
        evaluation.verdict, deciding=(Deciding("x", "The x", 0.5, 0.6, shares),), share_holding=0.6
    )
    told = what_would_change(replace(evaluation, verdict=verdict))[1]
    assert "The x, “a” to “b”: holds (92 % to 95 %); The x, “d”: fails (2 %)." in told


def test_a_sample_tells_its_size_and_its_error() -> None:
    from dataclasses import replace

    sample = replace(made_up_evaluation(), possible=100_000)
    text = written(receipt(sample), "markdown")
    assert "6 of 100,000 specifications" in text and "percentage points" in text
    assert "--most 6" in text


def test_of_many_options_ends_and_middle_are_told() -> None:
    many = receipt(made_up_evaluation(made_up_claim(thresholds=300)))
    tables = [i for b in many.blocks for i in b.items if isinstance(i, Rows)]
    longest = max(len(cell) for table in tables for row in table.rows for cell in row)
    assert longest < 200
    assert "(300 options)" in str(tables) and "300 values in equal ratios" in str(tables)


def test_headings_of_a_receipt_are_in_order_and_its_tables_have_captions() -> None:
    html = receipt_html(receipt(made_up_evaluation()))
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 2 and set(levels[1:]) == {3}
    assert html.count("<table>") == html.count("<caption>")
    assert "household &lt;surveys&gt;" in html and "<surveys>" not in html


def test_the_picture_of_a_markdown_receipt_is_where_it_was_put() -> None:
    told = receipt(made_up_evaluation())
    assert "](curve.png)" in receipt_markdown(told, picture="curve.png")
    assert "![" not in receipt_markdown(told)
    assert receipt_markdown(told, level=3).startswith("### 1. ")


def lines(print_it: object, *arguments: object) -> list[str]:
    stream = StringIO()
    print_it(*arguments, Console(file=stream, width=80))  # type: ignore[operator]
    return stream.getvalue().splitlines()


def test_the_terminal_keeps_to_80_columns() -> None:
    found = made_up_theory()
    printed = [
        *lines(print_claims, [one.claim for one in found]),
        *lines(print_verdicts, found),
        *lines(print_comparison, {"One": found, "Another": found[:2]}),
        *(line for one in found for line in lines(print_receipt, receipt(one))),
    ]
    assert max(map(len, printed)) <= 80
    text = " ".join(" ".join(printed).split())
    assert "Of 5 claims of bromma, 1 holds, 1 depends on the choices made, 1 fails and 2" in text


@pytest.mark.parametrize("thresholds", [3, 400])
def test_the_strip_shows_every_state_from_left_to_right(thresholds: int) -> None:
    shown = strip(made_up_evaluation(made_up_claim(thresholds=thresholds)))
    signs, key = shown.splitlines()
    assert len(signs) == min(2 * thresholds, 60)
    assert signs[0] == "·" and signs[-1] == "█"
    assert f"{2 * thresholds} specifications, sorted by estimate" in key


def test_the_command_names_only_what_differs_from_the_default() -> None:
    assert command_of("x") == "worldclass claims run x --fresh"
    assert command_of("x", draws=64, most=10_000) == "worldclass claims run x --fresh"
    assert command_of("x", draws=8).endswith("--draws 8")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (slice(0, 1), "The claim of T holds."),
        (slice(4, 5), "The claim of T cannot be tested with the data here."),
        (slice(0, 2), "Of 2 claims of T, 1 holds and 1 depends on the choices made."),
    ],
)
def test_counts_are_a_sentence(chosen: slice, sentence: str) -> None:
    found: list[Evaluation] = made_up_theory()[chosen]
    assert counts_sentence(found, "T") == sentence
