"""A quantity made for tests of the engine, and claims about it: all values are known."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.claims.data import Data
from worldclass.claims.quantity import CENTRE, Evidence, Fields, Quantity
from worldclass.claims.registry import register
from worldclass.claims.schema import Claim

if TYPE_CHECKING:
    from worldclass.claims.quantity import Values


class Gauge(Fields):
    """A level that the draws move by a spread."""

    level: float
    spread: float = 0.0
    places: tuple[str, ...] = ()
    options: dict[str, float] = {}  # noqa: RUF012


def score(draw: int) -> float:
    """Between −1 and 1, 0 at the centre."""
    return 0.0 if draw == CENTRE else float(np.random.default_rng(draw).uniform(-1, 1))


def evaluate(settings: Sequence[Gauge], draws: Sequence[int], data: Data) -> Values:
    """level + spread × score, plus whatever the options sum to."""
    scores = np.array([score(draw) for draw in draws])
    return np.array(
        [one.level + sum(one.options.values()) + one.spread * scores for one in settings]
    )


def imagine(settings: Sequence[Gauge], chance: np.random.Generator, number: int) -> Values:
    """Anything from 0 to 100, a value of its own for each setting."""
    return chance.uniform(0, 100, size=(len(settings), number))


def evidence(settings: Sequence[Gauge], data: Data) -> Evidence:
    """None."""
    return Evidence(("A test.",), 0.25, "A level and a spread.", "claims.md")


GAUGE = Quantity("test-gauge", "A gauge", Gauge, ("none",), evaluate, imagine, evidence)
SHEET = Quantity(
    "test-sheet", "A gauge of events", Gauge, ("events",), evaluate, imagine, evidence, drawn=False
)


def evaluate_slowly(settings: Sequence[Gauge], draws: Sequence[int], data: Data) -> Values:
    """The same after a pause; each call is noted in the file GAUGE_LOG."""
    time.sleep(float(os.environ.get("GAUGE_PAUSE", "0")))
    with Path(os.environ["GAUGE_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{draws[0]}\n")
    return evaluate(settings, draws, data)


SLOW = Quantity("test-slow", "A slow gauge", Gauge, ("none",), evaluate_slowly, imagine, evidence)
for quantity in (GAUGE, SHEET, SLOW):
    register(quantity)

PART = {"id": "gap", "label": "Gap", "unit": "m", "estimate": "high - low", "holds": "> 0"}


def choice(name: str, values: Sequence[Any]) -> dict[str, Any]:
    """A choice of its own placeholder."""
    return {"id": name, "label": f"The {name}", "reason": "For a test.", "values": tuple(values)}


def claim(
    terms: dict[str, dict[str, Any]],
    *,
    choices: Sequence[dict[str, Any]] = (),
    parts: Sequence[dict[str, Any]] = (PART,),
    quantity: str = "test-gauge",
    **more: Any,
) -> Claim:
    """A claim about gauges."""
    return Claim.model_validate(
        {
            "id": "made-for-a-test",
            "theory": "bromma",
            "number": 1,
            "label": "One gauge is higher than the other",
            "statement": "One gauge is higher than the other.",
            "question": "which-is-higher",
            "kind": "empirical",
            "origin": "companion",
            "source": "None.",
            "scope": "Tests.",
            "reading": "As it stands.",
            "common": {"quantity": quantity},
            "term": terms,
            "part": [dict(part) for part in parts],
            "choice": [dict(one) for one in choices],
            **more,
        }
    )


def two_gauges(levels: Sequence[float] = (1, 2, 3, 4), spread: float = 0.0, **more: Any) -> Claim:
    """The one at `levels` against one at 2.5."""
    return claim(
        {"high": {"level": "$level", "spread": spread}, "low": {"level": 2.5}},
        choices=[choice("level", levels)],
        **more,
    )


TOML = """
id = "own-claim"
theory = "bromma"
number = 1
label = "One gauge is higher than the other"
statement = "One gauge is higher than the other."
question = "which-is-higher"
kind = "empirical"
origin = "companion"
source = "None."
scope = "Tests."
reading = "As it stands."

[common]
quantity = "test-gauge"

[term.high]
level = "$level"

[term.low]
level = 2.5

[[part]]
id = "gap"
label = "Gap"
unit = "m"
estimate = "high - low"
holds = "> 0"

[[choice]]
id = "level"
label = "Level"
reason = "For a test."
values = [1, 2, 3, 4]
"""


def write_claim(folder: Path, text: str = TOML, name: str = "own-claim") -> Path:
    """A claim file."""
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file
