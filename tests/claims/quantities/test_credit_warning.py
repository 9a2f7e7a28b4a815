"""Panels in which credit warns of crises, and panels in which it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.claims.worlds_other import write_panel
from worldclass.claims.data import Data
from worldclass.claims.quantities.credit_warning import (
    CreditWarning,
    country_weights,
    evaluate,
    evidence,
    imagine,
)
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError
from worldclass.dynamics.debt_crisis.early_warning import early_warning

MEASURES = ("sum_of_lags", "auroc", "auroc_forecast")
DRAWS = [CENTRE, *range(8)]


def ask(**given: Any) -> list[CreditWarning]:
    return [CreditWarning(measure=one, **given) for one in MEASURES]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def warning(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data(crises=write_panel(tmp_path_factory.mktemp("panel") / "yes.parquet", warns=True))


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data(crises=write_panel(tmp_path_factory.mktemp("panel") / "no.parquet", warns=False))


def test_credit_that_warns_is_found(warning: Data) -> None:
    total, area, forecast = evaluate(ask(), DRAWS, warning)
    assert total[0] == pytest.approx(50, abs=15)  # 10 in each of five lags
    assert (total > 20).all()
    assert (area > 0.65).all()
    assert (forecast > 0.6).all()


def test_credit_that_does_not_warn_is_not_taken_for_a_warning(silent: Data) -> None:
    total, _, forecast = evaluate(ask(), DRAWS, silent)
    assert abs(total[0]) < 10
    assert abs(forecast[0] - 0.5) < 0.12


@pytest.mark.parametrize("effects", ["country", "none"])
def test_the_centre_is_the_published_fit(warning: Data, effects: str) -> None:
    assert warning.crises is not None
    frame = early_warning(warning.crises)
    total, area, forecast = evaluate(ask(effects=effects), [CENTRE], warning)[:, 0]

    def told(quantity: str, group: str) -> float:
        rows = frame.filter((frame["quantity"] == quantity) & (frame["group"] == group))
        return float(rows["value"][0])

    if effects == "country":
        assert total == pytest.approx(told("coefficient", "sum"), rel=1e-6)
    group = "country-effects" if effects == "country" else "pooled"
    assert area == pytest.approx(told("auroc", group), abs=1e-9)
    assert forecast == pytest.approx(told("auroc", "out-of-sample"), abs=1e-9)


def test_a_draw_takes_the_same_countries_in_every_setting(warning: Data) -> None:
    assert country_weights(18, 4).sum() == 18
    assert (country_weights(18, 4) == country_weights(18, 4)).all()
    assert (country_weights(18, 4) != country_weights(18, 5)).any()
    settings = [*ask(), *ask(lags=3)]
    many = evaluate(settings, [CENTRE, 0, 1, 2], warning)
    few = evaluate(settings[::-1], [2, CENTRE], warning)
    assert (few == many[::-1][:, [3, 0]]).all()


def test_choices_move_the_estimate(warning: Data) -> None:
    usual = CreditWarning()
    others = (
        {"lags": 3}, {"credit": "money"}, {"years": (1950, 2020)}, {"without_years": ()},
        {"without": ("Country 03",)}, {"effects": "none"},
    )  # fmt: skip
    settings = [usual, *(usual.model_copy(update=one) for one in others)]
    values = evaluate(settings, [CENTRE], warning)[:, 0]
    assert len(set(values.tolist())) == len(settings)
    assert abs(values[2]) < 10  # money grows without regard to crises


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"credit": "gold"}, "lacks the column 'gold'"),
        ({"years": (1950, 1956)}, "are too few"),
        ({"first_forecast": 2021, "measure": "auroc_forecast"}, "can be forecast"),
    ],
)
def test_what_cannot_be_fitted_is_refused(warning: Data, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ClaimError, match=words):
        evaluate([CreditWarning(**given)], [CENTRE], warning)


def test_absent_data_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    monkeypatch.setattr("worldclass.sources.mirror.find_mirror", lambda given: None)
    with pytest.raises(ClaimError, match="needs data of the kind 'crises'"):
        evaluate(ask(), [CENTRE], Data())


def test_imagined_panels_go_either_way() -> None:
    values = imagine([*ask(), *ask(effects="none")], np.random.default_rng(0), 2000)
    assert (values[2] == values[5]).all()  # forecasts pool countries whatever the effects
    assert ((values[[1, 2]] >= 0) & (values[[1, 2]] <= 1)).all()
    for truth in (values[0] > 0, values[1] > 0.5, values[0] > values[3]):
        assert 0.3 < truth.mean() < 0.7


def test_few_clusters_are_admitted(warning: Data) -> None:
    found = evidence(ask(), warning)
    assert "18 clusters are few" in found.method
    assert "18 countries, 1870–2020" in found.sources[0]
