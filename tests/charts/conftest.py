"""One made-up atlas for all tests of charts."""

from __future__ import annotations

import polars as pl
import pytest

from tests.explorer.synthetic import CLASSES, LABELS, synthetic_atlas
from worldclass.charts.palette import class_styles
from worldclass.charts.setting import Setting


@pytest.fixture(scope="session")
def atlas() -> pl.DataFrame:
    return synthetic_atlas(range(2021, 2024))


@pytest.fixture(scope="session")
def setting() -> Setting:
    styles = class_styles(CLASSES, labels=LABELS, bounds={"lumpen"})
    return Setting("Made-up theory", styles, source="made-up numbers", draws=200)
