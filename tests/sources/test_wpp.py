"""Population by age and sex adds up as the United Nations publish it."""

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.wpp import FILE, read_wpp

HEADER = (
    "SortOrder,LocID,Notes,ISO3_code,ISO2_code,SDMX_code,LocTypeID,LocTypeName,ParentID,Location,"
    "VarID,Variant,Time,MidPeriod,AgeGrp,AgeGrpStart,AgeGrpSpan,PopMale,PopFemale,PopTotal"
)
AGES = ((0, 5, 10.0), (5, 5, 9.0), (10, 5, 8.0), (15, 50, 60.0), (65, 35, 6.5), (100, -1, 0.5))


def line(age, span, men, *, iso3="BRA", year=2019, variant="Medium"):
    area = f"1,76,,{iso3},BR,76,4,Country/Area,931,Brazil,2,{variant},{year},{year}.5"
    return f"{area},{age},{age},{span},{men},{men + 1},{2 * men + 1}"


def file(*, iso3="BRA", **options):
    return [line(*age, iso3=iso3, **options) for age in AGES]


def read(provider, downloads, text, packed, **options):
    provider.on(f"/{FILE}", packed(text))
    return read_wpp(downloads, base=provider.base, **options)


def test_broad_age_groups_are_persons_and_add_up(provider, downloads, packed):
    text = "\ufeff" + "\n".join([HEADER, *file(), *file(iso3=""), *file(year=2050)])
    frame = read(provider, downloads, text, packed)
    values = {(i, s): v for _, _, i, s, v, _ in frame.rows()}
    assert values["population", "male"] == pytest.approx(94_000)
    assert values["population_0_14", "female"] == pytest.approx(30_000)
    assert values["population_65plus", "total"] == pytest.approx(16_000)
    for sex in ("female", "male", "total"):
        whole = values["population", sex]
        assert values["population_0_14", sex] + values["population_15plus", sex] == whole
        parts = values["population_15_64", sex] + values["population_65plus", sex]
        assert parts == pytest.approx(values["population_15plus", sex])


def test_another_variant_is_refused(provider, downloads, packed):
    text = "\n".join([HEADER, *file(), *file(variant="High", year=2020)])
    with pytest.raises(SourceError, match="variants High, not only Medium"):
        read(provider, downloads, text, packed)


def test_an_age_group_that_occurs_twice_is_refused(provider, downloads, packed):
    text = "\n".join([HEADER, *file(), *file()])
    with pytest.raises(SourceError, match=r"age group occurs twice: \('BRA', 2019, 0\)"):
        read(provider, downloads, text, packed)


def test_changed_columns_are_refused_and_not_kept(provider, downloads, packed, cached):
    text = "\n".join([HEADER.replace("PopMale", "Men"), *file()])
    with pytest.raises(SourceError, match="lacks the columns PopMale"):
        read(provider, downloads, text, packed)
    assert cached() == []


def test_a_count_that_is_no_number_is_refused(provider, downloads, packed):
    text = "\n".join([HEADER, *file()]).replace("60.0", "sixty")
    with pytest.raises(SourceError, match="not a number"):
        read(provider, downloads, text, packed)


def test_a_file_of_another_hash_is_refused(provider, downloads, packed, cached):
    text = "\n".join([HEADER, *file()])
    with pytest.raises(SourceError, match="not the published one"):
        read(provider, downloads, text, packed, sha256="0" * 64)
    assert cached() == []
