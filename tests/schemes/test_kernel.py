"""The fast lookup reads memory as it lies there, and says the same as reading value by value."""

import numpy as np
import polars as pl
import pytest

from worldclass.occupations.reading import read_codes
from worldclass.schemes import kernel
from worldclass.schemes.axes import StatusAxis
from worldclass.schemes.buffers import memory_of
from worldclass.schemes.codes import code_filler
from worldclass.schemes.compile import compile_scheme
from worldclass.schemes.library import load_scheme

NUMBERS = [0, 1, 9, 10, 110, 9999, 10_000, -1, 66_666, None, 2**40, -(2**62), 2**61]
TEXTS = ["0110", "110", "2310", " 2310", "2310.0", "+110", "23x0", "２３１０", "", None, "12345"]
TEXTS += ["a text longer than twelve bytes", "0000", "9999", "1e3", "-110"]


def filled(series: pl.Series, digits: int = 4) -> list[int]:
    out = np.empty(len(series), np.int32)
    code_filler(series, digits)(0, len(series), 1, out)
    return out.tolist()


@pytest.mark.parametrize("digits", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "series",
    [
        pl.Series(NUMBERS, dtype=pl.Int64),
        pl.Series([1, None, 9999, -1], dtype=pl.Int16),
        pl.Series([200, None, 7], dtype=pl.UInt8),
        pl.Series([2**63, 2310], dtype=pl.UInt64),
        pl.Series(TEXTS),
        pl.Series(TEXTS, dtype=pl.Categorical),
        pl.Series([2310.0, 2310.5, None, float("nan")]),
        pl.Series([None, None]),
        pl.Series([], dtype=pl.String),
    ],
    ids=lambda series: str(series.dtype) if isinstance(series, pl.Series) else str(series),
)
def test_codes_are_those_that_the_careful_reader_finds(series: pl.Series, digits: int) -> None:
    assert filled(series, digits) == read_codes(series, digits=digits).codes.tolist()


EMPLOYEES = StatusAxis("employees", "integer", (), (0.0, 1.0, 10.0), None, 4, 1)
SUPERVISOR = StatusAxis("supervisor", "boolean", (), (0.0, 1.0), 1.0, 3, 1)
DAILY = StatusAxis("control_daily", "integer", (), (1.0, 3.0), 4.0, 3, 1)
WORK = StatusAxis(
    "work_status", "words", ("employee", "self-employed", "not-employed"), (), None, 4, 1
)


@pytest.mark.parametrize(
    ("axis", "series", "states"),
    [
        (EMPLOYEES, pl.Series([0, 1, 9, 10, 70_000, -1, None]), [0, 1, 1, 2, 2, 3, 3]),
        (EMPLOYEES, pl.Series([0, 9, 10, None], dtype=pl.UInt8), [0, 1, 2, 3]),
        (EMPLOYEES, pl.Series([-1, -128, 0, 127], dtype=pl.Int8), [3, 3, 0, 2]),
        (EMPLOYEES, pl.Series([-1, 0, 32_767], dtype=pl.Int16), [3, 0, 2]),
        (EMPLOYEES, pl.Series([0.0, 9.5, float("nan"), float("inf")]), [0, 1, 3, 3]),
        (EMPLOYEES, pl.Series(["0", " 12 ", "many", None]), [0, 2, 3, 3]),
        (EMPLOYEES, pl.Series([True, False]), [1, 0]),
        (SUPERVISOR, pl.Series([0, 1, 2, -1, None]), [0, 1, 2, 2, 2]),
        (SUPERVISOR, pl.Series([True, None, False]), [1, 2, 0]),
        (SUPERVISOR, pl.Series([1.0, 0.5, None]), [1, 2, 2]),
        (SUPERVISOR, pl.Series(["1", "0", "yes"]), [1, 0, 2]),
        (SUPERVISOR, pl.Series(["true", " FALSE", "True", ""]), [1, 0, 1, 2]),
        (DAILY, pl.Series([0, 1, 2, 3, 4, 5, None]), [2, 0, 0, 1, 1, 2, 2]),
        (WORK, pl.Series(["employee", "not-employed", "2", "retired", None]), [0, 2, 2, 3, 3]),
        (WORK, pl.Series([0, 1, 2, 3, None]), [0, 1, 2, 3, 3]),
    ],
)
def test_states_are_the_intervals_words_and_truths_of_a_column(
    axis: StatusAxis, series: pl.Series, states: list[int]
) -> None:
    assert kernel.states_of_column(series, axis).tolist() == states


@pytest.mark.parametrize("start", [0, 1, 7, 8, 13])
def test_memory_of_a_slice_begins_where_the_slice_begins(start: int) -> None:
    values = [None if n % 5 == 3 else n % 3 == 0 for n in range(40)]
    memory = memory_of(pl.Series(values)[start:])
    assert memory is not None
    missing = memory.missing(2, 20)
    assert missing is not None
    expected = values[start + 2 : start + 20]
    assert missing.tolist() == [value is None for value in expected]
    bits = memory.bits(2, 20).tolist()
    assert [b for b, v in zip(bits, expected, strict=True) if v is not None] == [
        int(v) for v in expected if v is not None
    ]


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("block", [1, 17, 1_000])
def test_blocks_and_threads_do_not_matter(
    threads: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel, "BLOCK", block)
    monkeypatch.setattr(kernel, "_SHARE", 10)
    table = compile_scheme(load_scheme("oesch16"), "isco08")
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 10_002, 400)
    columns = {"self_employed": rng.integers(0, 3, 400), "employees": rng.integers(-1, 15, 400)}
    status = [pl.Series(columns[axis.name]) for axis in table.axes]
    found = kernel.outcomes(table, pl.Series(codes), status, threads=threads)
    flat = sum(
        kernel.states_of_column(series, axis).astype(int) * axis.stride
        for series, axis in zip(status, table.axes, strict=True)
    )
    assert found.tolist() == table.cells[np.minimum(codes, 10_000), flat].tolist()
