"""Which table is it: recognise provider and year of a file or folder, and read it.

Providers are told apart by the names they give their files, and a file under another name by its
header. Any other table is read by a manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.input_output import (
    eora26,
    exiobase,
    gloria,
    icio,
    manifest,
    niot,
    wiod2013,
    wiod2013_files,
    wiod2016,
)
from worldclass.sources.input_output.header import Kind, kind_of
from worldclass.sources.input_output.raw import RawTable

Years = Mapping[int, Path]
Reader = Callable[[Path, int], RawTable]


@dataclass(frozen=True)
class Provider:
    """How one provider's tables are found and read.

    Attributes
    ----------
    name
        In words.
    years_in
        The file, archive or folder of each year in a folder.
    read
        Reads one of them.
    covers
        Years that the provider publishes; empty where that depends on the edition.
    kind
        What `kind_of` calls it.
    """

    name: str
    years_in: Callable[[Path], Years]
    read: Reader
    covers: range = range(0)
    kind: Kind | None = None


@dataclass(frozen=True)
class Found:
    """Tables of one provider in one folder.

    Attributes
    ----------
    provider
        Whose tables.
    folder
        Where they were looked for.
    paths
        File, archive or folder of each year.
    """

    provider: Provider
    folder: Path
    paths: Years

    @property
    def years(self) -> tuple[int, ...]:
        """Years that are there, in order."""
        return tuple(sorted(self.paths))

    @property
    def absent(self) -> tuple[int, ...]:
        """Years that the provider publishes, or that lie between those there, and are not there."""
        whole = self.provider.covers or range(min(self.years), max(self.years) + 1)
        return tuple(year for year in whole if year not in self.paths)

    def __str__(self) -> str:
        words = f"{self.provider.name}: {spans(self.years)}"
        missing = f"; not there: {spans(self.absent)}" if self.absent else ""
        return f"{words}{missing}"


def _mirror_years(folder: Path) -> Years:
    """Archives in a mirror's folder `wiod2013`, given the mirror or that folder."""
    root = folder.parent if folder.name == wiod2013.FOLDER else folder
    place = root / wiod2013.FOLDER
    return {year: place / f"wiot_{year}.npz" for year in wiod2013.wiod2013_years(root)}


def _read_mirror(file: Path, year: int) -> RawTable:
    return wiod2013.read_wiod2013(file.parent.parent, year)


def _niot_years(folder: Path) -> Years:
    """Years of the national table, given the mirror's folder `niot` itself."""
    if folder.name != niot.FOLDER:
        return {}
    return dict.fromkeys(niot.niot_years(folder.parent), folder)


def _read_niot(folder: Path, year: int) -> RawTable:
    return niot.read_niot(folder.parent, year)


def _manifest_years(folder: Path) -> Years:
    """Manifests by their year."""
    found: dict[int, Path] = {}
    for file in sorted(folder.glob("*.toml")):
        if not _is_manifest(file):
            continue
        year = manifest.load_manifest(file).year
        if year in found:
            raise SourceError(
                f"Two manifests are of {year}: {found[year].name} and {file.name}.",
                where=str(folder),
                remedy="Give the path of the one that is meant.",
            )
        found[year] = file
    return found


def _is_manifest(file: Path) -> bool:
    """Whether a TOML file has the tables of a manifest; others are not ours to judge."""
    with file.open("rb") as stream:
        text = stream.read(1_000_000)
    return b"[transactions]" in text and b"[final_demand]" in text


def _read_manifest(file: Path, year: int) -> RawTable:
    table = manifest.read_manifest(file)
    if table.year != year:
        raise SourceError(
            f"The manifest is of {table.year}, but {year} was asked for.",
            where=str(file),
            remedy="Ask for its year, or correct it.",
        )
    return table


PROVIDERS = (
    Provider("WIOD 2013 release (mirror)", _mirror_years, _read_mirror, wiod2013_files.YEARS),
    Provider("WIOD 2016 release, United States (mirror)", _niot_years, _read_niot, wiod2016.YEARS),
    Provider(
        "WIOD 2013 release",
        wiod2013_files.wiod2013_file_years,
        wiod2013_files.read_wiod2013_file,
        wiod2013_files.YEARS,
        "wiod2013",
    ),
    Provider(
        "WIOD 2016 release",
        wiod2016.wiod2016_years,
        wiod2016.read_wiod2016,
        wiod2016.YEARS,
        "wiod2016",
    ),
    Provider("OECD ICIO", icio.icio_years, icio.read_icio, kind="icio"),
    Provider("EXIOBASE 3", exiobase.exiobase_years, exiobase.read_exiobase, kind="exiobase"),
    Provider("Eora26", eora26.eora26_years, eora26.read_eora26),
    Provider("GLORIA", gloria.gloria_years, gloria.read_gloria),
    Provider("Manifest", _manifest_years, _read_manifest),
)


def list_tables(folder: str | Path) -> tuple[Found, ...]:
    """Every provider's tables in a folder, with the years that are there and that are absent.

    Raises
    ------
    SourceError
        There is no such folder.
    """
    place = Path(folder)
    if not place.is_dir():
        raise SourceError("There is no such folder.", where=str(place), remedy="Check the path.")
    found = ((provider, _years_in(provider, place)) for provider in PROVIDERS)
    return tuple(Found(provider, place, years) for provider, years in found if years)


def find_table(path: str | Path, year: int | None = None) -> RawTable:
    """Read a table, given its file, or a folder and a year.

    Parameters
    ----------
    path
        A file, archive or folder as its provider names it, a manifest, a folder that holds such
        files, or a mirror.
    year
        May be left out where the path is of one year only.

    Raises
    ------
    SourceError
        Nothing there is known, several providers are, the year is absent, or the table cannot be
        read.
    UsageError
        Several years are there and none was asked for.
    """
    place = Path(path)
    if not place.exists():
        raise SourceError(
            "There is no such file or folder.", where=str(place), remedy="Check the path."
        )
    found = _at(place)
    if found is None:
        return _by_header(place, year)
    chosen = _year(found, year)
    return found.provider.read(found.paths[chosen], chosen)


def spans(years: Iterable[int]) -> str:
    """Years in words, runs of three and more as spans.

    Example
    -------
    >>> spans([1995, 1996, 1997, 2004, 2005, 2008])
    '1995 to 1997, 2004, 2005, 2008'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(words)


def _at(place: Path) -> Found | None:
    """What a path is by names: one table, or the tables in a folder; None if no name is known."""
    beside = [
        Found(provider, place.parent, {year: path})
        for provider in PROVIDERS
        for year, path in _beside(provider, place).items()
        if path == place
    ]
    inside = list(list_tables(place)) if place.is_dir() else []
    found = beside or inside
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(map(str, found))
        raise SourceError(
            f"The folder has tables of {len(found)} kinds: {names}.",
            where=str(place),
            remedy="Give the path of the one that is meant.",
        )
    return None


def _by_header(place: Path, year: int | None) -> RawTable:
    """Read a table whose file has a name of its own."""
    kind = kind_of(place)
    for provider in PROVIDERS:
        if kind is not None and provider.kind == kind:
            if year is None:
                raise UsageError(
                    f"{place.name} is a table of {provider.name}, but its name has no year.",
                    remedy="Say which year it is.",
                )
            return provider.read(place, year)
    known = ", ".join(one.name for one in PROVIDERS if "mirror" not in one.name)
    raise SourceError(
        "This is no input-output table that is known by its name or its header.",
        where=str(place),
        remedy=f"Known are {known}, with the files named as their providers name them; describe "
        "any other table by a manifest.",
    )


def _beside(provider: Provider, place: Path) -> Years:
    """The provider's tables in the folder of a path; a manifest alone is judged by itself."""
    if provider.name == "Manifest":
        is_one = place.suffix.lower() == ".toml" and place.is_file()
        return {manifest.load_manifest(place).year: place} if is_one else {}
    return _years_in(provider, place.parent)


def _years_in(provider: Provider, folder: Path) -> Years:
    try:
        return provider.years_in(folder)
    except OSError as error:
        raise SourceError(
            f"The folder cannot be listed: {error}.",
            where=str(folder),
            remedy="Choose a folder that you may read.",
        ) from error


def _year(found: Found, year: int | None) -> int:
    if year is None:
        if len(found.paths) == 1:
            return found.years[0]
        raise UsageError(
            f"The folder {found.folder} has several years; {found}.",
            remedy="Ask for one of them.",
        )
    if year in found.paths:
        return year
    if found.provider.name == "Manifest":
        there = "; ".join(f"{path.name} is of {one}" for one, path in sorted(found.paths.items()))
        raise SourceError(
            f"No manifest is of {year}: {there}.",
            where=str(found.folder if len(found.paths) > 1 else found.paths[found.years[0]]),
            remedy="Ask for a year that is there, or describe its table by a manifest of its own.",
        )
    between = [one for one in found.absent if one != year]
    also = f" Neither are {spans(between)}." if between and year in found.absent else ""
    raise SourceError(
        f"The year {year} is not in {found.folder}; {found.provider.name} has {spans(found.years)} "
        f"there.{also}",
        where=str(found.folder),
        remedy="Ask for a year that is there, or add its file.",
    )
