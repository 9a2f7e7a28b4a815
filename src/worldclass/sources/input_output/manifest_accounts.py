"""Satellite accounts that a manifest names: hours, persons, compensation, by sex and skill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labour_rows import Sex, Skill, row_name
from worldclass.sources.input_output.manifest_blocks import (
    refuse_other,
    refuse_twice,
    sector_labels,
)
from worldclass.sources.input_output.manifest_cells import (
    Cells,
    read_cells,
    require,
    texts,
    values,
)
from worldclass.sources.input_output.manifest_schema import Account, Column, Manifest
from worldclass.sources.input_output.raw import Label, RawAccount

if TYPE_CHECKING:
    import polars as pl

Code = TypeVar("Code")

_SEXES: Mapping[str, Sex] = {"female": "female", "male": "male", "total": "total"}
_SKILLS: Mapping[str, Skill] = {"low": "low", "medium": "medium", "high": "high", "total": "total"}


def read_account(
    manifest: Manifest, account: Account, file: Path, sectors: tuple[Label, ...]
) -> RawAccount:
    """One account, its columns in the order of the sectors.

    Raises
    ------
    SourceError
        A column is missing, a sector is missing or repeated, a code of sex or skill is not known,
        or a cell is not a number.
    """
    cells = read_cells(file, manifest.csv)
    own = () if manifest.country else (account.country,)
    require(cells, (*own, account.industry))
    labels = sector_labels(manifest, cells, account.country, account.industry)
    if account.columns:
        return _wide(manifest, account, cells, labels, sectors)
    return _long(manifest, account, cells, labels, sectors)


def _wide(
    manifest: Manifest,
    account: Account,
    cells: Cells,
    labels: tuple[Label, ...],
    sectors: tuple[Label, ...],
) -> RawAccount:
    import numpy as np

    require(cells, [column.name for column in account.columns])
    refuse_twice(labels, cells, "The sector")
    refuse_other(labels, sectors, cells.file)
    places = {label: place for place, label in enumerate(labels)}
    order = [places[label] for label in sectors]
    zero = account.absent == "zero"
    numbers = [
        values(cells, column.name, manifest.csv, zero=zero).to_numpy()[order]
        for column in account.columns
    ]
    rows = tuple(_name(account, column) for column in account.columns)
    return RawAccount(account.name, account.unit, rows, sectors, np.array(numbers))


def _name(account: Account, column: Column) -> str:
    """The name of a row: what it counts, and whom."""
    return row_name(column.row or account.name, column.sex, column.skill)


def _long(
    manifest: Manifest,
    account: Account,
    cells: Cells,
    labels: tuple[Label, ...],
    sectors: tuple[Label, ...],
) -> RawAccount:
    import numpy as np

    extra = [name for name in (account.row, account.sex, account.skill) if name]
    require(cells, (*extra, account.value))
    rows = _rows(account, cells)
    numbers = values(cells, account.value, manifest.csv, zero=account.absent == "zero").to_numpy()
    names = tuple(dict.fromkeys(rows))
    known = tuple(dict.fromkeys(labels))
    refuse_other(known, sectors, cells.file, missing=account.absent == "error")
    sector = {label: place for place, label in enumerate(sectors)}
    whole = np.full((len(names), len(sectors)), np.nan)
    for name in names:
        lines = [place for place, row in enumerate(rows) if row == name]
        refuse_twice([labels[i] for i in lines], cells, f"{name}: the sector", at=lines)
        whole[names.index(name), [sector[labels[i]] for i in lines]] = numbers[lines]
    lacking = np.argwhere(np.isnan(whole))
    if len(lacking) and account.absent == "error":
        row, place = (int(one) for one in lacking[0])
        raise SourceError(
            f"{len(lacking)} values of the account {account.name!r} have no line; the first is "
            f"{' '.join(sectors[place])}, {names[row]}.",
            where=str(cells.file),
            remedy='Add the lines, or write absent = "zero" for this account.',
        )
    return RawAccount(account.name, account.unit, names, sectors, np.nan_to_num(whole, nan=0.0))


def _rows(account: Account, cells: Cells) -> list[str]:
    """The name of each line's row."""
    count = cells.frame.height
    own = texts(cells, account.row).to_list() if account.row else [""] * count
    sexes: list[Sex] = ["total"] * count
    skills: list[Skill] = ["total"] * count
    if account.sex:
        sexes = _meant(texts(cells, account.sex), {**_SEXES, **account.sexes}, "sexes", cells)
    if account.skill:
        skills = _meant(texts(cells, account.skill), {**_SKILLS, **account.skills}, "skills", cells)
    parts = zip(own, sexes, skills, strict=True)
    return [row_name(row or account.name, sex, skill) for row, sex, skill in parts]


def _meant(series: pl.Series, codes: Mapping[str, Code], key: str, cells: Cells) -> list[Code]:
    """What the codes of a column mean."""
    if unknown := sorted(set(series.unique()) - set(codes)):
        raise SourceError(
            f"The column {series.name!r} holds {', '.join(map(repr, unknown[:5]))}; known are "
            f"{', '.join(sorted(codes))}.",
            where=str(cells.file),
            remedy=f"Say what they mean under {key} of the account.",
        )
    return [codes[code] for code in series]
