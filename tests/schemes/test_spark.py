"""Spark gives the rows that the engine in memory gives, and moves none."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.classify import classify
from worldclass.schemes.library import list_schemes, load_scheme, occupations_of
from worldclass.schemes.plan import SimplifiedMethodWarning
from worldclass.schemes.report import coding_report

from .domain import domain, table_of

pytestmark = pytest.mark.filterwarnings(
    "ignore::worldclass.schemes.unreadable.UnreadableValueWarning"
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A Spark of two threads in a process of its own, ended after the module's tests."""
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra worldclass[spark]")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java")
    folder = tmp_path_factory.mktemp("spark")
    quiet = folder / "log4j2.properties"
    quiet.write_text("rootLogger.level = off\n")
    patch = pytest.MonkeyPatch()
    for name in ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"):
        patch.setenv(name, sys.executable)
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.master("local[2]").appName("tests")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    builder = builder.config(
        "spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={quiet.as_uri()}"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySpark's own, on pandas and on sockets
        session = builder.getOrCreate()
        yield session
        session.stop()
        gateway = session.sparkContext._gateway
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(timeout=20)
        type(session.sparkContext)._gateway = type(session.sparkContext)._jvm = None
    patch.undo()


@pytest.fixture(autouse=True)
def _warnings_of_pyspark() -> Iterator[None]:
    """PySpark warns about newer versions of pandas, which is nothing of ours."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="pyspark")
        warnings.filterwarnings("ignore", message=".*[Pp]andas.*")
        yield


def to_spark(spark: SparkSession, people: pl.DataFrame) -> DataFrame:
    """People in four partitions, with NaN where Polars has it."""
    return spark.createDataFrame(people.to_arrow()).repartition(4, "id")


def collected(frame: DataFrame) -> pl.DataFrame:
    """A Spark frame's rows in the order of `id`."""
    return pl.DataFrame(frame.toArrow()).sort("id")


def assert_same(found: pl.DataFrame, people: pl.DataFrame, *names: str, **options: Any) -> None:
    """The engine in memory gives the same rows."""
    expected = classify(people, *names, **options).with_columns(pl.col(pl.Enum).cast(pl.String))
    assert found.columns == expected.columns
    for name in expected.columns:
        assert found[name].equals(expected[name], null_equal=True, check_dtypes=False), name


@pytest.mark.parametrize("name", list_schemes())
def test_every_person_gets_the_class_or_reason_of_the_engine_in_memory(
    spark: SparkSession, name: str
) -> None:
    classification = occupations_of(load_scheme(name))[0].classification
    people = domain(table_of(name, classification), most=12_000)
    people = people.with_columns(pl.col("id").cast(pl.Int64))
    assert_same(collected(classify(to_spark(spark, people), name)), people, name)


def test_no_row_moves(spark: SparkSession) -> None:
    people = domain(table_of("esec", "isco08"), most=20_000).with_columns(pl.col("id").cast(int))
    frame = spark.createDataFrame(people.to_arrow()).coalesce(2)
    coded = classify(frame, "esec")
    plan = coded._jdf.queryExecution().executedPlan().toString()
    assert "Exchange" not in plan
    assert "Python" not in plan
    assert coded.rdd.getNumPartitions() == frame.rdd.getNumPartitions()
    assert coded.toArrow()["id"] == frame.toArrow()["id"]


@pytest.mark.parametrize("digits", [2, 4])
@pytest.mark.parametrize("kind", [pl.Int8, pl.Int64, pl.Float32, pl.Float64])
def test_codes_may_be_numbers_and_groups(spark: SparkSession, kind: Any, digits: int) -> None:
    codes = pl.Series("isco08", [*range(-3, 120), 2310, None]).cast(kind, strict=False)
    if codes.dtype.is_float():
        codes = codes.append(pl.Series([2310.5, float("nan"), float("inf")], dtype=kind))
    people = codes.to_frame().with_columns(id=pl.int_range(pl.len()))
    found = collected(classify(to_spark(spark, people), "isei", digits=digits))
    assert_same(found, people, "isei", digits=digits)


@pytest.mark.parametrize("kind", [pl.Int16, pl.Float64, pl.Boolean, pl.String])
def test_status_columns_may_be_of_any_type(spark: SparkSession, kind: Any) -> None:
    odd = ["1", "0", "true", " 1", "1.0", "1d", "2", "-1", "0.5", "1e0", "nan", None, "1\n"]
    values = pl.Series(odd) if kind == pl.String else pl.Series([1, 0, None, 1]).cast(kind)
    table = table_of("esec", "isco08")
    people = pl.DataFrame({axis.name: values for axis in table.axes})
    people = people.with_columns(isco08=pl.lit("1120"), id=pl.int_range(pl.len()))
    assert_same(collected(classify(to_spark(spark, people), "esec")), people, "esec")


def test_aliases_companions_and_the_simplified_method_are_as_in_memory(
    spark: SparkSession,
) -> None:
    people = pl.DataFrame(
        {
            "id": [1, 2, 3, 4],
            "isco08": ["2310", "1120", None, "9999"],
            "is_supervisor": [1, None, 0, 0],
            "is_supervisor_missing": [None, "refused", None, None],
            "isco08_missing": [None, None, "not asked", None],
            "emplno": [0, 5, 0, 1],
        }
    )
    frame = to_spark(spark, people)
    with pytest.warns(SimplifiedMethodWarning):
        found = collected(classify(frame, "esec"))
    with pytest.warns(SimplifiedMethodWarning):
        assert_same(found, people, "esec")
    with pytest.raises(UsageError, match="self_employed"):
        classify(frame, "esec", method="full")


def test_a_survey_is_adapted_where_its_rows_lie(spark: SparkSession) -> None:
    people = pl.DataFrame(
        {
            "id": list(range(6)),
            "isco08": [2310, 66666, 77777, 1120, 5223, 99999],
            "emplrel": [1, 1, 2, 2, 7, 6],
            "emplno": [66666, 66666, 3, 20, 0, 66666],
            "jbspv": [1, 2, 6, 6, 8, 6],
        }
    )
    found = collected(classify(to_spark(spark, people), "oesch16", survey="ess"))
    assert_same(found, people, "oesch16", survey="ess")


def test_columns_that_hold_neither_codes_nor_status_are_refused(spark: SparkSession) -> None:
    people = spark.createDataFrame(
        [("2310", 0, 0)], "isco08 string, self_employed int, employees int"
    )
    for kind in ("current_date()", "array(1)", "named_struct('a', 1)", "cast('1' as binary)"):
        odd = people.selectExpr("isco08", "employees", f"{kind} AS self_employed")
        with pytest.raises(UsageError, match="'self_employed' has type"):
            classify(odd, "oesch16")
    twins = people.toDF("isco08", "isco08", "employees")
    with pytest.raises(UsageError, match="2 columns named 'isco08'"):
        classify(twins, "isei")
    with pytest.raises(UsageError, match="pyspark DataFrame cannot be reported on"):
        coding_report(people, "isei")


def test_the_armed_forces_of_isco_68_have_five_digits(spark: SparkSession) -> None:
    codes = ["10000", "10001", " 10002.0", "10003", "10009", "10004", "1091", "0110", None]
    people = pl.DataFrame({"id": range(len(codes)), "isco68": codes})
    assert_same(collected(classify(to_spark(spark, people), "siops")), people, "siops")
    numbers = people.with_columns(pl.col("isco68").str.strip_chars().cast(pl.Float64))
    assert_same(collected(classify(to_spark(spark, numbers), "siops")), numbers, "siops")


@pytest.mark.parametrize("name", ["classical-marxist", "ilo-status", "kharas", "bromma"])
def test_population_theories_are_as_in_memory(spark: SparkSession, name: str) -> None:
    rows = {
        "status": ["employee", "employer", "own-account", "unemployed", "outside", "employee"],
        "sex": ["male", "female"] * 3,
        "age": ["15+", "15+", "15+", "15+", "0-14", "15+"],
        "sector": ["industry", "services", "agriculture", None, None, "services"],
        "occupation": ["other", None, None, None, None, "manager-professional"],
        "labour_income": [1600.0, 9000.0, 200.0, None, float("nan"), 5000.0],
        "welfare": [20.0, 100.0, 2.0, 1.0, float("nan"), None],
        "national_mean_labour_income": [900.0] * 6,
        "national_mean_employee_pay": [900.0] * 6,
        "looking": [1] * 6,
    }
    from worldclass.theories import compile_theory, load_theory

    splits = compile_theory(load_theory(name)).splits
    people = pl.DataFrame({"id": list(range(6)), **rows, **{s: [1, 0] * 3 for s in splits}})
    assert_same(collected(classify(to_spark(spark, people), name)), people, name)


def test_what_a_population_theory_refuses_stops_the_job(spark: SparkSession) -> None:
    from pyspark.errors import PySparkException

    frame = to_spark(spark, pl.DataFrame({"id": [1, 2], "status": ["employee", "king"]}))
    with pytest.raises(PySparkException, match="unknown code"):
        classify(frame, "classical-marxist").toArrow()
    with pytest.raises(TheoryError, match="not text"):
        classify(to_spark(spark, pl.DataFrame({"id": [1], "status": [1]})), "classical-marxist")


def test_names_that_are_taken_are_refused(spark: SparkSession) -> None:
    frame = to_spark(spark, pl.DataFrame({"id": [1], "isco08": ["2310"], "Class": ["mine"]}))
    with pytest.raises(UsageError, match="'Class' already"):
        classify(frame, "isei")
    assert "mine" in classify(frame, "isei", column="score").toArrow()["Class"].to_pylist()


def test_a_column_that_holds_no_codes_is_refused(spark: SparkSession) -> None:
    frame = to_spark(spark, pl.DataFrame({"id": [1], "isco08": [True]}))
    with pytest.raises(UsageError, match="cannot hold occupation codes"):
        classify(frame, "isei")


def test_esco_numbers_are_read_as_in_memory(spark: SparkSession) -> None:
    known = ["2654.1.7", "265417", "0110.2", "1101", "110.1", " 2654 "]
    people = pl.DataFrame({"esco": [*known, "31", "x", "", None, "9999"]})
    people = people.with_columns(id=pl.int_range(pl.len()))
    assert_same(collected(classify(to_spark(spark, people), "isei")), people, "isei")


def test_truth_values_may_be_text(spark: SparkSession) -> None:
    people = pl.DataFrame({"supervisor": ["true", "FALSE", " True ", "1", "0.0", "yes", "", None]})
    people = people.with_columns(
        isco08=pl.lit(7127), self_employed=pl.lit("False"), employees=0, id=pl.int_range(pl.len())
    )
    found = collected(classify(to_spark(spark, people), "esec"))
    assert found["class"].to_list() == ["6", "8", "6", "6", "8", None, None, None]
    assert_same(found, people, "esec")
