"""An Enum column whose memory was written reads like one that Polars made itself."""

import numpy as np
import polars as pl
import pytest

from worldclass.schemes import enums

WORDS = [f"word {number}" for number in range(300)]


def places(count: int, beyond: int, rows: int, kind: type[np.unsignedinteger]) -> np.ndarray:
    return np.random.default_rng(count).integers(0, count + beyond, rows).astype(kind)


@pytest.mark.parametrize("beyond", [0, 3])
@pytest.mark.parametrize(
    ("count", "kind"),
    [
        (1, np.uint8),
        (9, np.uint8),
        (9, np.uint16),
        (250, np.uint8),
        (255, np.uint16),
        (256, np.uint16),
        (300, np.uint16),
    ],
)
def test_columns_are_those_that_polars_makes(
    count: int, kind: type[np.unsignedinteger], beyond: int
) -> None:
    given, words = places(count, beyond, enums.LONG, kind), WORDS[:count]
    column = enums.enum_column(given, pl.Enum(words))
    expected = [words[place] if place < count else None for place in given.tolist()]
    assert column.to_list() == expected
    assert column.dtype == pl.Enum(words)
    assert column.null_count() == expected.count(None)
    slow = enums._asked(given, pl.Enum(words))
    assert column.equals(slow)
    assert column.sort().equals(slow.sort())
    assert column.value_counts(sort=True)["count"].equals(slow.value_counts(sort=True)["count"])
    assert pl.Series(column.to_arrow()).cast(pl.String).equals(slow.cast(pl.String))


def test_a_column_keeps_its_values_when_the_places_change() -> None:
    given = places(9, 0, enums.LONG, np.uint8)
    first = enums.enum_column(given, pl.Enum(WORDS[:9]))
    kept = first.to_list()
    given[:] = 0
    second = enums.enum_column(given, pl.Enum(WORDS[:9]))
    assert first.to_list() == kept
    assert second.unique().to_list() == WORDS[:1]


def test_without_any_category_all_is_null() -> None:
    given = np.zeros(enums.LONG, np.uint8)
    assert enums.enum_column(given, pl.Enum([])).null_count() == enums.LONG


def test_this_version_of_polars_lets_columns_be_written() -> None:
    if tuple(map(int, pl.__version__.split(".")[:2])) >= (1, 32):
        assert enums._can_write()


def test_where_memory_cannot_be_written_polars_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    given, kind = places(9, 3, enums.LONG, np.uint8), pl.Enum(WORDS[:9])
    fast = enums.enum_column(given, kind)
    monkeypatch.setattr(enums, "_memory", lambda column: np.zeros(len(column), np.uint8))
    enums._can_write.cache_clear()
    try:
        assert not enums._can_write()
        assert enums.enum_column(given, kind).equals(fast)
    finally:
        monkeypatch.undo()
        enums._can_write.cache_clear()
