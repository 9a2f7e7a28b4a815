"""A wave that faded is told from one that escalates; a draw is one refitted series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.claims.worlds_other import write_events, write_places
from worldclass.claims.data import Data
from worldclass.claims.quantities.protest_wave import ProtestWave, evaluate, evidence, imagine
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError

MEASURES = ("growth", "level_at_end", "trend_at_end", "peak_day", "days_after_peak")
CURVES = ("growth-decay", "log-quadratic")


def course(data: Data, draws: list[int], **given: Any) -> dict[str, Any]:
    """Values of every measure in some draws."""
    settings = [ProtestWave(week="none", measure=one, **given) for one in MEASURES]  # type: ignore[arg-type]
    return dict(zip(MEASURES, evaluate(settings, draws, data), strict=True))


@pytest.fixture(scope="module")
def fading(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("events")
    return Data(events=write_events(folder / "fading.csv", fades=True))


@pytest.fixture(scope="module")
def rising(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("events")
    return Data(events=write_events(folder / "rising.csv", fades=False))


@pytest.mark.parametrize("model", [*CURVES, "sir"])
def test_a_wave_that_faded_has_its_peak_behind_it(fading: Data, model: str) -> None:
    found = course(fading, [CENTRE, 0, 1], model=model)
    assert (found["growth"] > 2).all()
    assert (found["level_at_end"] < 0.2).all()
    assert (found["trend_at_end"] < 0).all()
    np.testing.assert_allclose(found["peak_day"], 10, atol=2.5)
    np.testing.assert_allclose(found["peak_day"] + found["days_after_peak"], 30)


@pytest.mark.parametrize("model", CURVES)
def test_a_wave_that_escalates_has_it_before_it(rising: Data, model: str) -> None:
    found = course(rising, [CENTRE, 0, 1, 2], model=model)
    assert (found["growth"] > 2).all()
    assert (found["trend_at_end"] > 0.01).all()
    assert (found["days_after_peak"] < 1).all()
    assert np.isfinite(list(found.values())).all()


def test_the_centre_is_the_fit_and_draws_scatter_around_it(fading: Data) -> None:
    found = course(fading, [CENTRE, *range(12)], model="growth-decay")
    for name in ("peak_day", "trend_at_end"):
        drawn = found[name][1:]
        assert drawn.min() < found[name][0] < drawn.max()
        assert len(set(drawn.tolist())) == 12


def test_a_draw_is_the_same_whatever_else_is_asked_for(fading: Data) -> None:
    from worldclass.claims.quantities import protest_wave

    settings = [ProtestWave(model=model) for model in CURVES]  # type: ignore[arg-type]
    many = evaluate(settings, [CENTRE, 0, 1, 2], fading)
    protest_wave._course.cache_clear()
    protest_wave._fit.cache_clear()
    few = evaluate(settings[1:], [2, CENTRE], fading)
    assert (few == many[1:][:, [3, 0]]).all()


def test_the_last_day_can_be_left_out(fading: Data) -> None:
    whole = course(fading, [CENTRE], model="growth-decay")
    shorter = course(fading, [CENTRE], model="growth-decay", days="without the last")
    assert shorter["peak_day"] + shorter["days_after_peak"] == pytest.approx(29)
    assert shorter["level_at_end"] > whole["level_at_end"]


def test_places_have_waves_of_their_own(tmp_path: Path) -> None:
    data = Data(events=write_places(tmp_path / "places.csv"))
    fades = course(data, [CENTRE], model="growth-decay", place="Ashville")
    rises = course(data, [CENTRE], model="growth-decay", place="Bigtown")
    assert fades["trend_at_end"][0] < 0 < rises["trend_at_end"][0]
    with pytest.raises(ClaimError, match=r"(?s)no place 'Nowhere'.*city"):
        course(data, [CENTRE], model="growth-decay", place="Nowhere")


def test_an_edited_file_is_read_anew(tmp_path: Path) -> None:
    import os

    file = write_events(tmp_path / "events.csv", fades=True)
    before = course(Data(events=file), [CENTRE], model="growth-decay")
    write_events(file, fades=False)
    os.utime(file, (1, 1))
    after = course(Data(events=file), [CENTRE], model="growth-decay")
    assert before["trend_at_end"][0] < 0 < after["trend_at_end"][0]


def test_too_short_a_series_is_refused_with_the_setting(tmp_path: Path) -> None:
    data = Data(events=write_events(tmp_path / "events.csv", fades=True, days=6))
    with pytest.raises(ClaimError, match="cannot tell") as caught:
        course(data, [CENTRE], model="sir")
    assert "model = 'sir'" in caught.value.where


def test_imagined_waves_are_coherent() -> None:
    settings = [ProtestWave(measure=one) for one in (*MEASURES, "growth")]  # type: ignore[arg-type]
    values = imagine(settings, np.random.default_rng(0), 2000)
    growth, level, trend, peak, after, again = values
    assert (growth == again).all()
    assert (growth >= 1).all()
    assert ((level > 0) & (level <= 1)).all()
    length = peak + after
    np.testing.assert_allclose(length, np.round(length))
    assert ((length >= 10) & (length <= 400)).all()
    for truth in (after > 1, trend < 0.01, level < 0.5, growth > 2):
        assert 0.2 < truth.mean() < 0.95


def test_events_are_cited_by_their_numbers(fading: Data) -> None:
    found = evidence([ProtestWave()], fading)
    assert found.imputed is None
    assert "2020-05-26 to 2020-06-24" in found.sources[0]
    assert "bootstrap" in found.method
