"""Bridges from the industries of tables to classes."""

import csv
from pathlib import Path

import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.labour.bridges import SHIPPED, classify_industries, read_bridge
from worldclass.flows.labour.classes import GROUPS, industry_classes
from worldclass.sources.mirror import Mirror


@pytest.mark.parametrize("bridge", SHIPPED)
def test_every_shipped_bridge_leads_to_every_kind_of_industry(bridge: str) -> None:
    classes = industry_classes()
    groups = {classes[name].group for name in read_bridge(bridge).values()}
    assert groups == set(GROUPS)


def test_broad_sectors_are_those_that_the_mirror_lists(mirror: Mirror) -> None:
    text = (mirror.root / "wiod2013" / "industries.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    found = classify_industries([row["code"] for row in rows], "wiod2013")
    assert [one.sector for one in found] == [row["broad_sector"] for row in rows]


def test_all_industries_of_the_2016_release_are_known(mirror: Mirror) -> None:
    text = (mirror.root / "niot" / "industries_isic4.csv").read_text(encoding="utf-8")
    codes = [row["code"] for row in csv.DictReader(text.splitlines())]
    found = classify_industries(codes, "wiod2016")
    assert len(found) == 56
    letters = {code: one.sector for code, one in zip(codes, found, strict=True)}
    assert letters["E37-E39"] == "industry" and letters["J58"] == "services"


def test_exiobase_knows_its_163_industries_by_name_and_by_code() -> None:
    table = read_bridge("exiobase3")
    codes = [code for code in table if code.startswith("i") and code[1:3].isdigit()]
    assert len(codes) == 163 and len(table) == 326
    assert table["i18"] == "clothing"
    assert table["Cultivation of paddy rice"] == table["i01.a"] == "farming"


def test_unknown_industries_are_named_with_the_remedy() -> None:
    with pytest.raises(UsageError, match=r"2 industries: X1, X2") as caught:
        classify_industries(["c1", "X1", "X2", "X1"], "wiod2013")
    assert "CSV file" in caught.value.remedy
    with pytest.raises(UsageError, match="no bridge 'gloria'"):
        read_bridge("gloria")


def test_a_bridge_of_ones_own_is_read_and_checked(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("code,name,class,reason\nK1,Looms,textiles,cloth\n", encoding="utf-8")
    assert classify_industries(["K1"], own)[0].name == "textiles"
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,name,class,reason\nK1,Looms,weaving,cloth\n", encoding="utf-8")
    with pytest.raises(UsageError, match="unknown class 'weaving'"):
        read_bridge(wrong)
    twice = tmp_path / "twice.csv"
    twice.write_text("code,name,class,reason\nK,a,food,x\nK,b,food,x\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 3"):
        read_bridge(twice)
    short = tmp_path / "short.csv"
    short.write_text("code,class\nK,food\n", encoding="utf-8")
    with pytest.raises(UsageError, match="name, reason"):
        read_bridge(short)
