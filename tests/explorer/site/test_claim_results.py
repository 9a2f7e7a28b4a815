"""What the page Claims is told of a claim, with and without a stored result."""

from __future__ import annotations

from html import unescape

import polars as pl
import pytest
from pytest import MonkeyPatch

from worldclass.claims.library import list_claims, load_claim
from worldclass.explorer.claim_words import command_of
from worldclass.explorer.site import claim_results
from worldclass.explorer.site.claim_results import NOT_EVALUATED, claim_shard, vertical_scale
from worldclass.explorer.site.pages.claims import board_html, counts_words, ordered_claims


def rows(estimates: list[float], half: float) -> pl.DataFrame:
    middle = pl.Series("estimate", estimates)
    return pl.DataFrame({"estimate": middle, "p05": middle - half, "p95": middle + half})


def test_an_axis_holds_every_estimate_and_the_decision_line() -> None:
    scale = vertical_scale(rows([3.0, 5.0], 1.0), number=0.0)
    low, high = scale["domain"]
    assert scale["type"] == "linear"
    assert low < 0 < 6 < high
    assert scale["cut"] == 0


def test_an_axis_of_positives_over_decades_is_logarithmic() -> None:
    assert vertical_scale(rows([1.0, 900.0], 0.5), number=2.0)["type"] == "log"
    assert vertical_scale(rows([1.0, 900.0], 0.5), number=0.0)["type"] == "linear"


def test_an_axis_says_how_many_intervals_it_cuts() -> None:
    wide = rows([float(place) for place in range(100)], 1.0).with_columns(
        p95=pl.when(pl.col("estimate") == 50).then(1e6).otherwise(pl.col("p95"))
    )
    scale = vertical_scale(wide, number=0.0)
    assert scale["cut"] == 1
    assert scale["domain"][1] < 1000


def test_a_claim_without_a_result_keeps_its_words(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(claim_results, "stored_evaluation", lambda name: None)
    name = list_claims("pew")[0]
    told, claim = claim_shard(name), load_claim(name)
    assert told["verdict"] == NOT_EVALUATED
    assert told["together"] == []
    assert all(part["estimate"] == [] for part in told["parts"])
    texts = [item for block in told["blocks"] for item in block["items"]]
    assert {"text": claim.reading} in texts
    assert {"command": command_of(name)} in texts


def test_the_board_counts_what_was_not_evaluated() -> None:
    found = dict.fromkeys(ordered_claims())
    assert counts_words(list(found.values())) == f"{len(found)} claims: not evaluated {len(found)}."
    text = unescape(board_html(found))
    assert sorted(found) == sorted(list_claims())
    for name in found:
        assert f">{load_claim(name).label}<" in text


def test_numbers_of_a_shard_are_those_of_the_receipt() -> None:
    stored = {name: claim_results.stored_evaluation(name) for name in list_claims()}
    known = [one for one in stored.values() if one is not None]
    if not known:
        pytest.skip("no receipt is stored with the package")
    for evaluation in known:
        told, claim = claim_shard(evaluation.claim.id), evaluation.claim
        table = evaluation.specifications
        assert told["together"] == pytest.approx(table["share_holding"].to_list(), rel=5e-4)
        for choice in told["choices"]:
            labels = [choice["options"][place] for place in told["options"][choice["id"]]]
            assert labels == table[choice["id"]].to_list()
        for part, own in zip(told["parts"], claim.parts, strict=True):
            expected = evaluation.parts.filter(pl.col("part") == own.id)["estimate"].to_list()
            assert part["estimate"] == pytest.approx(expected, rel=5e-4)
