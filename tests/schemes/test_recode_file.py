"""`recode_file`: converted codes beside the old ones, block by block, whole or not at all."""

from pathlib import Path

import polars as pl
import pytest

from worldclass.core.errors import OutputError, SourceError, UsageError
from worldclass.occupations.convert import recode, recode_report
from worldclass.schemes.recode_file import recode_file


def persons(rows: int = 5_000) -> pl.DataFrame:
    codes = pl.Series(["2221", "110", "9999", None, "bad", "9998", " 7127"])
    number = pl.int_range(rows, eager=True).alias("number")
    return pl.DataFrame({"number": number, "isco08": codes.gather(number * 3 % len(codes))})


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_file_is_recoded_like_a_column_in_its_order(tmp_path: Path, suffix: str) -> None:
    source, out = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    people = persons()
    if suffix == ".csv":
        people.write_csv(source)
    else:
        people.write_parquet(source, row_group_size=700)
    told: list[tuple[int, int]] = []
    done = recode_file(
        source, "isco08", "isco88", out, progress=lambda rows, total: told.append((rows, total))
    )
    found = pl.read_parquet(out) if suffix == ".parquet" else pl.read_csv(out, infer_schema=False)
    assert found["isco88"].equals(recode(people["isco08"], "isco08", "isco88").alias("isco88"))
    assert found["number"].cast(pl.Int64).equals(people["number"])
    assert done.rows == people.height == told[-1][0]
    expected = recode_report(people["isco08"], "isco08", "isco88").select("item", "rows", "share")
    assert done.report.select("item", "rows", "share").sort("item").equals(expected.sort("item"))
    assert done.report.filter(item="unknown code")["examples"].item() == "9998, 9999"


def test_an_interruption_leaves_nothing_half_written(tmp_path: Path) -> None:
    persons().write_parquet(tmp_path / "a.parquet", row_group_size=700)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recode_file(
            tmp_path / "a.parquet", "isco08", "isco88", tmp_path / "b.csv", progress=interrupt
        )
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_files_that_cannot_be_meant_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes("isco08,name\n2310,José\n".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        recode_file(source, "isco08", "isco88", tmp_path / "b.csv")
    source.write_text("ISCO08\n2310\n")
    with pytest.raises(UsageError, match="column 'ISCO08'"):
        recode_file(source, "isco08", "isco88", tmp_path / "b.csv")
    with pytest.raises(OutputError, match=r"\.json cannot be written"):
        recode_file(source, "isco08", "isco88", tmp_path / "b.json")
    (tmp_path / "a.dta").write_text("")
    with pytest.raises(SourceError, match="cannot be recoded"):
        recode_file(tmp_path / "a.dta", "isco08", "isco88", tmp_path / "b.csv")
