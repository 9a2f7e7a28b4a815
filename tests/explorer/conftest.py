"""A made-up atlas and theory, and one page made from them, for all tests of the explorer."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.explorer.synthetic import CLASSES, LABELS, synthetic_atlas
from worldclass.charts.setting import Setting
from worldclass.explorer.provenance import AssumptionLine, Provenance, SourceLine
from worldclass.explorer.report import write_atlas_report
from worldclass.explorer.theory_text import ClassText, ParameterText, TheoryText


@pytest.fixture(scope="session")
def atlas() -> pl.DataFrame:
    return synthetic_atlas(range(2021, 2024))


@pytest.fixture(scope="session")
def theory() -> TheoryText:
    return TheoryText(
        id="bromma",
        label="Made-up theory",
        version="1",
        description="First paragraph.\n\nSecond paragraph.",
        citation="Nobody (2020), Made-up book",
        source_notes="How words became rules.",
        lost="What was lost.",
        classes=tuple(
            ClassText(name, LABELS[name], "Words.", "labour_income >= tau", name == "lumpen")
            for name in CLASSES
        ),
        parameters=(
            ParameterText("tau", "1,500 PPP dollars", "750 to 3,000", "Threshold", "Assumed"),
        ),
    )


@pytest.fixture(scope="session")
def setting(theory: TheoryText) -> Setting:
    return Setting(theory.label, theory.styles(), source="made-up numbers", draws=200)


@pytest.fixture(scope="session")
def provenance() -> Provenance:
    return Provenance(
        command="worldclass atlas --theory bromma --html atlas.html",
        version="0.1.0",
        draws=200,
        seed=1,
        content_hash="sha256:abc",
        sources=(SourceLine("Office", "Office (2024), Numbers", "CC BY 4.0", "2024"),),
        assumptions=(AssumptionLine("Managers", "0.2 [0.1 to 0.3]", "census"),),
    )


@pytest.fixture(scope="session")
def page(
    atlas: pl.DataFrame,
    theory: TheoryText,
    provenance: Provenance,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "atlas.html"
    write_atlas_report(
        atlas,
        path,
        theory=theory,
        provenance=provenance,
        notes=["A remark."],
        tables={"Change": pl.DataFrame({"component": ["growth"], "persons": [1.2e8]})},
        focus="worker-elite",
    )
    return path.read_text("utf-8")
