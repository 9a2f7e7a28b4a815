"""What every page's script must know: theories, classes, places, years, measures, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass import __version__
from worldclass.charts.country_shapes import attribution, country_points, topology
from worldclass.charts.measures import MEASURES
from worldclass.charts.palette import LIGHT, NEUTRAL_CLASSES
from worldclass.charts.planar_shapes import planar_point
from worldclass.charts.setting import Setting
from worldclass.core.countries import countries, label
from worldclass.explorer.site.shards import shown_classes

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material

SEXES = {"total": "Women and men", "female": "Women", "male": "Men"}
MEASURE_WORDS = {
    "share_adults": "% of adults",
    "share_population": "% of the population",
    "share_workforce": "% of the labour force",
    "persons": "number of persons",
}


def catalogue(material: Material) -> dict[str, Any]:
    """The content of `data/catalogue.json.gz`."""
    return {
        "version": __version__,
        "content_hash": material.snapshot.provenance["content_hash"],
        "draws": material.draws,
        "years": list(material.years),
        "sexes": [{"id": name, "label": words} for name, words in SEXES.items()],
        "measures": [_measure(name) for name in MEASURE_WORDS],
        "theories": [_theory(material, name) for name in material.theories],
        "places": [_place(code) for code in material.places],
        "hues": list(LIGHT),
        "shapes": attribution(),
    }


def _measure(name: str) -> dict[str, Any]:
    measure = MEASURES[name]
    return {
        "id": name,
        "label": MEASURE_WORDS[name],
        "axis": measure.axis,
        "words": measure.words,
        "share": measure.is_share,
    }


def _theory(material: Material, name: str) -> dict[str, Any]:
    """A theory with the classes that have numbers, in the order of its file."""
    words = material.words(name)
    setting = material.setting(name)
    described = {text.id: text.description for text in words.classes}
    return {
        "id": name,
        "label": words.label,
        "short": short_label(words.label),
        "description": words.description,
        "citation": words.citation,
        "focus": material.focus(name),
        "ordered": setting.ordered,
        "footnote": setting.footnote(),
        "classes": [
            {
                "id": class_id,
                "label": (style := setting.style(class_id)).label,
                "description": described.get(class_id, ""),
                "colour": style.colour,
                "bounds": style.bounds,
                "neutral": class_id in NEUTRAL_CLASSES,
            }
            for class_id in shown_classes(material, name)
        ],
    }


def short_label(label: str) -> str:
    """Whose theory it is, where its name says so at the end; else the whole name.

    Examples
    --------
    >>> short_label("Status in employment (ILO)"), short_label("Income tenths")
    ('ILO', 'Income tenths')
    """
    _, opening, author = label.rstrip().removesuffix(")").rpartition(" (")
    return author if opening and label.rstrip().endswith(")") else label


def _place(code: str) -> dict[str, Any]:
    """A place; a country with region, land neighbours and, if small, its point on the map."""
    known = countries().get(code)
    entry: dict[str, Any] = {"code": code, "name": label(code)}
    if known is None:
        return entry | {"sentence": Setting("", ()).place_in_sentence(code), "country": False}
    entry |= {"country": True, "region": label(known.region), "north": known.north}
    point = country_points().get(code)
    if point and point.small:
        entry["point"] = planar_point(point.longitude, point.latitude)
    return entry | {"neighbours": sorted(neighbours().get(code, ()))}


def neighbours() -> dict[str, set[str]]:
    """Countries with a common land border, from the arcs that their shapes share.

    Examples
    --------
    >>> sorted(neighbours()["PRT"]), sorted(neighbours()["LSO"])
    (['ESP'], ['ZAF'])
    """
    owners: dict[int, set[str]] = {}
    for shape in topology()["objects"]["countries"]["geometries"]:
        if "id" in shape:
            for arc in _arcs(shape["arcs"]):
                owners.setdefault(arc, set()).add(shape["id"])
    found: dict[str, set[str]] = {}
    for sharing in owners.values():
        for code in sharing:
            found.setdefault(code, set()).update(sharing - {code})
    return found


def _arcs(nested: Any) -> list[int]:
    """Numbers of all arcs of a shape, whatever their direction."""
    if isinstance(nested, int):
        return [nested if nested >= 0 else ~nested]
    return [arc for part in nested for arc in _arcs(part)]
