"""Colours are told apart by everybody, on both kinds of page, and stay with their class."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from worldclass.charts.palette import (
    DARK,
    LIGHT,
    NEUTRAL,
    NEUTRAL_DARK,
    RAMP_DARK,
    RAMP_LIGHT,
    class_styles,
    dark_colours,
)
from worldclass.charts.theme import INK, INK_DARK, MUTED, MUTED_DARK, PAPER, PAPER_DARK

# Machado, Oliveira & Fernandes (2009), table 1, severity 1, linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Ottosson (2020), OKLab.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour: str, sight: str) -> np.ndarray:
    seen = np.clip(SIGHT[sight] @ linear(colour), 0, 1)
    return TO_LAB @ np.cbrt(TO_CONES @ seen)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(weights @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("colours", [(*LIGHT, NEUTRAL), (*DARK, NEUTRAL_DARK)])
def test_any_two_colours_differ_for_every_kind_of_sight(
    colours: tuple[str, ...], sight: str
) -> None:
    for one, other in combinations(colours, 2):
        distance = np.linalg.norm(lab(one, sight) - lab(other, sight))
        assert distance >= 0.09, (one, other)


@pytest.mark.parametrize(("colours", "paper"), [(LIGHT, PAPER), (DARK, PAPER_DARK)])
def test_class_colours_stand_out_from_the_paper(colours: tuple[str, ...], paper: str) -> None:
    assert all(contrast(colour, paper) >= 2.9 for colour in colours)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [(INK, PAPER), (MUTED, PAPER), (INK_DARK, PAPER_DARK), (MUTED_DARK, PAPER_DARK)],
)
def test_text_reaches_the_contrast_that_wcag_asks(ink: str, paper: str) -> None:
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize(("ramp", "sign"), [(RAMP_LIGHT, -1), (RAMP_DARK, 1)])
def test_ramps_run_steadily_from_little_to_much(ramp: tuple[str, ...], sign: int) -> None:
    lightness = [lab(colour, "normal")[0] for colour in ramp]
    assert all(sign * step > 0.03 for step in np.diff(lightness))


def test_every_light_colour_has_its_own_dark_one() -> None:
    pairs = dark_colours()
    assert set(LIGHT) | set(RAMP_LIGHT) <= set(pairs)
    assert len(set(pairs.values())) == len(pairs)


def test_the_same_class_has_the_same_colour_in_two_theories() -> None:
    one = {s.id: s.colour for s in class_styles(["lumpen", "worker-elite", "proletariat"])}
    other = {s.id: s.colour for s in class_styles(["bourgeoisie", "proletariat"])}
    assert one["proletariat"] == other["proletariat"]


def test_eight_unknown_classes_have_eight_colours() -> None:
    styles = class_styles([f"class-{place}" for place in range(8)])
    assert len({style.colour for style in styles}) == 8


def test_persons_outside_the_classes_are_grey() -> None:
    (style,) = class_styles(["dependants"])
    assert style.colour == NEUTRAL


def test_rungs_of_a_ladder_follow_the_ramp() -> None:
    colours = [s.colour for s in class_styles(["poor", "middle", "rich"], ordered=True)]
    places = [RAMP_LIGHT.index(colour) for colour in colours]
    assert places == sorted(set(places))
