"""A manifest reads any table by the names in it, and says what is wrong with a file."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import OutputError, SourceError
from worldclass.sources.input_output.manifest import (
    load_manifest,
    read_manifest,
    write_manifest_template,
)

FILES = {
    "transactions.csv": """\
country,industry,United States|A,United States|M,Rest of the world|A,Rest of the world|M
United States,A,11,12,13,14
United States,M,21,22,23,24
Rest of the world,A,31,32,33,34
Rest of the world,M,41,42,43,44.5
""",
    "final_demand.csv": """\
country,industry,buyer,category,value
United States,A,United States,households,100
United States,M,United States,households,200
Rest of the world,A,United States,households,300
Rest of the world,M,United States,households,400
United States,A,Rest of the world,government,10
Rest of the world,M,Rest of the world,government,-4
""",
    "output.csv": """\
country,industry,value
United States,A,160
United States,M,290
Rest of the world,A,430
Rest of the world,M,566.5
""",
    "hours.csv": """\
country,industry,women,men
United States,A,1,2
United States,M,3,4
Rest of the world,A,5,6
Rest of the world,M,7,8
""",
    "persons.csv": """\
country,industry,sex,skill,persons
United States,A,F,basic,1.5
United States,A,M,basic,2.5
Rest of the world,M,F,advanced,3.5
""",
}


@pytest.fixture
def folder(tmp_path):
    """The template, with the files that it describes."""
    write_manifest_template(tmp_path / "table.toml")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(folder):
    return read_manifest(folder / "table.toml")


def test_the_template_describes_a_table_that_can_be_read(folder):
    table = read(folder)
    sectors = (("USA", "A"), ("USA", "M"), ("ROW", "A"), ("ROW", "M"))
    assert table.rows == table.columns == table.output_labels == sectors
    assert table.transactions.tolist()[3] == [41, 42, 43, 44.5]
    assert table.demand_columns == (("USA", "households"), ("ROW", "government"))
    assert table.final_demand.tolist() == [[100, 10], [200, 0], [300, 0], [400, -4]]
    assert table.output.tolist() == [160, 290, 430, 566.5]
    assert (table.unit, table.year, table.prices) == ("million USD", 2010, "current basic prices")
    assert "CC BY 4.0" in table.origin and "Author (year)" in table.origin
    assert table.industry_names == {"A": "Agriculture", "M": "Manufacturing"}


def test_accounts_tell_sexes_and_skills_apart(folder):
    accounts = read(folder).accounts
    hours, persons = accounts["hours"], accounts["persons"]
    assert hours.rows == ("hours: female", "hours: male")
    assert hours.values.tolist() == [[1, 3, 5, 7], [2, 4, 6, 8]]
    assert persons.rows == tuple(
        f"persons: {one}-skilled" for one in ("female, low", "male, low", "female, high")
    )
    assert persons.values.tolist() == [[1.5, 0, 0, 0], [2.5, 0, 0, 0], [0, 0, 0, 3.5]]
    assert persons.unit == "thousand persons"


def test_lines_and_columns_in_another_order_give_the_same_numbers(folder):
    one = read(folder)
    frame = pl.read_csv(folder / "transactions.csv", infer_schema=False)
    frame.select(sorted(frame.columns)).reverse().write_csv(folder / "transactions.csv")
    for name in ("final_demand", "output", "hours", "persons"):
        pl.read_csv(folder / f"{name}.csv", infer_schema=False).reverse().write_csv(
            folder / f"{name}.csv"
        )
    two = read(folder)
    order = [two.rows.index(label) for label in one.rows]
    assert two.rows != one.rows and two.rows == two.columns
    assert np.array_equal(two.transactions[np.ix_(order, order)], one.transactions)
    at = dict(zip(two.output_labels, two.output, strict=True))
    assert [at[label] for label in one.rows] == one.output.tolist()
    assert np.array_equal(two.accounts["hours"].values[:, order], one.accounts["hours"].values)


def test_parquet_holds_the_same_table(folder):
    one = read(folder)
    for name in ("transactions", "final_demand", "output", "hours", "persons"):
        pl.read_csv(folder / f"{name}.csv").write_parquet(folder / f"{name}.parquet")
        edit(folder / "table.toml", f'"{name}.csv"', f'"{name}.parquet"')
    two = read(folder)
    assert np.array_equal(one.transactions, two.transactions) and one.rows == two.rows
    assert np.array_equal(one.final_demand, two.final_demand)


def test_the_long_layout_is_the_same_table(folder):
    one = read(folder)
    wide = pl.read_csv(folder / "transactions.csv", infer_schema=False)
    long = wide.unpivot(index=["country", "industry"]).with_columns(
        pl.col("variable").str.split_exact("|", 1).struct.unnest()
    )
    long = long.rename({"field_0": "buyer_country", "field_1": "buyer_industry"})
    long.drop("variable").sample(fraction=1, shuffle=True, seed=3).write_csv(
        folder / "transactions.csv"
    )
    edit(folder / "table.toml", 'layout = "wide"\nseller', 'layout = "long"\nseller')
    two = read(folder)
    order = [two.rows.index(label) for label in one.rows]
    assert np.array_equal(two.transactions[np.ix_(order, order)], one.transactions)


def test_two_lines_of_headings_and_european_numbers(folder):
    one = read(folder)
    lines = FILES["transactions.csv"].splitlines()
    heads = [cell.split("|") for cell in lines[0].split(",")[2:]]
    upper = ["", "", *(country for country, _ in heads)]
    lower = ["country", "industry", *(industry for _, industry in heads)]
    body = [line.replace(",", ";").replace("44.5", "44,50") for line in lines[1:]]
    body[0] = body[0].replace(";11;", ";1.234.567,5;")
    text = "\n".join([";".join(upper), ";".join(lower), *body]) + "\n"
    (folder / "transactions.csv").write_text("\ufeff" + text, encoding="utf-8")
    for name in ("final_demand", "output", "hours", "persons"):
        text = FILES[f"{name}.csv"].replace(",", ";").replace(".5", ",5")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    manifest = folder / "table.toml"
    edit(manifest, 'delimiter = ","', 'delimiter = ";"')
    edit(manifest, 'decimal = "."', 'decimal = ","')
    edit(manifest, 'thousands = "" ', 'thousands = "."')
    edit(manifest, "header_rows = 1", "header_rows = 2")
    two = read(folder)
    assert two.transactions[0, 0] == 1234567.5
    assert np.array_equal(two.transactions[1:], one.transactions[1:])
    assert np.array_equal(two.output, one.output)


def test_a_table_of_one_country_needs_no_column_of_countries(tmp_path):
    (tmp_path / "z.csv").write_text("industry,A,M\nA,150,500\nM,200,100\n")
    (tmp_path / "y.csv").write_text("industry,final\nA,350\nM,1700\n")
    (tmp_path / "m.toml").write_text(
        'name = "Miller and Blair 2.3"\nyear = 2009\nunit = "USD"\nprices = "current"\n'
        'citation = "Miller and Blair (2009)."\nlicence = "facts"\ncountry = "USA"\n'
        '[transactions]\nfile = "z.csv"\nlayout = "wide"\nseller_industry = "industry"\n'
        '[final_demand]\nfile = "y.csv"\nlayout = "wide"\nseller_industry = "industry"\n'
    )
    table = read_manifest(tmp_path / "m.toml")
    assert table.rows == (("USA", "A"), ("USA", "M"))
    assert (table.transactions.sum(1) + table.final_demand.sum(1)).tolist() == [1000, 2000]
    assert table.demand_columns == (("USA", "final"),) and table.output is None


SPOILED = {
    "text for a number": (
        "transactions.csv",
        ",22,",
        ",n.a.,",
        r"Line 3, column .*M' \('n\.a\.'\)",
    ),
    "infinity": ("transactions.csv", ",22,", ",inf,", r"'inf'\) is not a number"),
    "not a number": ("output.csv", "290", "NaN", r"'NaN'\) is not a number"),
    "grouped digits": ("output.csv", "430", '"4,300"', r"'4,300'\) is not a number"),
    "empty cell": ("transactions.csv", ",22,", ",,", r"Line 3, column 'United States\|M' is empty"),
    "missing seller": (
        "transactions.csv",
        "Rest of the world,M,41,42,43,44.5\n",
        "",
        r"'Rest of the world\|M' \(ROW M\) is a column but has no line",
    ),
    "missing buyer": (
        "transactions.csv",
        "Rest of the world|M",
        "Rest of the world|N",
        r"world\|N' \(ROW N\) is a column but .* 'Rest of the world\|M' \(ROW M\) has a line",
    ),
    "country left out": (
        "transactions.csv",
        "United States,A,11",
        "Norway,A,11",
        "'Norway': neither an ISO3 code of a country nor a declared region",
    ),
    "buyer of demand unknown": (
        "final_demand.csv",
        "A,United States,households",
        "A,ZZZ,households",
        "'ZZZ': neither an ISO3 code",
    ),
    "seller twice": (
        "transactions.csv",
        "Rest of the world,M,",
        "Rest of the world,A,",
        "The seller ROW A occurs twice, in lines 4 and 5",
    ),
    "heading twice": (
        "transactions.csv",
        "United States|M",
        "United States|A",
        r"1 headings occur twice: United States\|A",
    ),
    "heading without country": (
        "transactions.csv",
        "United States|M",
        "Manufacturing",
        "'Manufacturing' is not a country and an industry",
    ),
    "label empty": ("transactions.csv", "United States,M,", "United States,,", "line 3"),
    "another sector in demand": (
        "final_demand.csv",
        "Rest of the world,A,",
        "Rest of the World,A,",
        "'Rest of the World': neither",
    ),
    "pair twice": (
        "final_demand.csv",
        "United States,M,United States",
        "United States,A,United States",
        "USA A to USA households occurs twice, in lines 2 and 3",
    ),
    "sector missing in output": ("output.csv", "United States,M,290\n", "", "1 missing: USA M"),
    "sector missing in account": ("hours.csv", "United States,M,3,4\n", "", "1 missing: USA M"),
    "sector twice in account": (
        "persons.csv",
        "United States,A,M,basic",
        "United States,A,F,basic",
        "persons: female, low-skilled: the sector USA A occurs twice, in lines 2 and 3",
    ),
    "unknown sex": ("persons.csv", ",F,basic", ",W,basic", "'sex' holds 'W'; known are F, M, fem"),
    "column missing": ("hours.csv", "women", "woman", "lacks the columns women; it has 'country'"),
    "another delimiter": ("output.csv", ",", ";", "Is the delimiter right"),
    "too many cells": ("output.csv", "160", "160,1,2", "not a table of this format"),
}


@pytest.mark.parametrize("case", SPOILED, ids=list(SPOILED))
def test_a_spoiled_file_is_named_with_the_place(folder, case):
    name, old, new, message = SPOILED[case]
    edit(folder / name, old, new)
    with pytest.raises(SourceError, match=message) as caught:
        read(folder)
    assert name in caught.value.where and caught.value.remedy


@pytest.mark.parametrize("absent", [True, False])
def test_absent_pairs_and_cells_are_errors_unless_stated_to_be_zero(folder, absent):
    manifest = folder / "table.toml"
    if absent:
        edit(folder / "transactions.csv", ",22,", ",,")
        edit(manifest, 'absent = "error" ', 'absent = "zero"')
        assert read(folder).transactions[1, 1] == 0.0
    else:
        edit(manifest, 'value = "value"\nabsent = "zero"', 'value = "value"\nabsent = "error"')
        with pytest.raises(
            SourceError, match="2 pairs have no line, the first is USA M to ROW gov"
        ):
            read(folder)


def test_a_missing_line_of_an_account_is_an_error_where_absent_is(folder):
    edit(folder / "table.toml", 'high" }\nabsent = "zero"', 'high" }')
    edit(
        folder / "persons.csv",
        "Rest of the world,M,F,advanced,3.5\n",
        "Rest of the world,M,F,basic,3.5\nRest of the world,A,F,basic,1\n"
        "United States,M,F,basic,1\n",
    )
    with pytest.raises(SourceError, match="3 values of the account 'persons' have no line"):
        read(folder)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../transactions.csv", "leads out of the manifest's folder"),
        ("/etc/hostname", "leads out"),
        ("a\\\\b.csv", "leads out"),
        ("link.csv", "leads out"),
        ("circle.csv", "leads out"),
        ("none.csv", "There is no file 'none.csv'"),
        ("below", "There is no file 'below'"),
        ("empty.csv", "'empty.csv' is empty"),
        ("table.toml", "neither .csv nor .parquet"),
        ("header.csv", "No line is below the header"),
        ("latin.csv", "not a table of this format"),
        ("broken.parquet", "not a table of this format"),
    ],
)
def test_a_path_that_cannot_be_meant_is_refused(folder, path, message):
    (folder / "below").mkdir()
    (folder / "link.csv").symlink_to(__file__)
    (folder / "circle.csv").symlink_to(folder / "circle.csv")
    (folder / "empty.csv").touch()
    (folder / "header.csv").write_text("country,industry,USA|A\n")
    (folder / "latin.csv").write_bytes("país,industry\nEspaña,1\n".encode("latin-1"))
    (folder / "broken.parquet").write_bytes(b"PAR1 no")
    edit(folder / "table.toml", '"transactions.csv"', json.dumps(path.replace("\\\\", "\\")))
    with pytest.raises(SourceError, match=message):
        read(folder)


def test_a_file_too_large_is_refused(folder):
    with pytest.raises(SourceError, match=r"has \d+ bytes; at most 50 are read"):
        read_manifest(folder / "table.toml", most_bytes=50)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('unit = "million USD" ', 'unit = ""', "unit"),
        ("year = 2010", 'year = "MMX"', "year"),
        ('file = "output.csv"', 'file = "output.csv"\nunit = "EUR"', "output.unit is 'EUR'"),
        ('decimal = "."', 'decimal = ";"', r"csv\.decimal"),
        ('thousands = "" ', 'thousands = "."', "decimal and thousands are both"),
        ('layout = "wide"\nseller', 'layout = "square"\nseller', r"transactions\.layout"),
        ('sex = "female"', 'sex = "women"', r"columns\[1\]\.sex"),
        (
            'name = "hours"\nunit = "million hours"',
            'name = "persons"\nunit = "persons"',
            "twice: p",
        ),
        ('unit = "million USD" ', 'unit = "USD millions"', "did you mean 'million USD'"),
        ('unit = "million USD" ', 'unit = "furlongs"', "unit: no known unit of money; write thous"),
        (
            '"million hours"',
            '"furlongs"',
            r"account\[1\]: hours cannot be in 'furlongs'; known are ho",
        ),
        ('"thousand persons"', '"1000 persons"', "persons cannot be in .* persons, th"),
        ("[industry_names]", '[regions]\nFRA = "France"\n[industry_names]', "FRA is a country's"),
        ('licence = "CC BY 4.0"', "", "Key 'licence' is missing"),
        ('absent = "error" ', 'missing = "zero"', "Key 'transactions.missing' is not known"),
        ('name = "men"', 'name = "women"', "columns named twice: women"),
        ('# country = "USA"', 'country = "USA"\n#', "one line of headings"),
    ],
)
def test_a_manifest_that_contradicts_itself_is_refused(folder, old, new, message):
    if "headings" in message:
        edit(folder / "table.toml", "header_rows = 1", "header_rows = 2")
    edit(folder / "table.toml", old, new)
    with pytest.raises(SourceError, match=message):
        load_manifest(folder / "table.toml")


@pytest.mark.parametrize("unit", ["thousand EUR", "USD", "billion national currency"])
def test_units_of_money_need_not_be_dollars(folder, unit):
    edit(folder / "table.toml", 'unit = "million USD" ', f"unit = {unit!r}")
    assert read(folder).unit == unit


def test_an_account_of_another_name_has_any_unit(folder):
    edit(folder / "table.toml", 'name = "persons"', 'name = "emissions"')
    edit(folder / "table.toml", '"thousand persons"', '"kilotonnes of carbon dioxide"')
    assert read(folder).accounts["emissions"].unit == "kilotonnes of carbon dioxide"


def test_a_code_of_ones_own_is_a_region_where_declared(folder):
    edit(folder / "table.toml", '"Rest of the world" = "ROW"', '"Rest of the world" = "ZZZ"')
    with pytest.raises(SourceError, match=r"'ZZZ' \(for 'Rest of the world' under \[countries\]\)"):
        read(folder)
    edit(folder / "table.toml", "[industry_names]", '[regions]\nZZZ = "Rest"\n[industry_names]')
    assert ("ZZZ", "A") in read(folder).rows


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Norway", "Write 'Norway' = 'NOR'"), ("Rest of the World", "mean 'Rest of the world'")],
)
def test_a_country_left_out_is_offered(folder, name, hint):
    edit(folder / "final_demand.csv", "Rest of the world,A,", f"{name},A,")
    with pytest.raises(SourceError) as caught:
        read(folder)
    assert hint in caught.value.remedy


def test_of_long_transactions_a_buyer_that_never_sells_is_named(folder):
    (folder / "transactions.csv").write_text(
        "country,industry,buyer_country,buyer_industry,value\n"
        "United States,A,United States,A,1\nUnited States,A,Rest of the world,M,2\n"
    )
    edit(folder / "table.toml", 'layout = "wide"\nseller', 'layout = "long"\nseller')
    words = r"'Rest of the world\|M' \(ROW M\) buys but never sells"
    with pytest.raises(SourceError, match=words):
        read(folder)


def test_the_template_never_overwrites(tmp_path):
    target = write_manifest_template(tmp_path / "a.toml")
    before = target.read_text()
    with pytest.raises(SourceError, match="already"):
        write_manifest_template(target)
    assert target.read_text() == before
    with pytest.raises(OutputError):
        write_manifest_template(tmp_path / "none" / "a.toml")
