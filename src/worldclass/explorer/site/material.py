"""What the pages are made of: the snapshot, its theories, and their results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from worldclass import __version__
from worldclass.atlas.pictures import is_ladder
from worldclass.atlas.query import atlas
from worldclass.charts.setting import Setting
from worldclass.core.countries import aggregates
from worldclass.explorer.focus import first_shown
from worldclass.explorer.theory_text import TheoryText, theory_text
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.theories.library import list_theories, load_theory

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from worldclass.theories.schema import Theory

FIRST_THEORY = "bromma"


@dataclass(frozen=True)
class Link:
    """An entry of the navigation."""

    id: str
    label: str
    address: str


@dataclass(frozen=True)
class Material:
    """The ground of all pages.

    Parameters
    ----------
    snapshot
        The estimates and their stored intervals.
    theories
        Ids, in the order in which readers choose among them.
    navigation
        All pages of the site.
    live
        Whether a server answers under `api/`.
    """

    snapshot: Snapshot
    theories: tuple[str, ...]
    navigation: tuple[Link, ...] = ()
    live: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Codes of aggregates, then of countries in the order of their names."""
        setting = Setting("", ())
        covered = sorted(self.snapshot.estimates.grid.countries, key=setting.place)
        return (*aggregates(), *covered)

    @property
    def years(self) -> tuple[int, ...]:
        """Years of the snapshot."""
        return tuple(self.snapshot.estimates.grid.years)

    @property
    def draws(self) -> int:
        """Monte Carlo draws behind the intervals."""
        return int(self.snapshot.provenance["draws"]["number"])

    def frame(self, theory: str) -> pl.DataFrame:
        """The atlas of a theory: every place, year, class and sex."""
        return _frame(self.snapshot, theory)

    def words(self, theory: str) -> TheoryText:
        """A theory for readers."""
        return theory_text(load_theory(theory))

    def setting(self, theory: str) -> Setting:
        """Names and colours of a theory's classes."""
        loaded = load_theory(theory)
        ladder = is_ladder(loaded)
        styles = theory_text(loaded).styles(ordered=ladder)
        return Setting(loaded.label, styles, self.source, self.draws, ladder)

    @property
    def source(self) -> str:
        """Whose numbers these are, for footnotes."""
        return f"worldclass {__version__}, from public statistics (page “Data & methods”)"

    def focus(self, theory: str) -> str:
        """The class that a page shows first."""
        return focus_of(load_theory(theory))


def open_material(snapshot: str | Path | Snapshot | None = None, *, live: bool = False) -> Material:
    """The material of a snapshot, by default the embedded one.

    Raises
    ------
    SourceError
        The folder holds no snapshot.
    """
    others = [name for name in list_theories() if name != FIRST_THEORY]
    return Material(open_snapshot(snapshot), (FIRST_THEORY, *others), live=live)


def focus_of(theory: Theory) -> str:
    """A worker elite or a middle class, else the first class.

    Examples
    --------
    >>> focus_of(load_theory("bromma"))
    'worker-elite'
    """
    return first_shown([rule.id for rule in theory.classes if not rule.residual])


@lru_cache(maxsize=16)
def _frame(snapshot: Snapshot, theory: str) -> pl.DataFrame:
    """An atlas, computed once a process."""
    return atlas(theory, snapshot=snapshot)
