"""ILOSTAT's files become shares and counts of the sources we prefer."""

import gzip

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.ilostat import read_dictionary, read_ilostat

CODE = "EMP_TEMP_SEX_STE_NB_A"
HEADER = "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status,note_source"
DATA = f"/data/indicator/?id={CODE}&type=code&format=.csv.gz"
EMPLOYERS = {"classif1": "STE_ICSE93_2"}
ALL = {"classif1": "STE_ICSE93_TOTAL"}


def line(area, code, value, *, sex="SEX_T", year=2019, source="BA:1"):
    quoted = f'"{area}","{source}","EMP","{sex}","{code}","{year}"'
    return f"{quoted},{value},,"


def brazil(sex, employers, total, **options):
    return [
        line("BRA", "STE_ICSE93_2", employers, sex=sex, **options),
        line("BRA", "STE_ICSE93_TOTAL", total, sex=sex, **options),
    ]


def read(downloads, provider, **options):
    settings = {"indicator": "employer_share", "select": EMPLOYERS, "share_of": ALL} | options
    return read_ilostat(downloads, CODE, base=provider.base, **settings)


@pytest.fixture
def publish(provider, packed):
    return lambda *lines, header=HEADER: provider.on(DATA, packed("\n".join([header, *lines])))


def test_a_share_is_percent_of_the_employment_of_that_sex(provider, downloads, publish):
    publish(*brazil("SEX_F", 10, 400), *brazil("SEX_M", 40, 500), *brazil("SEX_T", 50, 900))
    frame = read(downloads, provider)
    assert frame.select("sex", "value").rows() == [
        ("female", 2.5),
        ("male", 8.0),
        ("total", pytest.approx(100 * 50 / 900)),
    ]
    assert frame["source"].unique().to_list() == [f"ILOSTAT {CODE} (BA:1)"]


def test_several_codes_are_added_and_all_are_needed(provider, downloads, publish):
    publish(
        *brazil("SEX_T", 50, 900),
        line("BRA", "STE_ICSE93_3", 250),
        line("IND", "STE_ICSE93_2", 7),
        line("IND", "STE_ICSE93_TOTAL", 100),
    )
    both = {"classif1": ("STE_ICSE93_2", "STE_ICSE93_3")}
    frame = read(downloads, provider, select=both, share_of=None, scale=1000.0)
    assert frame.select("iso3", "value").rows() == [("BRA", 300_000.0)]


def test_labour_force_surveys_come_before_other_sources(provider, downloads, publish):
    publish(
        *brazil("SEX_T", 1, 100, source="AA:9"),
        *brazil("SEX_T", 2, 100, source="BA:1"),
        *brazil("SEX_T", 3, 100, source="AA:9", year=2010),
    )
    frame = read(downloads, provider)
    assert frame.select("year", "value").rows() == [(2010, 3.0), (2019, 2.0)]


def test_the_best_source_of_an_edition_that_marks_it_is_kept(provider, downloads, packed):
    rows = [f"{r},1" for r in brazil("SEX_T", 4, 100)]
    rows += [f"{r},0" for r in brazil("SEX_T", 9, 100, source="BA:2")]
    provider.on(DATA, packed("\n".join([HEADER + ",best_source", *rows])))
    assert read(downloads, provider)["value"].to_list() == [4.0]


def test_regions_quarters_other_sexes_and_empty_values_are_left_out(provider, downloads, publish):
    publish(
        *brazil("SEX_T", 4, 100),
        *brazil("SEX_O", 1, 2),
        *brazil("SEX_T", "", 100, year=2018),
        line("BRA", "STE_ICSE93_2", 5, year="2019Q1"),
        line("X01", "STE_ICSE93_2", 5),
        line("X01", "STE_ICSE93_TOTAL", 50),
    )
    assert read(downloads, provider).height == 1


def test_a_data_set_without_sexes_is_for_everybody(provider, downloads, packed):
    code = "LAP_2GDP_NOC_RT_A"
    text = 'ref_area,source,indicator,time,obs_value,obs_status\n"BRA","XA:1","LAP","2019",60.1,\n'
    provider.on(DATA.replace(CODE, code), packed(text))
    frame = read_ilostat(downloads, code, indicator="labour_income_share", base=provider.base)
    assert frame.row(0)[:5] == ("BRA", 2019, "labour_income_share", "total", 60.1)


def test_plain_csv_under_a_gzip_name_is_read(provider, downloads):
    provider.on(DATA, "\n".join([HEADER, *brazil("SEX_T", 4, 100)]).encode())
    assert read(downloads, provider).height == 1


def test_an_unknown_code_is_named(provider, downloads, publish):
    publish(*brazil("SEX_T", 4, 100))
    with pytest.raises(SourceError, match="no STE_ICSE18_11 in 'classif1'"):
        read(downloads, provider, select={"classif1": "STE_ICSE18_11"})
    with pytest.raises(SourceError, match="lacks the columns classif2"):
        read(downloads, provider, select={"classif2": "X"})


GOOD = gzip.compress("\n".join([HEADER, *brazil("SEX_T", 4, 100)]).encode(), mtime=0)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (GOOD[:-12], "damaged or cannot be read"),
        (GOOD[:20] + b"\0\0\0\0" + GOOD[24:], "damaged or cannot be read"),
        (
            gzip.compress(b"<!doctype html><title>Sorry</title>", mtime=0),
            "web page instead of data",
        ),
        (b"<html></html>", "web page instead of data"),
        (
            gzip.compress(HEADER.replace("obs_value", "value").encode(), mtime=0),
            "lacks the columns obs_va",
        ),
        (gzip.compress(HEADER.encode() + b'\n"BRA\xe9"', mtime=0), "not UTF-8: line 2"),
        (gzip.compress(b"", mtime=0), "not a table"),
        (gzip.compress(HEADER.encode() + b"\na,b,c,d,e,f,g,h,i,j,k,l\n", mtime=0), "not a table"),
    ],
)
def test_another_file_is_refused_and_not_kept(provider, downloads, cached, body, complaint):
    provider.on(DATA, body)
    with pytest.raises(SourceError, match=complaint):
        read(downloads, provider)
    assert cached() == []


def test_a_value_that_is_no_number_is_an_error(provider, downloads, publish):
    publish(*brazil("SEX_T", "many", 100))
    with pytest.raises(SourceError, match="not a number"):
        read(downloads, provider)


def test_a_dictionary_gives_the_labels_of_codes(provider, downloads):
    text = 'sex,sex.label,sex.sort\n"SEX_F","Sex: Female",3\n"SEX_T","Sex: Total",1\n'
    provider.on("/metadata/dic/?var=sex&lang=en&format=.csv", text.encode())
    labels = read_dictionary(downloads, "sex", base=provider.base)
    assert labels == {"SEX_F": "Sex: Female", "SEX_T": "Sex: Total"}
