"""The example of docs/theories.md is a sound theory, and its limits are the real ones."""

import re
from pathlib import Path

from worldclass.theories import check_theory, list_theories, load_theory
from worldclass.theories import limits as caps
from worldclass.theories.units import unit_names

GUIDE = (Path(__file__).parents[2] / "docs/theories.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found.group(1)


def test_the_example_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "two-classes.toml"
    path.write_text(block("toml"), encoding="utf-8")
    report = check_theory(load_theory(path))
    assert report.problems == ()


def test_the_python_example_runs() -> None:
    names: dict[str, object] = {}
    exec(block("python"), names)
    assert names["shares"]["share_proletariat"].item() == 1.0  # type: ignore[index]


def test_the_guide_names_every_shipped_theory_and_unit() -> None:
    for theory in list_theories():
        assert f"`{theory}`" in GUIDE
    for unit in unit_names():
        assert f"`{unit.replace('ISO3', 'BRA')}`" in GUIDE


def test_the_limits_in_the_guide_are_the_real_ones() -> None:
    for number in (
        caps.PREDICATE_LENGTH,
        caps.PREDICATE_TOKENS,
        caps.PREDICATE_NESTING,
        caps.MOST_CLASSES,
        caps.MOST_PARAMETERS,
        caps.MOST_CUTS,
        caps.MOST_SPLIT_IDS,
        caps.THEORY_FILE.keys,
    ):
        assert re.search(rf"\b{number:,}\b", GUIDE.split("## Limits")[1])
