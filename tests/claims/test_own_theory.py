"""A claim and a theory of one's own: two files, and the atlas measures them."""

from __future__ import annotations

from pathlib import Path

import pytest

import worldclass as wc

THEORY = """
id = "two-sides"
label = "Employers and all others"
version = "1"
description = "d"
citation = "c"
source_notes = "s"
lost = "l"
[[class]]
id = "employers"
label = "Employers"
when = "status = 'employer'"
[[class]]
id = "others"
label = "Others"
"""
CLAIM = """
id = "employers-are-few"
theory = "two-sides"
number = 1
label = "Employers are a small minority"
statement = "Fewer than one in twenty persons is an employer."
question = "how-many-employ"
kind = "empirical"
origin = "companion"
source = "None."
scope = "Brazil and India."
reading = "Persons of all ages."

[common]
country = "$country"
year = "$year"

[term.employers]
quantity = "class-size"
class = "employers"

[term.everybody]
quantity = "people-count"

[[part]]
id = "share"
label = "Employers"
unit = "percent of the people"
estimate = "100 * employers / everybody"
holds = "< 5"

[[choice]]
id = "country"
label = "Country"
reason = "Two large ones."
values = ["BRA", "IND"]

[[choice]]
id = "year"
label = "Year"
reason = "First and last."
values = [1991, 2023]
"""


@pytest.fixture
def claim(tmp_path: Path) -> Path:
    """The two files beside one another."""
    (tmp_path / "two-sides.toml").write_text(THEORY, encoding="utf-8")
    file = tmp_path / "employers-are-few.toml"
    file.write_text(CLAIM, encoding="utf-8")
    return file


def test_the_curve_is_what_the_atlas_says(claim: Path) -> None:
    found = wc.claims(claim, draws=4, cache=False)
    curve = found.specifications
    assert curve.height == 4
    for country, year, estimate in curve.select("country", "year", "estimate").rows():
        sizes = wc.atlas(
            claim.with_name("two-sides.toml"), country=country, year=int(year), sex="total", draws=0
        )
        share = sizes.filter(sizes["class"] == "employers")["share_population"][0]
        assert estimate == pytest.approx(100 * share, rel=1e-6)
    evidence = found.evaluations["employers-are-few"].evidence
    assert set(evidence) == {"class-size", "people-count"}
    assert all(one.sources for one in evidence.values())


def test_a_changed_theory_is_not_answered_from_what_was_kept(claim: Path, tmp_path: Path) -> None:
    first = wc.claims(claim, draws=4, cache=tmp_path / "cache")
    theory = claim.with_name("two-sides.toml")
    theory.write_text(
        THEORY.replace("status = 'employer'", "status in ('employer', 'own-account')"),
        encoding="utf-8",
    )
    again = wc.claims(claim, draws=4, cache=tmp_path / "cache")
    assert again["estimate"][0] > first["estimate"][0]


def test_a_class_that_the_theory_has_not_is_refused_with_the_nearest(claim: Path) -> None:
    claim.write_text(CLAIM.replace('class = "employers"', 'class = "employer"'), encoding="utf-8")
    with pytest.raises(wc.WorldclassError, match="no class of two-sides") as caught:
        wc.claims(claim, cache=False)
    assert "employers" in caught.value.remedy
