"""A table that is not as declared is refused, with the offending rows."""

import polars as pl
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.table import TableSpec, read_table

SPEC = TableSpec(
    path="t.parquet",
    description="Country x year.",
    key=("iso3", "year"),
    columns={"iso3": "string", "year": "integer", "sex": "string", "share": "float"},
    nullable=("share",),
    allowed={"sex": ("female", "male")},
    required={"sex": ("female",)},
    range={"share": (0.0, 1.0)},
)
GOOD = pl.DataFrame(
    {
        "iso3": ["IND", "BRA"],
        "year": [2019, 2019],
        "sex": ["male", "female"],
        "share": [0.5, None],
        "remark": ["", ""],
    }
)


def read(tmp_path, frame, spec=SPEC):
    path = tmp_path / spec.path
    frame.write_parquet(path) if path.suffix == ".parquet" else frame.write_csv(path)
    return read_table(tmp_path, spec)


def test_declared_columns_come_in_canonical_types_and_order(tmp_path):
    frame = GOOD.with_columns(
        pl.col("iso3").cast(pl.Categorical),
        pl.col("year").cast(pl.Int16),
        pl.col("share").cast(pl.Float32),
    )
    result = read(tmp_path, frame)
    assert dict(result.schema) == {
        "iso3": pl.String,
        "year": pl.Int32,
        "sex": pl.String,
        "share": pl.Float64,
    }
    assert result["iso3"].to_list() == ["BRA", "IND"]


def test_csv_gives_the_same_as_parquet(tmp_path):
    as_csv = SPEC.model_copy(update={"path": "t.csv"})
    assert read(tmp_path, GOOD, as_csv).equals(read(tmp_path, GOOD))


def test_namibias_code_is_a_code(tmp_path):
    spec = SPEC.model_copy(update={"path": "t.csv"})
    frame = GOOD.with_columns(iso3=pl.lit("NA"), year=pl.Series([2018, 2019]))
    assert read(tmp_path, frame, spec)["iso3"].to_list() == ["NA", "NA"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda f: f.drop("sex"), "lacks the columns sex; it has iso3, year, share, remark"),
        (lambda f: f.clear(), "has no rows"),
        (lambda f: pl.concat([f, f]), r"\(iso3, year\) occurs twice in 4 rows, first: iso3=IND"),
        (lambda f: f.with_columns(share=pl.lit(float("nan"))), "'share' holds NaN or infinity"),
        (lambda f: f.with_columns(share=pl.lit(float("inf"))), "'share' holds NaN or infinity"),
        (lambda f: f.with_columns(share=pl.lit(1.5)), "'share' is outside 0 to 1 in 2 rows"),
        (lambda f: f.with_columns(iso3=pl.lit(None, pl.String)), "'iso3' is empty"),
        (lambda f: f.with_columns(sex=pl.lit("other")), "'sex' is none of female, male"),
        (lambda f: f.with_columns(sex=pl.lit("male")), "no rows where 'sex' is female"),
        (lambda f: f.with_columns(year=pl.col("year") + 0.5), "'year' holds Float64"),
        (lambda f: f.with_columns(year=pl.lit(2**40)), "'year' holds Int64"),
        (lambda f: f.with_columns(iso3=pl.lit(76)), "'iso3' holds Int32, not values of kind str"),
        (lambda f: f.with_columns(share=pl.lit("much")), "'share' holds String"),
    ],
)
def test_what_is_not_as_declared_is_named(tmp_path, change, complaint):
    with pytest.raises(SourceError, match=complaint) as caught:
        read(tmp_path, change(GOOD))
    assert caught.value.where.endswith("t.parquet")
    assert caught.value.remedy


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match="missing from the mirror") as caught:
        read_table(tmp_path, SPEC)
    assert "--mirror" in caught.value.remedy


@pytest.mark.parametrize("keep", [0, 3, 100, -20])
def test_a_cut_file_is_corrupt(tmp_path, keep):
    read(tmp_path, GOOD)
    file = tmp_path / SPEC.path
    file.write_bytes(file.read_bytes()[:keep])
    with pytest.raises(SourceError, match="corrupt or not parquet"):
        read_table(tmp_path, SPEC)


def test_a_file_with_flipped_bytes_is_never_read_as_something_else(tmp_path):
    expected = read(tmp_path, GOOD)
    file = tmp_path / SPEC.path
    whole = file.read_bytes()
    for place in range(4, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            result = read_table(tmp_path, SPEC)
        except SourceError:
            continue
        assert result.columns == expected.columns


def test_a_declaration_must_name_its_own_columns():
    with pytest.raises(ValueError, match="undeclared columns: shoe_size"):
        TableSpec(path="t.csv", description="", key=("shoe_size",), columns={"iso3": "string"})
