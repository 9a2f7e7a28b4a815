"""Published world totals: the data file `published.toml` and its schema."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from worldclass.core.datafile import load_toml, package_file


class Figure(BaseModel):
    """One published figure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: str
    key: str
    value: float
    year: int
    unit: Literal["%", "million"]
    source: str
    confidence: Literal["Q", "D", "M+", "M", "M?"]
    parameters: dict[str, float] = {}
    cause: str = "edition"

    @property
    def label(self) -> str:
        """What it is and when."""
        return f"{self.words}, {self.year}"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    figure: list[Figure]
    not_compared: dict[str, str]


@cache
def published() -> _File:
    """All published figures, in the order of the file."""
    return load_toml(package_file("validation", "published.toml"), _File)
