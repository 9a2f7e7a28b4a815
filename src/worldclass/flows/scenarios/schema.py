"""A scenario as a data file: who trades differently with whom, in what, and by how much."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Names = Annotated[tuple[str, ...], Field(min_length=1)]
Goods = Literal["intermediate", "final", "both"]
Replacement = Literal["home", "others"]
Extraction = Literal["complete", "backward", "forward", "trade"]

EVERYONE = "*"
"""In place of names: all countries, or all industries."""


class Shift(BaseModel):
    """Part of some imports is bought elsewhere.

    Parameters
    ----------
    importers, exporters
        Countries or names of groups; "*" for all. A country never shifts purchases from itself.
    industries
        Products concerned; "*" for all.
    share
        Part of these imports that moves, 0 to 1.
    goods
        For further processing, for final use, or both.
    replacement
        "home": the importer's own industry supplies it; "others": those who supply the buyer
        already and are not among the exporters, home included, in proportion to what they supply.
    price
        What the replacement costs for each unit of money it replaces. With 1, the default, the
        same money is spent; where rich countries replace cheap imports in the same quantity, more.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    importers: Names
    exporters: Names
    industries: Names
    share: float = Field(ge=0, le=1)
    goods: Goods = "both"
    replacement: Replacement = "home"
    price: float = Field(default=1.0, gt=0)


class Extract(BaseModel):
    """Countries or industries are taken out of the economy.

    Parameters
    ----------
    countries, industries
        Sectors taken out are those of these countries and these industries; "*" for all.
    kind
        "complete": they make nothing and buy nothing (consumers of the country still buy abroad);
        "backward": they buy no inputs from the others; "forward": they sell no inputs to the
        others; "trade": they and the others neither buy nor sell inputs or final goods to each
        other.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    countries: Names
    industries: Names = (EVERYONE,)
    kind: Extraction = "complete"


class Scenario(BaseModel):
    """A scenario: shifts of supply, or one extraction.

    Parameters
    ----------
    id, label
        Name of the file, and words for people.
    source
        Where groups and shares are from; that they are assumed, where they are.
    assumptions
        What is held fixed, in words.
    groups
        Countries by name of group.
    shift
        In order; each works on what the one before it left.
    extract
        What is taken out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    label: str
    source: str = Field(min_length=10)
    assumptions: str = Field(min_length=10)
    groups: dict[str, Names] = {}
    shift: tuple[Shift, ...] = ()
    extract: Extract | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Scenario:
        if bool(self.shift) == (self.extract is not None):
            raise ValueError("a scenario has either shifts or one extraction")
        return self
