"""`worldclass.claims`: names, paths and theories become a table of verdicts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import worldclass as wc
from tests.claims.gauges import TOML, two_gauges, write_claim
from worldclass.claims.frame import COLUMNS, verdict_table
from worldclass.claims.query import choose_claims
from worldclass.core.errors import ClaimError, UsageError


def test_a_file_becomes_a_verdict_with_its_curve(tmp_path: Path) -> None:
    found = wc.claims(write_claim(tmp_path), cache=tmp_path / "cache")
    assert found.columns == list(COLUMNS)
    assert found.schema == pl.Schema(COLUMNS)
    assert found["verdict"].to_list() == ["depends"]
    assert found["unit"].to_list() == ["m"]
    assert found.evaluations["own-claim"].specifications.height == 4
    assert found.specifications.columns[:3] == ["claim", "specification", "level"]


def test_several_claims_keep_their_own_choices_in_one_table(tmp_path: Path) -> None:
    write_claim(tmp_path)
    other = TOML.replace("own-claim", "second").replace('"level"', '"height"')
    write_claim(tmp_path, other.replace('"$level"', '"$height"'), "second")
    seen: list[str] = []
    found = wc.claims(
        tmp_path, cache=False, draws=8, progress=lambda claim, done, of: seen.append(claim)
    )
    assert found["claim"].to_list() == ["own-claim", "second"]
    curves = found.specifications
    assert curves["level"].null_count() == curves["height"].null_count() == 4
    assert set(seen) == {"own-claim", "second"}


def test_a_claim_that_cannot_fail_gets_no_verdict(tmp_path: Path) -> None:
    file = write_claim(tmp_path, TOML.replace('"high - low"', '"abs(high - low)"').replace(
        '"> 0"', '">= 0"'))  # fmt: skip
    with pytest.raises(ClaimError, match="cannot fail"):
        wc.claims(file, cache=False)


def test_theories_and_claims_are_told_apart_by_name() -> None:
    bromma = choose_claims("bromma")
    assert {one.theory for one in bromma} == {"bromma"}
    assert choose_claims([bromma[0].id, bromma[0]]) == [bromma[0]]
    assert {one.theory for one in choose_claims(["bromma", "sakai"])} == {"bromma", "sakai"}
    assert len(choose_claims(None)) >= len(bromma)


@pytest.mark.parametrize("wrong", ["broma", "no-such-claim", "no/such/file.toml"])
def test_unknown_names_are_refused(wrong: str) -> None:
    with pytest.raises(ClaimError) as caught:
        wc.claims(wrong)
    assert caught.value.exit_code == 9
    assert caught.value.remedy


def test_two_claims_of_one_name_are_refused_and_an_empty_folder_too(tmp_path: Path) -> None:
    first, second = two_gauges(), two_gauges([1, 4])
    with pytest.raises(ClaimError, match="called 'made-for-a-test'"):
        wc.claims([first, second], cache=False)
    with pytest.raises(ClaimError, match="no claim file"):
        wc.claims(tmp_path)


def test_a_picture_of_no_claim_is_refused() -> None:
    with pytest.raises(UsageError, match="There is no claim"):
        verdict_table([]).plot()
    with pytest.raises(UsageError, match="No claim 'x'"):
        verdict_table([]).plot("x")


def test_a_part_of_a_table_of_verdicts_cannot_be_drawn_and_says_so() -> None:
    table = wc.claims([two_gauges()], cache=False)
    assert table.head(1).plot().to_dict() == table.plot().to_dict()
    with pytest.raises(UsageError, match="has no curves"):
        table.clone().plot()


def test_an_empty_question_gives_an_empty_table() -> None:
    found = wc.claims([])
    assert found.height == 0
    assert found.schema == pl.Schema(COLUMNS)
    assert found.specifications.height == 0
