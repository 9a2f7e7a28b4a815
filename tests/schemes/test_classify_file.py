"""`worldclass.classify_file`: files of any size, in order, whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from worldclass.core.errors import OutputError, SourceError, UsageError
from worldclass.schemes.classify import classify
from worldclass.schemes.classify_file import classify_file
from worldclass.schemes.labelled_columns import labelled as labelled_columns
from worldclass.schemes.library import load_scheme
from worldclass.schemes.plan import SimplifiedMethodWarning
from worldclass.schemes.unreadable import UnreadableValueWarning


def persons(rows: int = 1_000) -> pl.DataFrame:
    number = pl.int_range(rows, eager=True).alias("number")
    codes = pl.Series(["2310", "0110", "9112", "bad", None, "5221"])
    return pl.DataFrame(
        {
            "number": number,
            "isco08": codes.gather(number * 5 % 6),
            "self_employed": (number % 3 == 0).cast(pl.Int8),
            "supervisor": (number % 4 == 0).cast(pl.Int8),
            "employees": number % 13,
        }
    )


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    persons().write_parquet(tmp_path / "survey.parquet", row_group_size=130)
    return tmp_path / "survey.parquet"


def test_a_parquet_file_is_coded_like_a_frame_in_its_order(survey: Path, tmp_path: Path) -> None:
    done = classify_file(survey, "esec", tmp_path / "coded.parquet")
    coded = pl.read_parquet(tmp_path / "coded.parquet")
    assert coded.equals(classify(persons(), "esec"))
    assert done.rows == 1_000
    assert sum(done.classes.values()) == coded["class"].is_not_null().sum()
    assert list(done.classes) == list("123456789")


def test_codes_of_a_text_file_keep_their_zeros_and_other_columns_their_text(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.csv").write_text("id;isco08;note\n007;0110;1.50\n008;110;\n", encoding="utf-8")
    classify_file(tmp_path / "a.csv", "isei", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").splitlines() == [
        "id,isco08,note,class,class_missing",
        "007,0110,1.50,65.0,",
        "008,110,,65.0,",
    ]


def test_population_theories_code_files_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("status\nemployee\noutside\n")
    done = classify_file(tmp_path / "a.csv", "classical-marxist", tmp_path / "b.parquet")
    assert done.classes["proletariat"] == done.classes["dependants"] == 1


def write_statistics_file(path: Path) -> None:
    """Self-employment refused by the fourth person, in each format's own way."""
    frame = persons(4).drop("number").with_columns(isco08=pl.Series([2310, 110, 9112, 5221]))
    data = frame.to_pandas()
    labels = {"self_employed": {0: "no", 1: "yes", 9: "Refusal"}}
    if path.suffix == ".sav":
        data.loc[3, "self_employed"] = 9
        pyreadstat.write_sav(
            data, path, variable_value_labels=labels, missing_ranges={"self_employed": [9]}
        )
    else:
        data = data.astype({"self_employed": object})
        data.loc[3, "self_employed"] = "r"
        pyreadstat.write_dta(data, path, missing_user_values={"self_employed": ["r"]})


@pytest.mark.parametrize(("suffix", "why"), [(".sav", "refused"), (".dta", "missing")])
@pytest.mark.parametrize("out", [".parquet", ".csv", "same"])
def test_missing_values_that_a_file_declares_are_kept_apart(
    tmp_path: Path, suffix: str, why: str, out: str
) -> None:
    source = tmp_path / f"a{suffix}"
    write_statistics_file(source)
    target = tmp_path / f"b{suffix if out == 'same' else out}"
    classify_file(source, "esec", target)
    if out == "same":
        read = pyreadstat.read_sav if suffix == ".sav" else pyreadstat.read_dta
        data, meta = read(target, user_missing=True)
        reasons = [text or None for text in data["class_missing"]]
        declared = meta.missing_ranges if suffix == ".sav" else meta.missing_user_values
        assert "self_employed" in declared
        assert data["self_employed"].tolist()[3] in (9, "r")
    else:
        scan = pl.read_parquet if out == ".parquet" else pl.read_csv
        reasons = scan(target)["class_missing"].to_list()
    assert reasons == [None, None, None, f"self_employed: {why}"]


@pytest.mark.parametrize("suffix", [".sav", ".dta"])
def test_classes_are_labelled_numbers_in_stata_and_spss(tmp_path: Path, suffix: str) -> None:
    write_statistics_file(tmp_path / f"a{suffix}")
    classify_file(tmp_path / f"a{suffix}", "esec", tmp_path / f"b{suffix}")
    read = pyreadstat.read_sav if suffix == ".sav" else pyreadstat.read_dta
    data, meta = read(tmp_path / f"b{suffix}")
    assert data["class"].fillna(-1).tolist() == [1, 1, 9, -1]
    assert meta.variable_value_labels["class"][9] == "Routine occupations"
    assert meta.column_names_to_labels["class"].startswith("European Socio-economic")
    assert meta.column_names_to_labels["class_missing"] == "Why there is no class"


@pytest.mark.parametrize(
    ("suffix", "labelled"), [(".sav", [4, 4.5, 5]), (".dta", [4, 5])], ids=["sav", "dta"]
)
def test_numbers_between_whole_ones_stay_themselves(
    tmp_path: Path, suffix: str, labelled: list[float]
) -> None:
    made = pl.DataFrame({"class": ["4.5", "7", None], "class_missing": [None, None, "x"]})
    written = labelled_columns(made, load_scheme("wright-power"), suffix)
    assert written.columns["class"].to_list() == [4.5, 7, None]
    assert [at for at in written.values["class"] if 4 <= at <= 5] == labelled


def test_classes_that_have_words_stay_words(tmp_path: Path) -> None:
    pyreadstat.write_dta(pl.DataFrame({"status": ["employee"]}).to_pandas(), tmp_path / "a.dta")
    classify_file(tmp_path / "a.dta", "classical-marxist", tmp_path / "b.dta")
    data, meta = pyreadstat.read_dta(tmp_path / "b.dta")
    assert data["class"].tolist() == ["proletariat"]
    assert "class" not in meta.variable_value_labels
    assert meta.column_names_to_labels["class"].startswith("Bourgeoisie")


def test_a_file_in_which_nobody_has_a_class_keeps_the_labels(tmp_path: Path) -> None:
    pyreadstat.write_dta(pl.DataFrame({"isco08": [66666.0]}).to_pandas(), tmp_path / "a.dta")
    with pytest.warns(SimplifiedMethodWarning):
        classify_file(tmp_path / "a.dta", "esec", tmp_path / "b.dta")
    data, meta = pyreadstat.read_dta(tmp_path / "b.dta")
    assert data["class"].isna().all()
    assert len(meta.variable_value_labels["class"]) == 9


def test_blocks_with_and_without_tags_join(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worldclass.schemes.statistical_files.BLOCK", 2)
    write_statistics_file(tmp_path / "a.dta")
    done = classify_file(tmp_path / "a.dta", "esec", tmp_path / "b.parquet")
    assert done.rows == 4
    assert pl.read_parquet(tmp_path / "b.parquet")["self_employed"].to_list() == list("100r")


def test_a_file_that_cannot_be_written_whole_in_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worldclass.schemes.statistical_files.LARGEST_WHOLE", 10)
    write_statistics_file(tmp_path / "a.sav")
    with pytest.raises(OutputError, match="can only be written whole"):
        classify_file(tmp_path / "a.sav", "esec", tmp_path / "b.sav")


def test_paths_that_cannot_be_meant_are_refused_before_any_work(
    survey: Path, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="no such file"):
        classify_file(tmp_path / "none.parquet", "esec", tmp_path / "b.parquet")
    with pytest.raises(OutputError, match=r"\.sav cannot be written"):
        classify_file(survey, "esec", tmp_path / "b.sav")
    with pytest.raises(OutputError, match="written over"):
        classify_file(survey, "esec", survey)
    with pytest.raises(UsageError, match="no compression"):
        classify_file(survey, "esec", tmp_path / "b.parquet", compression="zip")
    (tmp_path / "bad.parquet").write_text("no Parquet")
    with pytest.raises(SourceError, match="cannot be read"):
        classify_file(tmp_path / "bad.parquet", "esec", tmp_path / "b.parquet")


def test_an_interruption_leaves_nothing_half_written(survey: Path, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        classify_file(survey, "esec", tmp_path / "b.parquet", progress=interrupt)
    assert sorted(tmp_path.iterdir()) == before


MEMORY = """
import resource, sys
from worldclass.schemes.classify_file import classify_file
classify_file(sys.argv[1], "esec", sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Four times the rows, 1.6 GB of them in memory, within 1.5 times the memory and 200 MB."""
    peaks = []
    part = persons(1_000_000).with_columns(
        pl.int_range(1_000_000).hash(k).alias(f"x{k}") for k in range(10)
    )
    for parts in (4, 16):
        source = tmp_path / f"{parts}.parquet"
        pl.concat([part.lazy()] * parts).sink_parquet(source, compression="uncompressed")
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, source, tmp_path / "out.parquet"],
            env={**os.environ, "POLARS_MAX_THREADS": "2"},
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append(int(done.stdout))
        source.unlink()
    assert peaks[1] < 1.5 * peaks[0] + 200, peaks


def test_values_that_are_not_understood_are_said_aloud_once(tmp_path: Path) -> None:
    head = "isco08,self_employed,supervisor,employees\n"
    (tmp_path / "a.csv").write_text(head + "2310,yes,0,0\n" + "2310,0,0,0\n" * 3)
    with pytest.warns(UnreadableValueWarning, match=r"'self_employed'.* in 1 rows: yes") as caught:
        classify_file(tmp_path / "a.csv", "esec", tmp_path / "b.csv")
    assert len(caught) == 1


def test_the_report_of_a_file_sees_columns_that_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("isco08,isco88\n,2310\n2310,2310\n")
    done = classify_file(tmp_path / "a.csv", "isei", tmp_path / "b.csv")
    item = "isco08 is empty in rows where isco88 is not (see occupation=)"
    assert done.report.filter(item=item)["rows"].to_list() == [1]
    assert (tmp_path / "b.csv").read_text().splitlines()[0] == "isco08,isco88,class,class_missing"


def test_a_survey_s_assumptions_reach_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("lstatus,isco_version,occup_isco,empstat\n1,isco_2008,5221,3\n")
    with pytest.warns(SimplifiedMethodWarning):
        done = classify_file(
            tmp_path / "a.csv", "esec", tmp_path / "b.csv", survey="gld", assume=["at-least-one"]
        )
    assert done.classes["4"] == 1
    assert "assumed" in done.report["item"].to_list()
