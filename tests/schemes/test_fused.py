"""The compiled loops give the outcomes that NumPy gives, for every code and every odd value."""

import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schemes.domain import ODD_CODES, domain, table_of
from worldclass.schemes import fused, kernel
from worldclass.schemes.classify import classify
from worldclass.schemes.compile import CodingTable

pytest.importorskip("numba", reason="the extra `fast` is not installed")

WHOLE = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)


def _limits(kind: type[pl.DataType]) -> tuple[int, int]:
    limits = np.iinfo(str(kind()).lower())
    return int(limits.min), int(limits.max)


def _whole(kind: type[pl.DataType]) -> st.SearchStrategy[pl.Series]:
    low, high = _limits(kind)
    cells = st.none() | st.integers(low, high) | st.integers(0, min(9_999, high))
    return st.lists(cells, max_size=40).map(lambda values: pl.Series(values, dtype=kind))


COLUMNS = st.one_of(
    st.sampled_from(WHOLE).flatmap(_whole),
    st.lists(
        st.none() | st.text(max_size=14) | st.from_regex(r"[0-9]{4}", fullmatch=True), max_size=40
    ).map(lambda values: pl.Series(values, dtype=pl.String)),
    st.lists(st.none() | st.floats(), max_size=40).map(
        lambda values: pl.Series(values, dtype=pl.Float64)
    ),
)


def both(table: CodingTable, codes: pl.Series, status: list[pl.Series], digits: int = 4) -> None:
    loops = fused.compiled()
    assert loops is not None
    fast = kernel.outcomes(table, codes, status, digits=digits, loops=loops)
    assert fast.tolist() == kernel.outcomes(table, codes, status, digits=digits).tolist()


@pytest.mark.parametrize("scheme", ["esec", "oesch16", "isei"])
def test_loops_agree_on_every_code_and_every_position(scheme: str) -> None:
    table = table_of(scheme, "isco08")
    persons = domain(table)
    status = [persons[axis.name] for axis in table.axes]
    both(table, persons["isco08"], status)
    for kind in (pl.Int16, pl.Int64, pl.Float64):
        both(table, persons["isco08"].cast(kind, strict=False), status)


@settings(max_examples=150, deadline=None)
@given(codes=COLUMNS, digits=st.integers(1, 4), skip=st.integers(0, 9))
def test_loops_agree_on_whatever_a_column_holds(codes: pl.Series, digits: int, skip: int) -> None:
    table = table_of("oesch16", "isco08")
    codes = codes[skip:]
    rows = range(len(codes))
    numbers = [*range(12), None, -1, 255, 256, 66_665, 66_666, -(2**63), 2**63 - 1]
    values = {
        "self_employed": [row % 3 for row in rows],
        "employees": [numbers[(row + skip) % len(numbers)] for row in rows],
    }
    status = [pl.Series(values[axis.name], dtype=pl.Int64) for axis in table.axes]
    both(table, codes, status, digits)


@pytest.mark.parametrize("kind", WHOLE)
def test_loops_agree_on_counts_of_every_width(kind: type[pl.DataType]) -> None:
    low, high = _limits(kind)
    numbers = {low, -1, 0, 1, 9, 10, 11, 127, 255, 256, 66_665, 66_666, high}
    counts = pl.Series([None, *(n for n in sorted(numbers) if low <= n <= high)], dtype=kind)
    table = table_of("oesch16", "isco08")
    status = {"self_employed": pl.Series([1] * len(counts)), "employees": counts}
    codes = pl.Series([2310] * len(counts))
    both(table, codes, [status[axis.name] for axis in table.axes])


def test_long_frames_come_out_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["2310", "0110", *ODD_CODES] * (fused.LONG // 20)
    people = pl.DataFrame({"isco08": pl.Series(texts, dtype=pl.String)})
    assert fused.compiled() is not None
    assert fused.loops_for(len(people)) is not None
    fast = classify(people, "isei")
    monkeypatch.setenv(fused.NUMPY_ONLY, "1")
    assert fused.loops_for(len(people)) is None
    assert classify(people, "isei").equals(fast)


def test_numba_is_not_imported_before_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    monkeypatch.setattr(fused, "_coded", 0)
    assert fused.loops_for(fused.LONG) is None
    assert fused.loops_for(10) is None
    assert fused.loops_for(fused.PAYS_AFTER) is not None
