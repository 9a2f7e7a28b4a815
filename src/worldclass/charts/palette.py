"""Colours: one a class, stable within a theory, told apart by colour-blind eyes, light and dark.

The eight hues keep an OKLab distance of at least 0.09 from each other and from the neutral
under normal sight and under simulated protanopia, deuteranopia and tritanopia (Machado,
Oliveira & Fernandes 2009, severity 1), and a contrast of at least 2.9 to the paper;
`tests/charts/test_palette.py` computes both.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LIGHT = (
    "#3b51bd",
    "#aa5813",
    "#249381",
    "#7a4377",
    "#969d17",
    "#141736",
    "#d571cc",
    "#3d4801",
)
DARK = (
    "#6fd0fc",
    "#fe8b38",
    "#3e9593",
    "#a088dd",
    "#f4dc4c",
    "#d8fce9",
    "#e7a6b5",
    "#868000",
)
"""The same hues in the same order, for a dark page."""

NEUTRAL, NEUTRAL_DARK = "#c3c7cb", "#5d656f"
"""Persons whom a theory leaves outside its classes."""

NEUTRAL_CLASSES = frozenset(
    {"dependants", "outside", "outside-labour-force", "inactive", "unknown", "not-classified"}
)

BLUE, RUST, TEAL, PLUM, OLIVE, INK, PINK, MOSS = range(8)

PREFERRED = {
    "proletariat": RUST,
    "employee": RUST,
    "employees": RUST,
    "worker-elite": BLUE,
    "labour-aristocracy": BLUE,
    "peasantry": TEAL,
    "family-workers": TEAL,
    "lumpen": PLUM,
    "unemployed": PLUM,
    "other-middle": OLIVE,
    "petty-bourgeoisie": OLIVE,
    "own-account": OLIVE,
    "capitalists": INK,
    "bourgeoisie": INK,
    "employers": INK,
}
"""Classes that several theories name keep one hue, so that theories can be compared."""

RAMP_LIGHT = ("#f3eccb", "#c9dfb4", "#8fcbae", "#4fb0ae", "#2a8ca6", "#2a6594", "#2d3f78")
RAMP_DARK = ("#29324f", "#2c4a70", "#2c6a8b", "#3b8d9b", "#66b3a2", "#a5d4ab", "#efe9b9")
"""Seven steps from little to much; on a dark page much is bright."""

DIVERGING_LIGHT = (
    "#7c3a04",
    "#b9702c",
    "#e3b988",
    "#ece6d4",
    "#b3bfe8",
    "#6d82d2",
    "#2a3c9c",
)
DIVERGING_DARK = (
    "#ffa45c",
    "#c9742f",
    "#84532d",
    "#45423a",
    "#414e80",
    "#6480ca",
    "#9cbbff",
)
"""Seven steps from less than none (rust) through nothing to more (blue)."""

NO_DATA, NO_DATA_DARK = "#dfe1e4", "#3a3f47"


@dataclass(frozen=True)
class ClassStyle:
    """How one class of a theory is named and coloured.

    Parameters
    ----------
    id
        Class id, as in the atlas frame.
    label
        Words for readers.
    colour, colour_dark
        Hexadecimal colours for a light and for a dark page.
    bounds
        True when data only bound the class: it is drawn as a band without a central line.
    """

    id: str
    label: str
    colour: str
    colour_dark: str
    bounds: bool = False


def class_styles(
    classes: Sequence[str],
    *,
    labels: Mapping[str, str] | None = None,
    bounds: Collection[str] = (),
    ordered: bool = False,
) -> tuple[ClassStyle, ...]:
    """Give each class of a theory its label and colour.

    Parameters
    ----------
    classes
        All class ids in the order of the theory's file, so that a selection keeps its colours.
    labels
        Words by class id; a missing one is made from the id.
    bounds
        Ids of classes that the data only bound.
    ordered
        True for rungs of one ladder (income classes): colours then run from light to dark.

    Examples
    --------
    >>> [style.label for style in class_styles(["worker-elite", "dependants"])]
    ['Worker elite', 'Dependants']
    """
    labels = labels or {}
    coloured = [name for name in classes if name not in NEUTRAL_CLASSES]
    hues = _hues(coloured)
    styles: list[ClassStyle] = []
    for name in classes:
        if name in NEUTRAL_CLASSES:
            pair = NEUTRAL, NEUTRAL_DARK
        elif ordered:
            pair = _rung(coloured.index(name), len(coloured))
        else:
            pair = LIGHT[hues[name]], DARK[hues[name]]
        label = labels.get(name) or name.replace("_", " ").replace("-", " ").capitalize()
        styles.append(ClassStyle(name, label, *pair, bounds=name in bounds))
    return tuple(styles)


def _hues(classes: Sequence[str]) -> dict[str, int]:
    """Hue of each class: the preferred one, else the first free one; the ninth starts over."""
    hues: dict[str, int] = {}
    for name in classes:
        if name in PREFERRED and PREFERRED[name] not in hues.values():
            hues[name] = PREFERRED[name]
    for place, name in enumerate(classes):
        if name not in hues:
            free = [hue for hue in range(len(LIGHT)) if hue not in hues.values()]
            hues[name] = free[0] if free else place % len(LIGHT)
    return hues


def _rung(place: int, count: int) -> tuple[str, str]:
    """Colours of a rung of an ordered ladder, spread over the ramp."""
    last = len(RAMP_LIGHT) - 1
    first = 2 if count <= last - 1 else 1  # the palest step is too faint for a line
    step = round(first + place * (last - first) / max(count - 1, 1))
    return RAMP_LIGHT[step], RAMP_DARK[step]


def ramp(count: int) -> tuple[str, ...]:
    """`count` colours from little to much, at most seven."""
    last = len(RAMP_LIGHT) - 1
    return tuple(RAMP_LIGHT[round(i * last / max(count - 1, 1))] for i in range(count))


def dark_colours() -> dict[str, str]:
    """Dark colour by light colour, for a page that recolours its pictures."""
    pairs = [*zip(LIGHT, DARK, strict=True), *zip(RAMP_LIGHT, RAMP_DARK, strict=True)]
    diverging = dict(zip(DIVERGING_LIGHT, DIVERGING_DARK, strict=True))
    return dict(pairs) | diverging | {NEUTRAL: NEUTRAL_DARK, NO_DATA: NO_DATA_DARK}
