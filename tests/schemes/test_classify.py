"""`worldclass.classify`: the same kind of frame comes back, every row and its order kept."""

import os
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.classify import classify
from worldclass.schemes.plan import SimplifiedMethodWarning
from worldclass.schemes.unreadable import UnreadableValueWarning

ROWS = 700_000
NOT_READ = pytest.mark.filterwarnings(
    "ignore::worldclass.schemes.unreadable.UnreadableValueWarning"
)


def persons(rows: int = 60) -> pl.DataFrame:
    """Persons in an order that nothing but their number tells, with faults of all kinds."""
    number = pl.int_range(rows, eager=True).alias("number")
    codes = pl.Series(["2310", "0110", "110", "9112", "bad", None, " 5120", "9999", "5221"])
    return pl.DataFrame(
        {
            "number": number,
            "isco08": codes.gather(number * 7 % len(codes)),
            "self_employed": pl.Series([0, 1, None, 0, 9, 0]).gather(number % 6),
            "supervisor": pl.Series([False, True, None, False]).gather(number // 3 % 4),
            "employees": pl.Series([0, 3, 12, None, -4]).gather(number // 2 % 5),
        }
    )


def words(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return frame.select("number", pl.col("class", "class_missing").cast(pl.String)).rows()


KINDS = {
    "polars": (lambda f: f, lambda f: f, pl.DataFrame),
    "lazy": (lambda f: f.lazy(), lambda f: f.collect(), pl.LazyFrame),
    "streaming": (
        lambda f: f.lazy(),
        lambda f: f.collect(engine="streaming"),
        pl.LazyFrame,
    ),
    "chunks": (lambda f: pl.concat([f[:7], f[7:20], f[20:]]), lambda f: f, pl.DataFrame),
    "uneven chunks": (
        lambda f: pl.concat([f[:7], f[7:]]).with_columns(f["supervisor"]),
        lambda f: f,
        pl.DataFrame,
    ),
    "pandas": (
        lambda f: f.to_pandas(),
        lambda f: pl.from_pandas(f[["number", "class", "class_missing"]]),
        pd.DataFrame,
    ),
    "table": (lambda f: f.to_arrow(), pl.from_arrow, pa.Table),
    "batch": (lambda f: f.to_arrow().to_batches()[0], pl.from_arrow, pa.RecordBatch),
    "reader": (
        lambda f: f.to_arrow().to_reader(13),
        lambda f: pl.from_arrow(f.read_all()),
        pa.RecordBatchReader,
    ),
    "duckdb": (
        lambda f: duckdb.from_arrow(f.to_arrow()),
        lambda f: pl.from_arrow(f.to_arrow_table()),
        duckdb.DuckDBPyRelation,
    ),
}


@NOT_READ
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_frame_comes_back_with_the_same_classes(kind: str) -> None:
    make, back, expected = KINDS[kind]
    frame = persons()
    done = classify(make(frame), "esec")
    assert isinstance(done, expected)
    found = back(done)
    assert words(found) == words(classify(frame, "esec"))
    assert found["number"].to_list() == frame["number"].to_list()


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import duckdb, polars as pl
from pathlib import Path
from test_classify import KINDS, ROWS, persons, words
from worldclass.schemes.classify import classify
from worldclass.schemes.classify_file import classify_file

assert pl.thread_pool_size() == int(sys.argv[2])
frame = persons(ROWS)
parts = [classify(frame[start : start + 50_000], "esec") for start in range(0, ROWS, 50_000)]
expected = words(pl.concat(parts))
for kind, (make, back, _) in KINDS.items():
    if kind not in ("duckdb", "reader"):
        assert words(back(classify(make(frame), "esec"))) == expected, kind
batches = classify(frame.to_arrow().to_reader(50_000), "esec")
assert words(pl.from_arrow(batches.read_all())) == expected
connection = duckdb.connect(config={"threads": int(sys.argv[2])})
backwards = connection.from_arrow(frame.to_arrow()).order("number DESC")
done = pl.from_arrow(classify(backwards, "esec").to_arrow_table())
assert words(done) == expected[::-1]
folder = Path(sys.argv[3])
frame.write_parquet(folder / "in.parquet", row_group_size=60_000)
frame.write_csv(folder / "in.csv")
for suffix, read in ((".parquet", pl.read_parquet), (".csv", pl.read_csv)):
    done = classify_file(folder / f"in{suffix}", "esec", folder / f"out{suffix}")
    assert done.rows == ROWS
    found = read(folder / f"out{suffix}").with_columns(pl.col("class").cast(pl.String))
    assert words(found) == expected, suffix
"""


@pytest.mark.parametrize("threads", [1, 2])
def test_rows_and_their_order_are_kept_with_any_number_of_threads(
    threads: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-c", SCRIPT),
            *(Path(__file__).parent, str(threads), tmp_path),
        ],
        env={**os.environ, "POLARS_MAX_THREADS": str(threads)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_lazy_frame_is_not_run_before_it_is_asked_for() -> None:
    def explode(frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("the frame was collected")

    lazy = persons().lazy()
    late = lazy.map_batches(explode, schema=lazy.collect_schema())
    assert classify(late, "esec").collect_schema()["class"] == pl.Enum("123456789")


def test_an_empty_frame_gets_its_columns() -> None:
    done = classify(persons(0), "esec")
    assert done.columns[-2:] == ["class", "class_missing"]
    assert done.height == 0


def test_a_companion_says_why_a_value_is_missing() -> None:
    frame = pl.DataFrame(
        {
            "isco08": [2310, None, 2310],
            "isco08_missing": [None, "not applicable", None],
            "self_employed": [None, 0, None],
            "self_employed_missing": ["refused", None, "in a language of its own"],
            "supervisor": [0, 0, 0],
            "employees": [0, 0, 0],
        }
    )
    assert classify(frame, "esec")["class_missing"].to_list() == [
        "self_employed: refused",
        "isco08: not applicable",
        "self_employed: missing",
    ]


@NOT_READ
def test_what_the_simplified_method_assumes_and_loses_is_said() -> None:
    frame = persons().drop("supervisor")
    with pytest.warns(SimplifiedMethodWarning, match="assumed supervisor = 0") as caught:
        classify(frame, "esec")
    assert "Lost" not in str(caught[0].message), "only part of it is lost"
    with pytest.warns(SimplifiedMethodWarning, match=r"self_employed = 0.* Lost: "):
        classify(frame[["isco08"]], "esec")
    with warnings.catch_warnings():
        warnings.simplefilter("error", SimplifiedMethodWarning)
        classify(frame, "esec", method="simplified")


def test_the_full_method_names_the_columns_it_lacks_and_what_they_mean() -> None:
    with pytest.raises(UsageError, match=r"needs supervisor\. supervisor: 1 formally supervises"):
        classify(persons().drop("supervisor"), "esec", method="full")


@NOT_READ
def test_a_class_that_is_there_already_is_not_written_over() -> None:
    frame = persons().with_columns(pl.lit("mine").alias("class"))
    with pytest.raises(UsageError, match="have a column 'class' already"):
        classify(frame, "esec")
    done = classify(frame, "esec", column="esec")
    assert done["class"].unique().to_list() == ["mine"]
    assert done.columns[-2:] == ["esec", "esec_missing"]


def test_a_scale_gives_numbers() -> None:
    done = classify(pl.DataFrame({"isco08": [2211, 10_000]}), "isei")
    assert done["class"].to_list() == [89.0, None]
    assert done["class_missing"].to_list() == [None, "isco08: malformed code"]


def test_aliases_stand_in_for_absent_names_only() -> None:
    frame = pl.DataFrame({"isco08": [2310], "self_employed": [1], "emplno": [12]})
    frame = frame.with_columns(is_supervisor=pl.lit(0), supervisor=pl.lit(None, pl.Int8))
    assert classify(frame, "oesch16")["class"].to_list() == ["1"]
    with_alias = classify(frame.drop("supervisor"), "esec")["class"].to_list()
    assert with_alias == ["1"]


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "table", "reader", "duckdb"])
def test_population_theories_take_every_kind_of_frame(kind: str) -> None:
    make, back, expected = KINDS[kind]
    frame = pl.DataFrame({"number": [1, 2, 3], "status": ["employee", "outside", "employer"]})
    done = classify(make(frame), "classical-marxist")
    assert isinstance(done, expected)
    if kind == "pandas":
        assert list(done["class"]) == ["proletariat", "dependants", "bourgeoisie"]
    else:
        found = back(done)["class"].cast(pl.String).to_list()
        assert found == ["proletariat", "dependants", "bourgeoisie"]


def test_what_is_no_frame_and_what_is_no_theory_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"builtins\.list is no frame"):
        classify([1, 2], "esec")
    with pytest.raises(TheoryError, match="Did you mean 'esec'"):
        classify(persons(), "essec")
    with pytest.raises(UsageError, match="needs one of the columns isco08"):
        classify(pl.DataFrame({"job": ["2310"]}), "esec")


def test_objects_of_several_types_in_pandas_are_read_as_text() -> None:
    frame = pd.DataFrame({"isco08": [2310, "2310", None, 1.5]}, index=[9, 8, 7, 6])
    done = classify(frame, "isei")
    assert done["class"].tolist()[:2] == [76.0, 76.0]
    assert done["class_missing"].tolist()[2:] == ["isco08: missing", "isco08: malformed code"]
    assert done.index.tolist() == [9, 8, 7, 6]


def test_an_empty_column_is_not_an_absent_one() -> None:
    frame = pl.DataFrame({"isco08": [2310], "self_employed": [None], "supervisor": [0]})
    frame = frame.with_columns(employees=0)
    assert frame["self_employed"].dtype == pl.Null
    for kind in (frame, frame.to_pandas(), frame.to_arrow()):
        done = pl.DataFrame(classify(kind, "esec"))
        assert done["class_missing"].cast(pl.String).to_list() == ["self_employed: missing"]


def test_a_column_of_lists_or_dates_is_refused_by_name() -> None:
    for strange in ([[1]], [date(2020, 1, 1)]):
        frame = pl.DataFrame({"isco08": [2310], "supervisor": strange})
        for kind in (frame, frame.lazy(), frame.to_arrow(), frame.to_pandas()):
            with (
                warnings.catch_warnings(),
                pytest.raises(UsageError, match="'supervisor' holds values of type"),
            ):
                warnings.simplefilter("ignore", SimplifiedMethodWarning)
                classify(kind, "esec")


def test_a_name_in_other_letters_is_pointed_out() -> None:
    frame = pl.DataFrame({"isco08": [2310], "Self_Employed": [1], "supervisor": 0, "employees": 0})
    words = "There is a column 'Self_Employed'; names are case-sensitive"
    with pytest.warns(SimplifiedMethodWarning, match=words):
        classify(frame, "esec")
    with pytest.raises(UsageError, match=words):
        classify(frame, "esec", method="full")
    with pytest.raises(UsageError, match="There is a column 'ISCO08'"):
        classify(frame.rename({"isco08": "ISCO08"}), "esec")
    with pytest.raises(UsageError, match="There is a column 'ISCO88'"):
        classify(frame.with_columns(ISCO88=1), "esec", occupation="isco88")


def test_two_columns_of_a_name_that_is_needed_are_refused() -> None:
    frame = pd.DataFrame([[2310, 1110, 5]], columns=["isco08", "isco08", "other"])
    with pytest.raises(UsageError, match="2 columns named 'isco08'"):
        classify(frame, "isei")
    table = pa.table([pa.array([2310]), pa.array([1110])], names=["isco08", "isco08"])
    with pytest.raises(UsageError, match="2 columns named 'isco08'"):
        classify(table, "isei")
    frame.columns = pd.Index(["isco08", "other", "other"])
    assert classify(frame, "isei")["class"].tolist() == [76.0]


@pytest.mark.parametrize("kind", ["polars", "pandas", "table", "batch", "duckdb"])
def test_values_that_are_not_understood_are_said_aloud(kind: str) -> None:
    """1 and 2, for yes and no, are not 1 and 0: the employees would have no class."""
    frame = pl.DataFrame({"isco08": [2310] * 3, "self_employed": [1, 2, 2]})
    frame = frame.with_columns(supervisor=0, employees=0)
    with pytest.warns(UnreadableValueWarning, match=r"'self_employed'.* in 2 rows: 2\. .*survey="):
        classify(KINDS[kind][0](frame), "esec")


def test_an_assumption_without_a_survey_is_refused() -> None:
    with pytest.raises(UsageError, match="assumptions belong to surveys"):
        classify(persons(), "esec", assume=["at-least-one"])
    with pytest.raises(UsageError, match="assume has no meaning"):
        classify(pl.DataFrame({"status": ["employee"]}), "classical-marxist", assume=["x"])


def test_esco_numbers_are_read_as_unit_groups_of_isco_08() -> None:
    numbers = ["2654.1.7", "1101", "0110.2", None, "x", "9999.1"]
    done = classify(pl.DataFrame({"esco": numbers}), "isei")
    same = classify(pl.DataFrame({"isco08": ["2654", "0110", "0110", None, "x", "9999"]}), "isei")
    assert done["class"].equals(same["class"])
    assert done["class_missing"].to_list() == [
        None,
        None,
        None,
        "isco08: missing",
        "isco08: malformed code",
        "isco08: unknown code",
    ]
    both = pl.DataFrame({"isco08": ["9112"], "esco": ["2654.1.7"]})
    alone = classify(both[["isco08"]], "isei")
    assert classify(both, "isei")["class"].item() == alone["class"].item()
    assert classify(both, "isei", occupation="esco")["class"].item() == done["class"][0]
    with pytest.raises(UsageError, match="ESCO numbers"):
        classify(pl.DataFrame({"esco": ["26"]}), "isei", digits=2)


def test_a_column_in_other_letters_can_be_named() -> None:
    frame = persons().rename({"isco08": "ISCO08"})
    with pytest.raises(UsageError, match="occupation='ISCO08'"):
        classify(frame, "esec")
    done = classify(frame, "isei", occupation="ISCO08")
    assert done["class"].equals(classify(persons(), "isei")["class"])


def test_the_way_to_convert_codes_is_said_exactly() -> None:
    with pytest.raises(UsageError, match="'isco88', 'isco88com'"):
        classify(pl.DataFrame({"isco88": [2310]}), "esec")
    with pytest.raises(UsageError, match="--from isco08 --to isco88 "):
        classify(pl.DataFrame({"isco08": [2310]}), "egp11")


def test_warnings_point_at_the_line_that_asked() -> None:
    with pytest.warns(SimplifiedMethodWarning) as caught:
        classify(pl.DataFrame({"isco08": [2310]}), "esec")
    assert caught[0].filename == __file__


@pytest.mark.parametrize("digits", [0, 5, -1])
def test_an_impossible_number_of_digits_is_refused(digits: int) -> None:
    with pytest.raises(UsageError, match="1, 2, 3 or 4 digits"):
        classify(pl.DataFrame({"isco08": [2310]}), "isei", digits=digits)


@pytest.mark.parametrize("digits", [2.0, True, "2"])
def test_digits_are_a_whole_number(digits: Any) -> None:
    with pytest.raises(UsageError, match="1, 2, 3 or 4 digits"):
        classify(persons(), "isei", digits=digits)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"column": ""}, "cannot be named ''"),
        ({"column": 3}, "cannot be named 3"),
        ({"parameters": ["grouping"]}, "parameters are"),
        ({"references": "median"}, "references are"),
    ],
)
def test_options_of_another_type_are_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        classify(persons(), "isei", **options)


def test_columns_that_are_not_read_may_be_of_any_type() -> None:
    kinds = [
        pa.nulls(1, pa.decimal256(50, 0)),
        pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([7])]),
    ]
    for other in kinds:
        people = pa.table({"isco08": ["2310"], "other": other})
        coded = classify(people, "isei")
        assert coded["class"].to_pylist() == [76.0]
        assert coded["other"].type == other.type
    unreadable = pa.table({"isco08": kinds[0]})
    with pytest.raises(UsageError, match=r"decimal256\(50, 0\), which cannot be read"):
        classify(unreadable, "isei")


def test_a_lazy_frame_keeps_columns_of_every_name() -> None:
    people = pl.LazyFrame({"isco08": ["2310"], "__worldclass__": [1]})
    assert classify(people, "isei").collect().columns[:2] == ["isco08", "__worldclass__"]
