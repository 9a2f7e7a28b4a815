"""A survey's variables in a frame: found by name, read as codes.

The expressions here and in `branches` look at one row at a time, so that they give the same
rows lazily, in a stream and in any chunks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

_MARK: Final = "\x00"
"""Begins the names of helpers; no column of a survey begins with it."""


@dataclass(frozen=True, eq=False)
class Variables:
    """The columns of a frame, by name without regard to upper and lower case.

    Parameters
    ----------
    types
        Name and type of each column, in the frame's order.
    helpers
        Columns that expressions built here refer to, and how they are made: to be added to the
        frame first, so that what several expressions need is computed once.
    """

    types: Mapping[str, pl.DataType]
    helpers: dict[str, pl.Expr] = field(default_factory=dict[str, "pl.Expr"])

    def find(self, names: Iterable[str]) -> list[str]:
        """The frame's own names of those of some variables that it has, in their order.

        Raises
        ------
        UsageError
            Two columns differ from a name only in upper and lower case.
        """
        found: list[str] = []
        for name in names:
            alike = [own for own in self.types if own.lower() == name.lower()]
            if len(alike) > 1 and name not in alike:
                raise UsageError(
                    f"Columns {', '.join(map(repr, alike))} differ only in upper and lower case.",
                    where=f"variable {name}",
                    remedy=f"Keep one of them, or name the one that is meant '{name}'.",
                )
            own = name if name in alike else alike[0] if alike else None
            if own is not None and own not in found:
                found.append(own)
        return found

    def lacking(self, names: Iterable[str]) -> list[str]:
        """Those of some variables that the frame has not."""
        return [name for name in names if not self.find([name])]

    def cell(self, names: Iterable[str]) -> Cell:
        """The first of some columns that is not empty in a row."""
        import polars as pl

        cells = [self._cell(name) for name in names]
        if len(cells) == 1:
            return cells[0]
        # later cells count where the earlier ones are empty
        text, number, given = cells[-1].text, cells[-1].number, cells[-1].given
        for cell in reversed(cells[:-1]):
            text = pl.when(cell.given).then(cell.text).otherwise(text)
            number = pl.when(cell.given).then(cell.number).otherwise(number)
            given = cell.given | given
        return Cell(text, number, given, worded=any(cell.worded for cell in cells))

    def _cell(self, name: str) -> Cell:
        """One column's cells."""
        import polars as pl

        dtype, column = self.types[name], pl.col(name)
        if isinstance(dtype, pl.Boolean):
            dtype, column = pl.Int8(), column.cast(pl.Int8)
        if dtype.is_integer():
            number = column.cast(pl.Int64, strict=False)
            return Cell(column.cast(pl.String), number, column.is_not_null(), worded=False)
        if dtype.is_float() or dtype.is_decimal():
            real = column.cast(pl.Float64).fill_nan(None)
            cut = real.cast(pl.Int64, strict=False)
            number = pl.when(cut.cast(pl.Float64) == real).then(cut)
            text = pl.coalesce(number.cast(pl.String), real.cast(pl.String))
            return Cell(text, number, real.is_not_null(), worded=False)
        if isinstance(dtype, pl.String | pl.Categorical | pl.Enum):
            text = column.cast(pl.String).str.strip_chars().str.strip_suffix(".0")
            text = self.helper(f"text:{name}", text)
            number = self.helper(f"number:{name}", whole(text))
            return Cell(text, number, (text != "").fill_null(False), worded=True)
        if isinstance(dtype, pl.Null):
            text = pl.lit(None, dtype=pl.String)
            return Cell(text, pl.lit(None, dtype=pl.Int64), pl.lit(False), worded=True)
        raise UsageError(
            f"The column holds values of type {dtype}, which are no codes of a survey.",
            where=f"column {name}",
            remedy="Give numbers or text.",
        )

    def helper(self, name: str, made: pl.Expr) -> pl.Expr:
        """A column to be added first, so that it is made once however often it is used."""
        import polars as pl

        self.helpers.setdefault(_MARK + name, made)
        return pl.col(_MARK + name)

    def stages(self) -> list[list[pl.Expr]]:
        """The helpers in the order in which they can be made, those independent together."""
        stage: dict[str, int] = {}
        for name, made in self.helpers.items():
            stage[name] = 1 + max(
                (stage.get(root, 0) for root in made.meta.root_names()), default=0
            )
        return [
            [self.helpers[name].alias(name) for name in stage if stage[name] == number]
            for number in range(1, max(stage.values(), default=0) + 1)
        ]


@dataclass(frozen=True, eq=False)
class Cell:
    """The cells of a variable, as codes.

    Parameters
    ----------
    text
        The codes as text; spaces around them and an empty decimal part (".0") are gone.
    number
        The codes as whole numbers, null where they are none.
    given
        Whether the cell is not empty.
    worded
        Whether codes may be something else than numbers.
    """

    text: pl.Expr
    number: pl.Expr
    given: pl.Expr
    worded: bool

    def recode(self, codes: Mapping[str, bool | int | str], kind: type[pl.DataType]) -> pl.Expr:
        """The values that codes stand for; null for other codes."""
        numbers = {int(code): new for code, new in codes.items() if _is_number(code)}
        words = {code: new for code, new in codes.items() if not _is_number(code)}
        found = _replace(self.number, numbers, kind)
        if words and self.worded:
            return found.fill_null(_replace(self.text, words, kind))
        return found

    def is_one_of(self, codes: Iterable[str]) -> pl.Expr:
        """Whether the code is one of some codes; null where the cell is empty."""
        codes = list(codes)
        numbers = [int(code) for code in codes if _is_number(code)]
        words = [code for code in codes if not _is_number(code)]
        found = self.number.is_in(numbers).fill_null(False) & self.given
        return found | (self.text.is_in(words) & self.given) if words else found

    def code(self, digits: int) -> pl.Expr:
        """Four digits, made from codes of groups of `digits` digits; null for anything else."""
        import polars as pl

        fits = self.number.is_between(0, 10**digits - 1)
        if self.worded:
            fits = fits & (self.text.str.len_bytes() <= digits)
        text = self.number.cast(pl.String).str.zfill(digits).str.pad_end(4, "0")
        return pl.when(fits).then(text)


def whole(text: pl.Expr) -> pl.Expr:
    """Text as whole numbers, null where it is none."""
    import polars as pl

    return text.cast(pl.Int64, strict=False)


def _is_number(code: str) -> bool:
    """Whether a code of an adapter's file is a whole number."""
    return code.removeprefix("-").isdecimal()


def _replace(
    given: pl.Expr,
    codes: Mapping[int, bool | int | str] | Mapping[str, bool | int | str],
    kind: type[pl.DataType],
) -> pl.Expr:
    """Values for codes of one type."""
    import polars as pl

    if not codes:
        return pl.lit(None, dtype=kind)
    old = pl.Series(list(codes))
    new = pl.Series(list(codes.values()), dtype=pl.Int64 if kind == pl.Boolean else None)
    return given.replace_strict(old, new.cast(kind), default=None, return_dtype=kind)
