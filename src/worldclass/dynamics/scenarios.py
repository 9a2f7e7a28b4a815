"""Scenarios: named settings and interventions in files, with what was reported of them."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention

_PACKAGE = "worldclass.dynamics"
_FOLDER = "scenarios"

Text = Annotated[str, Field(min_length=1)]
Setting = bool | int | float | str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class InterventionEntry(_Strict):
    """`[[intervention]]` of a scenario file."""

    time: float
    until: float | None = None
    label: str = ""
    settings: dict[str, Setting] = Field(alias="set", min_length=1)


class Scenario(_Strict):
    """A scenario file.

    Keys: `name` (the file's name without `.toml`), `model`, `label`, `source` (who describes it),
    `reported` (what they report, or `""` for a scenario of our own), `expected` (what the
    hypothesis expects, where the scenario states one), `[settings]` and `[[intervention]]` with
    `time`, `until`, `label` and `set`.
    """

    name: Text
    model: Text
    label: Text
    source: Text
    reported: str = ""
    expected: str = ""
    settings: dict[str, Setting] = Field(default_factory=dict)
    intervention: tuple[InterventionEntry, ...] = ()

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """The interventions as the engine takes them."""
        return tuple(
            Intervention(one.time, one.settings, one.until, one.label) for one in self.intervention
        )


def list_scenarios(model: str | None = None) -> list[str]:
    """Names of the scenarios that ship with the package, of one model or of all.

    Example
    -------
    >>> "wright-2005" in list_scenarios("social-architecture")
    True
    """
    files = package_file(_PACKAGE, _FOLDER).iterdir()
    names = sorted(file.name.removesuffix(".toml") for file in files if _is_scenario(file))
    return [name for name in names if model is None or _shipped(name).model == model]


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A scenario by its name, or from a file (told apart by `.toml` or a path separator).

    Raises
    ------
    UsageError
        There is no such scenario or file, or the file does not fit the schema.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return load_toml(Path(name_or_path), Scenario, error=UsageError)
    known = list_scenarios()
    if text not in known:
        close = difflib.get_close_matches(text, known, n=1)
        guess = f" Did you mean '{close[0]}'?" if close else ""
        raise UsageError(
            f"There is no scenario '{text[:60]}'.{guess}",
            remedy=f"Scenarios: {', '.join(known)}; or give the path of a .toml file.",
        )
    return _shipped(text)


def scenario_of(model: str, scenario: str | Path | Scenario) -> Scenario:
    """A scenario, by name, from a file or as it is, that belongs to a model.

    Raises
    ------
    UsageError
        It belongs to another model; or as `load_scenario`.
    """
    story = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    if story.model != model:
        raise UsageError(
            f"The scenario '{story.name}' belongs to '{story.model}', not to '{model}'.",
            remedy=f"Run it with the model '{story.model}'.",
        )
    return story


def _shipped(name: str) -> Scenario:
    file = package_file(_PACKAGE, _FOLDER, f"{name}.toml")
    return load_toml(file, Scenario, error=UsageError)


def _is_scenario(file: Any) -> bool:
    return re.fullmatch(r"[a-z0-9-]+\.toml", file.name) is not None
