"""Departures of other implementations: the page, its counts, and what worldclass does there."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from validation.__main__ import write_departures
from validation.schemes.agreement import TABLES, agree
from validation.schemes.conversions import conversion_table, misplaced
from validation.schemes.departure import Count, Departure
from validation.schemes.distributions import FAR, class_counts, distances, full_file
from validation.schemes.eseg import MISSING, NOT_EMPLOYED, RETIRED, RULES, first, never
from validation.schemes.followed import followed
from validation.schemes.managers import split
from validation.schemes.numbering import GANZEBOOM, MEANT, OTHER
from validation.schemes.page import departures, departures_page, missing_files
from validation.schemes.reference import (
    Persons,
    band,
    digits,
    grid,
    read_crosswalk,
    read_survey,
    tally,
)
from validation.schemes.shifted import egp_position, egp_position_read
from validation.schemes.wright import management
from worldclass.sources.mirror import Mirror

PAGE = Path(__file__).resolve().parents[2] / "docs" / "departures.md"


@pytest.fixture(scope="module")
def root(mirror: Mirror) -> Path:
    """Folder of the mirror, with crosswalks and survey."""
    missing = missing_files(mirror.root)
    if missing:
        pytest.skip(f"the mirror lacks {', '.join(missing)}")
    return mirror.root


@pytest.fixture(scope="module")
def survey(root: Path) -> Persons:
    """The survey extract."""
    return read_survey(root)


@pytest.fixture(scope="module")
def found(root: Path, survey: Persons) -> dict[str, Count]:
    """First count of each departure by the function's name."""
    every: list[Departure] = departures(root, survey)
    return {count.what: count for one in every for count in one.counts}


def test_the_page_holds_what_is_computed(root: Path) -> None:
    """Otherwise run `make results`."""
    assert PAGE.read_text(encoding="utf-8") == departures_page(root)


def test_without_the_survey_the_page_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_departures(tmp_path, tmp_path)
    assert "survey/ess6.parquet" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_egp_from_isco88_reads_six_of_eight_columns_of_another_position() -> None:
    cells = grid("isco88", np.array(["1110"]), employees=(0, 1, 5, 10))
    assert tally(egp_position(cells) != egp_position_read(cells)) == 6


def test_seven_in_ten_of_the_self_employed_have_another_egp_class(
    found: dict[str, Count], survey: Persons
) -> None:
    """As in the full file: 7.5 % of all, 70 % of the self-employed."""
    count = found["isco88_to_egp"]
    assert (count.cells, count.rows) == (1706, 2552)
    assert 0.07 < 2552 / survey.number < 0.08


def test_six_of_seven_persons_lose_their_esec_when_codes_are_not_cut(
    root: Path, survey: Persons
) -> None:
    rows = read_crosswalk(root, "isco08_to_esec_three").rows
    kept = sum(code in rows for code in survey.codes["isco08"].tolist())
    assert round(100 * (1 - kept / survey.number)) == 86


def test_eighteen_of_seventy_three_rules_of_eseg_never_fire(root: Path) -> None:
    """The 18 that ask for retirement and a major group, over all sub-major groups."""
    codes = read_crosswalk(root, "labels_isco08").codes
    every = sorted({code[:2] for code in codes.tolist()})
    groups = [group for group in every if group[1] != "0"]
    assert len(RULES) == 73
    assert len(groups) == 43
    dead = never(groups)
    assert dead == [k for k, rule in enumerate(RULES) if rule.activity == RETIRED and rule.groups]
    assert len(dead) == 18
    assert len(never(every)) == 10


def test_no_retired_person_of_a_sub_major_group_is_coded_as_retired() -> None:
    for group, status in product(("11", "26", "35", "44", "54", "63", "75", "83", "96"), (0, 1)):
        number = first(group, status, RETIRED, old=True)
        assert number is not None
        assert not RULES[number].result.startswith("8")
    assert RULES[first("", NOT_EMPLOYED, RETIRED, old=True) or 0].result == "8.8"
    assert first("11", MISSING, RETIRED, old=True) is None


def test_the_collapses_of_egp_fit_the_other_numbering_in_every_line(root: Path) -> None:
    for size, meaning in MEANT.items():
        table = read_crosswalk(root, f"egp11_to_egp{size}")
        shipped = [int(table.values[table.rows[str(k)], 0]) for k in range(1, 12)]
        assert shipped == [meaning[name] for name in OTHER]
        assert shipped != [meaning[name] for name in GANZEBOOM]


def test_the_labels_of_the_eleven_classes_number_them_as_ganzeboom_does(root: Path) -> None:
    labels = read_crosswalk(root, "labels_egp11")
    names = [labels.values[labels.rows[str(k)], 0].strip("'").split(":")[0] for k in range(1, 12)]
    assert tuple(names) == GANZEBOOM


def test_a_worker_without_subordinates_is_never_a_manager() -> None:
    """So Wright's low-skilled managers all supervise."""
    degrees = {management(0, *rest) for rest in product((0, 1, -1), (1, 2, 3, 4, -1))}
    assert degrees == {2, 3, 4, -1}


def test_exchanged_arguments_make_self_employed_professionals_managers() -> None:
    one, two = np.array(["1", "1"]), np.array(["2611", "2611"])
    none, own = np.array([0, 0]), np.array([1, 0])
    assert split(one, two, none, none, own).tolist() == ["2", "2"]
    assert split(one, two, none, own, none).tolist() == ["1", "2"]


def test_gaps_that_touch_few_persons_of_the_extract(found: dict[str, Count]) -> None:
    """Exactly eleven employees in nine persons; no skill in 127; incomes are not there."""
    assert found["isco08_to_ipics"].rows == 9
    assert found["isco88com_to_wright"].rows == 127
    assert found["isco88_to_ordc"].rows is None


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: f"{entry[0]}-{entry[2]}")
def test_worldclass_agrees_with_every_cell_of_a_reference_table(
    root: Path, entry: tuple[str, str, str]
) -> None:
    result = agree(*entry, read_crosswalk(root, entry[2]))
    assert result.cells > 0
    assert result.disagreements == 0


def test_worldclass_follows_the_documented_rules_in_every_cell(root: Path, survey: Persons) -> None:
    """Retired soldiers in ESEG have a class in worldclass alone."""
    for count in followed(root, survey):
        assert count.cells == count.gained_cells, count.what
        assert count.rows == count.gained_rows, count.what


def test_twenty_numbers_of_esco_name_the_armed_forces_and_another_group(root: Path) -> None:
    """The table fills 011, 021 and 031 up on the right, where a zero is lost on the left."""
    wrong = misplaced(root)
    assert len(wrong) == 20
    assert set(wrong.values()) == {("0110", "1100"), ("0210", "2100"), ("0310", "3100")}


def test_worldclass_converts_every_code_as_the_tables_do(root: Path) -> None:
    """But for the armed forces of ESCO."""
    rows = conversion_table(root).rows
    assert [row[2] for row in rows] == [0] * 7
    assert rows[-1][3] == 20


def test_no_class_of_the_extract_is_three_standard_errors_from_the_full_file(
    survey: Persons,
) -> None:
    for one in full_file().distribution:
        distance = distances(class_counts(one, survey), one.counts)
        assert np.abs(distance).max() < FAR, one.scheme


def test_the_sampling_error_of_a_whole_file_is_none() -> None:
    """Drawing everybody leaves nothing to chance; half of a file of two halves is one draw."""
    assert distances(np.array([5, 5]), (5, 5)).tolist() == [0.0, 0.0]
    half = distances(np.array([30, 20]), (50, 50))
    assert half == pytest.approx([0.1 / np.sqrt(0.25 / 50 * 50 / 99)] * 1 + [-half[0]])


def test_bands_and_digits() -> None:
    assert band(np.array([-1, 0, 1, 9, 10]), 1, 10).tolist() == [-1, 0, 1, 1, 2]
    assert digits(np.array(["2611", "0110", ""]), 2).tolist() == ["2600", "0100", ""]
