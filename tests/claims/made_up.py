"""Made-up claims and their evaluations: every verdict, many specifications and few."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl

from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.evaluate import met
from worldclass.claims.evaluation import Deciding, Evaluation, Verdict
from worldclass.claims.quantity import Evidence
from worldclass.claims.schema import Claim
from worldclass.claims.verdict import word_of

DRAWS = 16


def made_up_claim(name: str = "elite-grew", *, thresholds: int = 3, **changed: object) -> Claim:
    """A claim with two choices and two conditions."""
    document = {
        "id": name,
        "theory": "bromma",
        "number": 1,
        "label": "The worker elite grew in number & share",
        "statement": "More people belong to the worker elite than in 1991, and a larger share.",
        "question": "size-of-the-worker-elite",
        "kind": "empirical",
        "origin": "text",
        "source": "Nobody (2020), Made-up book",
        "scope": "World, 1991 to 2023",
        "reading": "Persons in the class, last year less first.",
        "changes": "A threshold above all wages.",
        "history": "None.",
        "common": {"country": "WORLD"},
        "term": {
            "last": {"quantity": "class-size", "year": 2023, "parameters": {"tau": "$tau"}},
            "first": {"quantity": "class-size", "year": 1991, "anchor": "$anchor"},
        },
        "part": [
            {"id": "number", "label": "Worker elite, 2023 less 1991", "unit": "persons",
             "estimate": "last - first", "holds": "> 0"},
            {"id": "share", "label": "Its share, 2023 over 1991", "unit": "ratio",
             "estimate": "last / first", "holds": ">= 1"},
        ],
        "choice": [
            {"id": "tau", "label": "Threshold of the worker elite, PPP dollars a month",
             "reason": "Nobody says where it lies.",
             "spread": {"low": 750, "high": 3000, "points": thresholds, "scale": "log"}},
            {"id": "anchor", "label": "Which incomes", "reason": "Two sources disagree.",
             "options": {"national accounts": {"anchor": "national-accounts"},
                         "household <surveys>": {"anchor": "household-survey"}}},
        ],
    }  # fmt: skip
    return Claim.model_validate(document | changed)


def made_up_evaluation(
    claim: Claim | None = None, *, centre: float = 60e6, draws: int = DRAWS, seed: int = 1
) -> Evaluation:
    """An evaluation of random numbers around a centre; threshold and incomes move them."""
    claim = claim or made_up_claim()
    random = np.random.default_rng(seed)
    rows, parts = [], []
    everything = []
    grid = list(product(*(choice.settings for choice in claim.choices)))
    for number, options in enumerate(grid, start=1):
        taken = dict(zip((choice.id for choice in claim.choices), options, strict=True))
        middle = centre - 40e3 * (float(taken.get("tau", 750)) - 1500)
        middle -= 50e6 * ("household <surveys>" in options)
        together = np.ones(draws, dtype=bool)
        for place, part in enumerate(claim.parts):
            scale = 1.0 if place == 0 else 1e-9
            start = 0.0 if place == 0 else 1.0
            spread = 30e6 * random.standard_normal(draws) * (draws > 1)
            drawn = start + scale * (middle + spread)
            holds = met(part.holds, drawn)
            together &= holds
            parts.append(
                {"claim": claim.id, "specification": number, "part": part.id,
                 "label": part.label, "unit": part.unit, "holds": part.holds,
                 "estimate": start + scale * middle, "p05": np.percentile(drawn, 5),
                 "p95": np.percentile(drawn, 95), "share_holding": holds.mean()}
            )  # fmt: skip
        first = parts[-len(claim.parts)]
        numbers = {key: first[key] for key in ("estimate", "p05", "p95")}
        rows.append(
            {"claim": claim.id, "specification": number, **taken, **numbers,
             "share_holding": together.mean()}
        )  # fmt: skip
        everything.append(together)
    table = pl.DataFrame(rows)
    return Evaluation(
        claim=claim,
        verdict=_verdict(claim, table),
        specifications=table,
        parts=pl.DataFrame(parts),
        possible=len(grid),
        draws=draws,
        evidence={
            "class-size": Evidence(
                ("International Labour Organization, ILOSTAT, 1991–2023, CC BY 4.0",),
                0.37,
                "Counts by status and income, from the population table.",
                "method.md",
            )
        },
        fingerprints={"people": "sha256:0123456789abcdef"},
        version="0.4.0",
        computed="2026-11-26",
    )


def _verdict(claim: Claim, table: pl.DataFrame) -> Verdict:
    share = float(table["share_holding"].mean())  # type: ignore[arg-type]
    word = "not testable here" if claim.assumed else word_of(share, cutoffs())
    deciding = tuple(
        Deciding(
            choice.id,
            choice.label,
            0.5 / (place + 1),
            0.6 / (place + 1),
            {
                label: float(table.filter(pl.col(choice.id) == label)["share_holding"].mean())  # type: ignore[arg-type]
                for label in choice.settings
            },
        )
        for place, choice in enumerate(claim.choices)
    )
    deciding += (Deciding("draws", "assumptions within a specification", 0.05, 0.1, {}),)
    return Verdict(
        word=word,
        share_holding=share,
        estimate=float(table["estimate"].median()),  # type: ignore[arg-type]
        p05=float(table["p05"].min()),  # type: ignore[arg-type]
        p95=float(table["p95"].max()),  # type: ignore[arg-type]
        because=f"The rule is met in {share:.0%} of all combinations.",
        deciding=deciding if 0 < share < 1 else (),
        tree=("Which incomes: national accounts: holds in 90 % (3 specifications)",)
        if 0 < share < 1
        else (),
    )


def absent_evaluation(claim: Claim | None = None) -> Evaluation:
    """An evaluation without data: no specifications, no numbers."""
    full = made_up_evaluation(claim)
    because = "The claim needs dated protest events: absent here. Pass --events FILE."
    return Evaluation(
        claim=full.claim,
        verdict=Verdict("not testable here", None, None, None, None, because),
        specifications=full.specifications.clear(),
        parts=full.parts.clear(),
        possible=full.possible,
        draws=0,
        evidence={},
        fingerprints={},
        version="0.4.0",
        absent=("events",),
    )


def made_up_theory() -> list[Evaluation]:
    """One claim a verdict, with every mark."""
    assumed = {"assumed": "The composition by sex is put in.", "would_test": "A survey."}
    return [
        made_up_evaluation(made_up_claim("elite-grew"), centre=300e6),
        made_up_evaluation(
            made_up_claim("elite-share", number=2, origin="companion", question="share"),
            centre=60e6,
        ),
        made_up_evaluation(
            made_up_claim("elite-fell", number=3, kind="analytic", question="fall"), centre=-300e6
        ),
        made_up_evaluation(made_up_claim("elite-men", number=4, question="men", **assumed)),
        absent_evaluation(made_up_claim("waves-fade", number=5, question="waves")),
    ]
