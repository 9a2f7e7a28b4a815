"""What a hypothesis changes about waves: numbered draws, the same luck in both arms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from worldclass.claims.data import Data
from worldclass.claims.quantities.wave_change import (
    QUANTITY,
    SEED,
    WaveChange,
    base_of,
    evaluate,
    evidence,
    imagine,
)
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError
from worldclass.dynamics.class_unrest.hypotheses import (
    list_hypotheses,
    numbered_assumptions,
    varied,
)
from worldclass.dynamics.scenarios import load_scenario

EMBEDDED = Data()


def ask(hypothesis: str, **given: Any) -> WaveChange:
    return WaveChange(hypothesis=hypothesis, side=20, seeds=1, **given)


def test_a_loss_of_legitimacy_raises_waves_and_cops_lower_them() -> None:
    """The two mechanisms that Epstein's model is known for."""
    rises, falls = evaluate(
        [ask("legitimacy-falls"), ask("repression-deters")], [CENTRE, *range(4)], EMBEDDED
    )
    assert rises.mean() > 0.5
    assert rises[0] > 0
    assert falls.mean() < 0


def test_a_draw_is_the_same_whatever_else_is_asked_for() -> None:
    settings = [ask("reform-calms"), ask("memory-teaches", ratio="smooth")]
    many = evaluate(settings, [CENTRE, 0, 2], EMBEDDED)
    few = evaluate(settings[1:], [2, CENTRE], EMBEDDED)
    assert (few == many[1:][:, [2, 0]]).all()


def test_a_number_means_the_same_assumptions_in_every_hypothesis() -> None:
    base = base_of(ask("reform-calms"))
    one, other = load_scenario("unrest-reform-calms"), load_scenario("unrest-memory-teaches")
    numbers = [CENTRE, 0, 3, 40]
    points = numbered_assumptions(one, base, numbers, SEED)
    others = numbered_assumptions(other, base, numbers, SEED)
    both = set(varied(one)) & set(varied(other))
    assert len(both) > 10
    for here, there in zip(points, others, strict=True):
        assert {name: getattr(here, name) for name in both} == {
            name: getattr(there, name) for name in both
        }
    assert numbered_assumptions(one, base, [40], SEED) == points[3:]
    assert points[0].cop_density == base.cop_density
    assert len({point.cop_density for point in points}) == 4


def test_numbered_points_cover_the_ranges_evenly() -> None:
    base, scenario = base_of(ask("reform-calms")), load_scenario("unrest-reform-calms")
    points = numbered_assumptions(scenario, base, range(64), SEED)
    found = np.array([point.vision for point in points])
    assert found.min() < 4.2
    assert found.max() > 9.8
    assert found.mean() == pytest.approx(7.0, abs=0.1)


@pytest.mark.parametrize(
    "given",
    [
        {"theory": "classical-marxist"}, {"country": "IND"}, {"ratio": "smooth"},
        {"hardship_from": "income"}, {"year": 2000}, {"target_leaders": True},
    ],
)  # fmt: skip
def test_every_choice_reaches_the_model(given: dict[str, Any]) -> None:
    point = base_of(ask("reform-calms", **given))
    for name, value in given.items():
        assert getattr(point, name) == value
    assert point.side == 20


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (ask("miracles-happen"), r"(?s)no hypothesis 'miracles-happen'.*reform-calms"),
        (ask("privilege-lost-joins", theory="ilo-status"), r"(?s)'proletariat'.*employees"),
        (ask("reform-calms", country="Narnia"), "Narnia"),
        (ask("reform-calms", theory="none-such"), "none-such"),
    ],
)
def test_what_cannot_be_run_is_refused(setting: WaveChange, words: str) -> None:
    with pytest.raises(ClaimError, match=words):
        evaluate([setting], [CENTRE], EMBEDDED)


def test_imagined_waves_change_either_way() -> None:
    settings = [ask(one.id) for one in list_hypotheses()]
    values = imagine([*settings, settings[0]], np.random.default_rng(0), 1000)
    assert (values[0] == values[-1]).all()
    assert ((values > 0).mean(axis=1) > 0.4).all()
    assert ((values > 0).mean(axis=1) < 0.6).all()


def test_who_holds_a_hypothesis_is_told() -> None:
    found = evidence([ask("memory-exhausts"), ask("memory-teaches")], EMBEDDED)
    assert any("Tarrow" in line for line in found.sources)
    assert "no observed wave" in found.method
    assert QUANTITY.at_once == 1
