"""`worldclass flows` prints, writes and refuses as it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Ended
from worldclass.sources.mirror import Mirror

Run = Callable[..., Ended]
COLUMNS = [
    "year", "producer", "consumer", "sector", "sex", "measure", "unit", "value", "p05", "p95",
]  # fmt: skip


def test_the_balance_names_who_takes_and_who_gives(command: Run) -> None:
    ended = command("flows", "--year", "2008", "--draws", "0")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert "Hours of 2008, billion hours" in lines[0]
    first = next(line for line in lines if line.strip().startswith("USA"))
    last = next(line for line in lines if line.strip().startswith("China"))
    assert lines.index(first) < lines.index(last)
    assert "Net: commanded less given" in ended.err


def test_the_written_table_has_the_shape_of_the_design(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "flows.parquet"
    ended = command("flows", "--year", "2008", "--by", "country,sex", "--draws", "4", "--out", out)
    assert ended.code == 0
    frame = pl.read_parquet(out)
    assert frame.columns == COLUMNS
    assert set(frame["sex"]) == {"female", "male", "total"}


def test_groups_through_time_say_which_years_are_absent(command: Run) -> None:
    ended = command(
        "flows", "-y", "1995:2011", "-g", "NORTH", "-g", "SOUTH", "--draws", "0"
    )  # fmt: skip
    assert "Net through time" in ended.out
    assert "No table of 2003, 2009" in ended.err


def test_a_group_of_ones_own(command: Run) -> None:
    ended = command(
        "flows", "-y", "2008", "--by", "pair", "-g", "BRICS=BRA,RUS,IND,CHN", "--draws", "0"
    )  # fmt: skip
    assert "BRICS" in ended.out
    assert "All others" in ended.out


def test_exchange_prices_hours_at_both_wages(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "exchange.csv"
    assert command("flows", "exchange", "-y", "2008", "--draws", "0", "--out", out).code == 0
    frame = pl.read_csv(out)
    assert frame.columns == COLUMNS
    south = frame.filter(pl.col("producer") == "SOUTH")
    value = dict(south.select("measure", "value").iter_rows())
    assert value["wage_value_other"] == pytest.approx(
        value["hours_gross"] * value["hourly_pay_other"]
    )
    assert value["hourly_pay_own"] < value["hourly_pay_other"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--year", "2003"), 2, "no input-output table of 2003"),
        (("--by", "moon"), 2, "told apart by 'moon'"),
        (("--group", "=USA"), 2, "names no group"),
        (("--group", "NORTH", "--group", "NORTH"), 2, "given twice"),
        (("--out", "flows.xlsx"), 6, ".xlsx"),
        (("--table", "/nowhere"), 4, "no such file or folder"),
        (("paths", "USA"), 4, "needs the input-output table itself"),
        (("change", "2008", "1995"), 2, "2008 is not before 1995"),
        (("--year", "2008:1995"), 2, "starts after its end"),
        (("--sex", "female", "--account", "pay"), 2, "not told apart by sex"),
        (("--kind", "map"), 2, "none is asked for"),
        (("--kind", "sankey", "--picture", "x.png"), 2, "needs pairs"),
        (("--picture", "flows.xlsx"), 6, "cannot be written as .xlsx"),
        (("--balance", "scale"), 2, "embedded tables are solved already"),
        (("--country", "BGD"), 2, "Bangladesh (BGD) is part of ROW"),
        (("--country", "NORTH"), 2, "Use --group NORTH"),
        (("--group", "NORTH", "--group", "SOUTH", "--group", "REST"), 2, "No country is left"),
        (("exploitation", "--definition", "all", "--bands", "4"), 2, "without classes and bands"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    ended = command("flows", *arguments)
    assert ended.code == code
    assert words in ended.err


@pytest.mark.parametrize("sex", ["female", "male", "total"])
@pytest.mark.parametrize("by", ["country", "pair", "country,sector", "pair,sector"])
def test_the_sex_asked_for_is_the_one_shown(command: Run, by: str, sex: str) -> None:
    ended = command("flows", "-y", "2008", "--by", by, "--sex", sex, "--draws", "0")
    assert ended.code == 0
    words = {"female": "Hours of women, 2008", "male": "Hours of men, 2008"}
    assert words.get(sex, "Hours of 2008") in ended.out.splitlines()[0]


def test_sectors_and_sexes_show_what_is_given_and_commanded(command: Run) -> None:
    ended = command("flows", "-y", "2008", "--by", "country,sector,sex", "--draws", "0")
    for heading in ("given", "commanded", "exported", "imported", "net"):
        assert heading in ended.out
    assert {"women", "men"} <= set(ended.out.split())
    assert "both" not in ended.out.split(), "the total of both sexes is left out"
    industries = command(
        "flows", "-y", "2008", "--by", "country,industry", "-c", "IND", "--draws", "0"
    )
    assert "c4 Textiles and Textile Products" in industries.out


def test_flows_within_places_are_said_to_be_left_out(command: Run) -> None:
    ended = command("flows", "-y", "2008", "--by", "pair,sector", "--draws", "0")
    assert "without what places work for themselves" in ended.out


def test_a_matrix_with_pairs_left_out_keeps_its_columns(command: Run) -> None:
    ended = command(
        "flows", "-y", "2008", "--by", "pair", "-g", "NORTH", "-g", "SOUTH", "-c", "NORTH",
        "--draws", "0",
    )  # fmt: skip
    south = next(line for line in ended.out.splitlines() if line.strip().startswith("South"))
    assert south.split()[-1] == "–"


def test_a_range_that_ends_in_an_absent_year_says_so(command: Run) -> None:
    ended = command("flows", "-y", "2009:2010", "-g", "NORTH", "-g", "REST", "--draws", "0")
    assert ended.code == 0
    assert "No table of 2009" in ended.err
    assert "All others" in ended.out


def test_exchange_through_time_has_years_in_columns(command: Run) -> None:
    ended = command("flows", "exchange", "-y", "2006:2008", "--draws", "0")
    heading = next(line for line in ended.out.splitlines() if "from → to" in line)
    assert heading.split()[-3:] == ["2006", "2007", "2008"]
    assert ended.out.count("hours, net") == 1, "each pair once"
    assert "paid to the producers" in ended.out


def test_bands_are_printed_and_no_draws_are_one_dash(command: Run) -> None:
    ended = command("flows", "exploitation", "--bands", "4", "--draws", "0")
    assert "4/4" in ended.out
    assert "–––" not in ended.out
    assert "no-own-income" in ended.out


def test_theories_of_welfare_are_sent_to_persons(command: Run) -> None:
    assert "use --unit persons" in command("flows", "exploitation", "-t", "pew", "--draws", "0").err
    persons = command("flows", "exploitation", "-t", "pew", "--unit", "persons", "--draws", "0")
    assert "use --unit persons" not in persons.err


def test_correspondence_shows_verdicts_and_strength(command: Run) -> None:
    ended = command("flows", "exploitation", "--correspondence", "--draws", "0")
    assert "verdict" in ended.out
    assert "holds" in ended.out
    assert "income tenth" in ended.out


def test_scenarios_that_ship_are_listed(command: Run) -> None:
    assert "two-blocs" in command("flows", "scenario", "list").out


def test_analyses_run_on_the_table_itself(command: Run, mirror: Mirror, tmp_path: Path) -> None:
    place = ("--table", mirror.root, "--year", "1995")
    out = tmp_path / "paths.csv"
    assert command("flows", "paths", "USA", "--share", "0.01", *place, "--out", out).code == 0
    assert pl.read_csv(out)["cumulative"].max() < 1  # type: ignore[operator]
    trade = command("flows", "trade", *place)
    assert "world ratio 0.78" in trade.out
    assert "Cyprus" in trade.out, "every country is shown"
    assert "rows that do not balance" in trade.err, "repairs of the table are said"
    assert "Productive: yes" in command("flows", "check", mirror.root, "--year", "1995").out
    ended = command("flows", "scenario", "two-blocs", "--draws", "0", *place)
    assert ended.code == 0
    assert "not a forecast" in ended.err


def test_value_added_in_exports_is_that_of_the_documentation(
    command: Run, mirror: Mirror, tmp_path: Path
) -> None:
    out = tmp_path / "trade.csv"
    ended = command("flows", "trade", "--table", mirror.root, "--year", "2011", "--out", out)
    assert "world ratio 0.725" in ended.out
    ratio = dict(pl.read_csv(out).select("producer", "vax_ratio").iter_rows())
    assert (round(ratio["CHN"], 3), round(ratio["DEU"], 3)) == (0.754, 0.693)


def test_chains_by_contributor_take_industries_by_name(command: Run, mirror: Mirror) -> None:
    place = ("--table", mirror.root, "--year", "1995")
    ended = command(
        "flows", "chains", "--industry", "transport equipment", "-c", "DEU", "--by", "contributor",
        *place,
    )  # fmt: skip
    first = next(line for line in ended.out.splitlines() if "Germany" in line)
    assert float(first.split()[-1]) > 50
    assert command("flows", "chains", "--industry", "moon", *place).code == 2


def test_paths_abroad_leave_out_work_at_home(command: Run, mirror: Mirror, tmp_path: Path) -> None:
    place = ("--table", mirror.root, "--year", "1995")
    out = tmp_path / "paths.csv"
    ended = command("flows", "paths", "USA", "--abroad", "--sex", "female", *place, "--out", out)
    assert "Hours of women" in ended.out
    assert "USA" not in pl.read_csv(out)["producer"].to_list()
    refused = command("flows", "paths", "NORTH", *place)
    assert (refused.code, "Use a country" in refused.err) == (2, True)


def test_change_shows_all_factors_and_takes_inflation_out(command: Run, mirror: Mirror) -> None:
    place = ("change", "1995", "1996", "--table", mirror.root)
    plain = command("flows", *place)
    assert plain.out.count("level of final demand") == 8, "four pairs, two sexes"
    assert "--deflate FACTOR" in plain.err
    deflated = command("flows", *place, "--deflate", "1.02")
    assert "at prices of 1995" in deflated.err
    assert deflated.out != plain.out


def test_published_employment_by_section_takes_the_place_of_the_rule(
    command: Run, tmp_path: Path
) -> None:
    """Half of India's women in industry work in manufacturing, by a table of one's own."""
    letters = {"A": 100, "B": 1, "C": 50, "DE": 1, "F": 48, "G": 30, "HJ": 10, "I": 10, "K": 5,
               "LMN": 10, "O": 5, "P": 20, "Q": 10, "RSTU": 10}  # fmt: skip
    rows = [("IND", 2008, one, sex, count) for one, count in letters.items()
            for sex in ("female", "male")]  # fmt: skip
    names = ["iso3", "year", "sections", "sex", "persons_thousand"]
    given, out = tmp_path / "sections.csv", tmp_path / "out.csv"
    pl.DataFrame(rows, schema=names, orient="row").write_csv(given)
    place = ("flows", "-y", "2008", "-c", "IND", "--by", "country,sector,sex", "--draws", "0")
    assert command(*place, "--account", "persons", "--sections", given, "--out", out).code == 0
    frame = pl.read_csv(out).filter(pl.col("measure") == "persons_given", pl.col("sex") == "female")
    women = dict(frame.select("sector", "value").iter_rows())
    industry = sum(women[one] for one in ("mining", "manufacturing", "utilities", "construction"))
    assert women["manufacturing"] / industry == pytest.approx(0.5, abs=0.02)
    ended = command(*place, "--sections", tmp_path / "absent.csv")
    assert (ended.code, "cannot be read" in ended.err) == (4, True)


def test_skill_and_labour_are_refused_where_they_mean_nothing(command: Run) -> None:
    ended = command("flows", "-y", "2008", "--skill", "low", "--draws", "0")
    assert (ended.code, "knows no skill" in ended.err) == (2, True)
    ended = command("flows", "-y", "2008", "--skill", "great", "--draws", "0")
    assert (ended.code, "low, medium, high" in ended.err) == (2, True)
    ended = command("flows", "-y", "2008", "--labour", "mine", "--draws", "0")
    assert (ended.code, "auto, table, estimate" in ended.err) == (2, True)


def test_every_amount_stands_over_its_interval(command: Run, tmp_path: Path) -> None:
    out = tmp_path / "flows.parquet"
    ended = command("flows", "-y", "2007:2008", "-g", "NORTH", "-g", "SOUTH", "--draws", "16",
                    "--out", out)  # fmt: skip
    frame = pl.read_parquet(out).filter(pl.col("year") == 2008)
    lines = ended.out.splitlines()
    assert "below each number its 5–95 % interval" in lines[0]
    row = next(at for at, line in enumerate(lines) if line.strip().startswith("North"))
    numbers, intervals = lines[row].split()[1:], re.split(r"\s{2,}", lines[row + 1].strip())
    assert len(numbers) == len(intervals) == 6
    ratio = frame.filter(pl.col("measure") == "hours_ratio", pl.col("consumer") == "NORTH")
    value, low, high = ratio.select("value", "p05", "p95").row(0)
    assert numbers[-1] == f"{value:.3g}" and intervals[-1] == f"{low:.3g}–{high:.3g}"
    through = lines.index(next(line for line in lines if "Net through time" in line))
    ends = [
        line
        for line in lines[through:]
        if re.fullmatch(r" *\S+(–| to )\S+ +\S+(–| to )\S+ *", line)
    ]
    assert len(ends) == 2


def test_shares_of_a_class_say_of_what_they_are(command: Run) -> None:
    ended = command("flows", "exploitation", "--draws", "8")
    heading = " ".join(ended.out.split())
    assert "% of persons % of persons" in heading and "who command" in heading
    proletariat = next(
        at for at, line in enumerate(ended.out.splitlines()) if "proletariat" in line
    )
    below = ended.out.splitlines()[proletariat + 1]
    assert len(re.findall(r"[\d.]+–[\d.]+", below)) == 3
    assert "Persons are central estimates" in ended.err


@pytest.mark.parametrize("what", [(), ("exchange",)])
def test_a_refused_year_names_those_that_are_absent_within_the_span(
    command: Run, what: tuple[str, ...]
) -> None:
    ended = command("flows", *what, "--year", "2020")
    assert ended.code == 2
    assert "from 1995 to 2011" in ended.err and "2003 or 2009" in ended.err
