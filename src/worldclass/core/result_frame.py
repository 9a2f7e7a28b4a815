"""Results as Polars frames that stay of their kind when rows are chosen."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import polars as pl


class ResultFrame(pl.DataFrame):
    """A result as a Polars frame: the rows chosen of it know what it knows, and draw themselves.

    Polars itself gives a plain frame for `filter` and `sort`, whose `plot` is another one, and for
    `head` or `slice` one of this kind that has lost what it knew.
    """

    known: ClassVar[tuple[str, ...]] = ()
    """Names of the attributes that belong to a result beside its table."""

    def filter(self, *predicates: Any, **constraints: Any) -> Self:  # type: ignore[override]
        """As in Polars."""
        return self._part(super().filter(*predicates, **constraints))

    def sort(self, by: Any, *more: Any, **options: Any) -> Self:  # type: ignore[override]
        """As in Polars."""
        return self._part(super().sort(by, *more, **options))

    def slice(self, offset: int, length: int | None = None) -> Self:  # type: ignore[override]
        """As in Polars."""
        return self._part(super().slice(offset, length))

    def head(self, n: int = 5) -> Self:  # type: ignore[override]
        """As in Polars."""
        return self._part(super().head(n))

    def tail(self, n: int = 5) -> Self:  # type: ignore[override]
        """As in Polars."""
        return self._part(super().tail(n))

    def _part(self, rows: pl.DataFrame) -> Self:
        """Some rows of this result."""
        part = type(self)(rows)
        for name in self.known:
            setattr(part, name, getattr(self, name))
        return part
