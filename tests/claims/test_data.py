"""Where data lie, and how their content is known again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.claims.worlds_other import write_pay, write_trade
from worldclass.claims.data import IN_MIRROR, NAMES, Data, assumed, remedy_of
from worldclass.claims.quantities.pay import Pay
from worldclass.claims.quantities.pay import evaluate as pay
from worldclass.core.errors import SourceError
from worldclass.core.hashing import sha256
from worldclass.flows.store import open_store
from worldclass.people.snapshot import Snapshot


@pytest.fixture(autouse=True)
def _no_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)


def test_a_mirror_is_an_argument_or_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Data().file("events") is None
    assert Data().absent(("people", "events", "crises")) == ("events", "crises")
    file = tmp_path / IN_MIRROR["events"]
    file.parent.mkdir()
    file.write_text("day\n")
    (tmp_path / "world").mkdir()
    assert Data(mirror=tmp_path).file("events") == file
    assert Data(mirror=tmp_path).absent(("events", "crises")) == ("crises",)
    monkeypatch.setenv("WORLDCLASS_MIRROR", str(tmp_path))
    assert Data().fingerprint("events") == sha256(file)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file with dated protest events"):
        Data(events=tmp_path / "none.csv").fingerprint("events")


def test_a_fingerprint_follows_the_content(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("day\n")
    two.write_text("day\n")
    assert Data(events=one).fingerprint("events") == Data(events=two).fingerprint("events")
    two.write_text("day\n2020-06-01\n")
    assert Data(events=one).fingerprint("events") != Data(events=two).fingerprint("events")


def test_tables_of_the_package_are_known_by_their_content(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    assert Data().fingerprint("people") == snapshot.provenance["content_hash"]
    copied = tmp_path / "tables"
    shutil.copytree(open_store().folder, copied)
    assert Data(flows=copied).fingerprint("flows") == Data().fingerprint("flows")
    assert Data().fingerprint("none") == "none"


def test_assumptions_count_where_they_are_used() -> None:
    assert assumed(("people",)) != assumed(("flows", "people")) != assumed(("none",))
    assert assumed(("events",)) == assumed(("crises",)) != assumed(("crises", "people"))


def test_every_data_set_has_a_name_and_a_remedy() -> None:
    assert all(remedy_of(name) for name in NAMES)


def test_pay_of_ones_own_is_other_data(tmp_path: Path) -> None:
    own = Data(pay=write_pay(tmp_path / "pay.toml", 100))
    assert Data().fingerprint("pay") != own.fingerprint("pay")
    assert Data().file("pay") is not None
    (low, high) = pay([Pay(observation="india-warehouse-2020", money=m) for m in ("market", "ppp")],
                      [-1], own)[:, 0]  # fmt: skip
    assert high == pytest.approx(4 * low)


def test_ranges_of_bundles_beside_the_tables_are_part_of_them(tmp_path: Path) -> None:
    plain = Data(flows=write_trade(tmp_path / "plain", {2008: (0.1, 0.1)}))
    ranged = Data(flows=write_trade(tmp_path / "ranged", {2008: (0.1, 0.1)}, ranges=True))
    before = plain.fingerprint("flows")
    assert before is not None and str(ranged.fingerprint("flows")).startswith(before)
    assert ranged.fingerprint("flows") != before
