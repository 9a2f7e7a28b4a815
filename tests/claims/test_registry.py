"""Quantities by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.claims.gauges import GAUGE
from worldclass.claims.data import NAMES
from worldclass.claims.registry import list_quantities, load_quantity, register
from worldclass.core.errors import ClaimError

HEAVY = ("numba", "scipy.stats", "statsmodels", "pandas", "altair")


@pytest.mark.parametrize("name", list_quantities())
def test_a_file_holds_the_quantity_of_its_name(name: str) -> None:
    quantity = load_quantity(name)
    assert quantity.id == name
    assert set(quantity.needs) <= set(NAMES)
    assert quantity.fields.model_config["frozen"]


def test_an_unknown_name_brings_the_nearest() -> None:
    with pytest.raises(ClaimError, match="Did you mean test-gauge"):
        load_quantity("test-guage")


def test_a_name_of_the_package_cannot_be_taken() -> None:
    from dataclasses import replace

    with pytest.raises(ClaimError, match="already"):
        register(replace(GAUGE, id="constant"))


def test_quantities_are_light_to_import() -> None:
    """So that a stored verdict is there at once."""
    program = (
        "import sys; from worldclass.claims.registry import *; "
        "[load_quantity(name) for name in list_quantities()]; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    source = str(Path(__file__).parents[2] / "src")
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": source, "PATH": ""},
    )  # fmt: skip
    assert ended.stdout.strip() == "[]"
