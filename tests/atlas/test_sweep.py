"""A sweep over parameters says what the atlas says, setting by setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.sweep import list_settings
from worldclass.core.errors import TheoryError, UsageError

NUMBERS = ("persons", "persons_p05", "persons_p95", "share_population")
POOR = """
[parameters.line]
default = 100
unit = "ppp2021_month"
range = [0, 3000]
description = "d"
source = "s"
[[class]]
id = "below"
label = "Below"
when = "labour_income < line"
[[class]]
id = "rest"
label = "Rest"
"""


def agree(theory: str | Path, settings: list[dict[str, float | str]], **options: object) -> None:
    """Hold every setting of a sweep against the atlas with these parameters."""
    asked: dict[str, object] = {"country": ["BRA", "NORTH"], "year": 2015, "sex": "total"}
    asked |= options
    swept = wc.sweep(theory, settings, **({"draws": 0} | asked))  # type: ignore[arg-type]
    for setting in settings:
        here = swept.filter(*(pl.col(name) == value for name, value in setting.items()))
        single = wc.atlas(theory, parameters=setting, **({"draws": 0} | asked))  # type: ignore[arg-type]
        both = here.join(pl.DataFrame(single), on=["class", "country", "year", "sex"], suffix="_")
        assert both.height == here.height == single.height
        for name in NUMBERS:
            if name in ("persons", "share_population") or "draws" in options:
                np.testing.assert_allclose(both[name], both[f"{name}_"], rtol=1e-4, atol=2.0)


def combined(**values: list[float | str]) -> list[dict[str, float | str]]:
    return list_settings(values)


def test_thresholds_absolute_and_relative_to_the_world() -> None:
    agree("bromma", combined(threshold=["absolute", "relative"], tau=[800, 2500],
                             tau_relative=[0.8, 1.7]))  # fmt: skip


def test_choices_and_scales() -> None:
    agree("bromma", combined(poor_own_account=["proletariat", "lumpen", "middle-classes"],
                             manager_scale=[0, 0.5, 1.2]))  # fmt: skip


def test_multiples_of_the_national_mean() -> None:
    agree("bromma", combined(capitalist_income=[2, 5, 10]), year=[1991, 2023])


def test_multiples_of_another_country_s_mean() -> None:
    theory = wc.theory("milanovic")
    names = list(theory.parameters)
    settings = [{names[0]: 0.7, names[1]: 1.2}, {names[0]: 1.5, names[1]: 0.9}]
    agree("milanovic", settings)  # type: ignore[arg-type]


def test_cuts_that_change_places() -> None:
    """Where one threshold overtakes the other, rules apply in another order."""
    agree("kharas", [{"lower": 10, "upper": 20}, {"lower": 20, "upper": 10},
                     {"lower": 15, "upper": 15}])  # fmt: skip


def test_an_anchor_and_draws() -> None:
    agree("bromma", combined(tau=[1000, 2000]), draws=12, anchor="national-accounts")
    agree("kharas", combined(lower=[10, 12]), draws=12, country="BRA")


def test_a_threshold_of_nothing_beside_others(theory_file: Callable[[str], Path]) -> None:
    """Contributing family workers, whose income is 0, are not below 0 but below 1."""
    agree(theory_file(POOR), combined(line=[0, 500, 1000]), country="IND")
    agree(theory_file(POOR), combined(line=[500, 0]), country="IND")


def test_values_make_every_combination_and_a_list_only_its_own() -> None:
    assert len(list_settings({"a": [1, 2, 3], "b": ["x", "y"]})) == 6
    assert list_settings([{"a": 1}, {"a": 2}]) == [{"a": 1}, {"a": 2}]
    assert wc.sweep("bromma", {"tau": [1000, 2000]}).height == 14


@pytest.mark.parametrize("wrong", [{"tau": []}, [], [{"tau": 1}, {"tau_relative": 1}]])
def test_settings_must_exist_and_agree(wrong: object) -> None:
    with pytest.raises(UsageError, match="setting"):
        wc.sweep("bromma", wrong)  # type: ignore[arg-type]


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(TheoryError, match="tua"):
        wc.sweep("bromma", {"tua": [1]})


def test_the_worker_elite_shrinks_as_its_threshold_rises() -> None:
    frame = wc.sweep("bromma", {"tau": np.linspace(750, 3000, 12).tolist()})
    elite = frame.filter(pl.col("class") == "worker-elite").sort("tau")["persons"]
    assert (elite.diff().drop_nulls() < 0).all()
