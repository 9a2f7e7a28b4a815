"""Claims about trade, classes, waves and credit hold and fail on data made so that they do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.claims.worlds_other import write_events, write_panel, write_trade
from worldclass.claims.check import check_claim
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.schema import Claim

SOUTH_TO_NORTH = {"quantity": "flow", "producer": "SOUTH", "consumer": "NORTH"}
NORTH_TO_SOUTH = {"quantity": "flow", "producer": "NORTH", "consumer": "SOUTH"}
CLASSES = {"quantity": "exploitation", "year": 2008, "country": "SOUTH", "class": "proletariat"}
WAVE = {"quantity": "protest-wave", "model": "$model", "week": "none"}


def make_claim(
    terms: dict[str, dict[str, Any]], parts: dict[str, tuple[str, str]], **choices: list[Any]
) -> Claim:
    """A claim of nothing but its numbers.

    Parameters
    ----------
    parts
        By id: formula and rule.
    choices
        By id: values.
    """
    words = ("label", "statement", "source", "scope", "reading")
    return Claim.model_validate(
        dict.fromkeys(words, "Known answers")
        | {
            "id": "known-answers", "theory": "bromma", "number": 900, "question": "known-answers",
            "kind": "empirical", "origin": "companion", "term": terms,
            "part": [
                {"id": name, "label": name, "unit": "1", "estimate": formula, "holds": rule}
                for name, (formula, rule) in parts.items()
            ],
            "choice": [
                {"id": name, "label": name, "reason": "either will do", "values": values}
                for name, values in choices.items()
            ],
        }
    )  # fmt: skip


NET_FLOW = make_claim(
    {
        "early_in": SOUTH_TO_NORTH | {"year": "$first"},
        "early_out": NORTH_TO_SOUTH | {"year": "$first"},
        "late_in": SOUTH_TO_NORTH | {"year": 2008},
        "late_out": NORTH_TO_SOUTH | {"year": 2008},
    },
    {
        "north": ("late_in - late_out", "> 0"),
        "wider": ("(late_in - late_out) - (early_in - early_out)", "> 0"),
    },
    first=[1995, 1996],
)
EXPLOITED = make_claim(
    {
        "given": CLASSES | {"measure": "hours_given", "definition": "$definition"},
        "commanded": CLASSES | {"measure": "hours_commanded", "definition": "$definition"},
        "surplus": CLASSES | {"measure": "surplus", "definition": "$definition"},
    },
    {"less": ("commanded / given", "< 0.6"), "most": ("surplus / given", "> 0.45")},
    definition=["consumption", "consumption-uniform"],
)
FADED = make_claim(
    {
        name: WAVE | {"measure": measure}
        for name, measure in (
            ("growth", "growth"), ("level", "level_at_end"), ("after", "days_after_peak"),
        )
    },
    {
        "rose": ("growth", "> 2"),
        "fell": ("level", "< 0.5"),
        "past": ("after", "> 1"),
    },
    model=["growth-decay", "log-quadratic"],
)  # fmt: skip
WARNS = make_claim(
    {
        "slopes": {"quantity": "credit-warning", "lags": "$lags"},
        "area": {"quantity": "credit-warning", "measure": "auroc_forecast", "lags": "$lags"},
        "early": {"quantity": "credit-panel", "year": 1900, "average": "$average"},
        "late": {"quantity": "credit-panel", "year": 2010, "average": "$average"},
    },
    {"warns": ("slopes", "> 0"), "ranks": ("area", "> 0.55"), "rose": ("late / early", "> 1")},
    lags=[4, 5],
    average=["mean", "gdp"],
)


def made(kind: str, folder: Path, holds: bool) -> Data:
    """Data on which the claim of that kind holds, or fails."""
    if kind == "flows":
        later = (0.3, 0.05) if holds else (0.05, 0.3)
        shares = {1995: (0.2, 0.05), 1996: (0.2, 0.05), 2008: later}
        return Data(flows=write_trade(folder, shares))
    if kind == "classes":
        return Data(flows=write_trade(folder, {2008: (0.6, 0.0) if holds else (0.0, 0.6)}))
    if kind == "events":
        return Data(events=write_events(folder / "events.csv", fades=holds))
    file = write_panel(folder / "panel.parquet", warns=holds, debt_rises=holds)
    return Data(crises=file)


CLAIMS = {"flows": NET_FLOW, "classes": EXPLOITED, "events": FADED, "crises": WARNS}


@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize("kind", CLAIMS)
def test_a_claim_holds_and_fails_where_the_data_are_made_so(
    kind: str, holds: bool, tmp_path: Path
) -> None:
    found = evaluate(CLAIMS[kind], made(kind, tmp_path, holds), draws=4, cache=False)
    assert found.verdict.word == ("holds" if holds else "fails")
    assert found.draws == 4


@pytest.mark.parametrize("kind", CLAIMS)
def test_claims_that_could_go_either_way_are_accepted(kind: str) -> None:
    assert [one for one in check_claim(CLAIMS[kind]) if one.severity == "refused"] == []


@pytest.mark.parametrize(
    ("terms", "formula", "rule", "never"),
    [
        ({"a": SOUTH_TO_NORTH | {"year": "$year"}}, "a", "> 0", "fail"),
        (
            {
                "a": SOUTH_TO_NORTH | {"year": "$year", "sex": "female"},
                "b": SOUTH_TO_NORTH | {"year": "$year"},
            },
            "a / b", "> 1", "hold",
        ),
        (
            {
                "a": {"quantity": "exploitation", "year": "$year", "measure": "hours_given"},
                "b": {"quantity": "exploitation", "year": "$year", "measure": "hours_commanded"},
            },
            "a - 1.01 * b", "< 0", "fail",
        ),
        (
            {
                "a": {"quantity": "credit-panel", "year": "$year", "average": "mean"},
                "b": {"quantity": "credit-panel", "years": [2000, 2012], "statistic": "max"},
            },
            "a - b", "> 0", "hold",
        ),
    ],
)  # fmt: skip
def test_claims_that_follow_from_definitions_are_refused(
    terms: dict[str, dict[str, Any]], formula: str, rule: str, never: str
) -> None:
    claim = make_claim(terms, {"only": (formula, rule)}, year=[2007, 2008])
    refused = [one.what for one in check_claim(claim) if one.severity == "refused"]
    assert len(refused) == 1
    assert f"cannot {never}" in refused[0]
