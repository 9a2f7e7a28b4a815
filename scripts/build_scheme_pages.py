"""Write a page for each occupational scheme, from the scheme's own file.

    python scripts/build_scheme_pages.py build/docs/docs/schemes

Everything on a page is computed when it is written: the check, the coverage, the SQL and the
result of the example. `scripts/stage_docs.py` calls this for the documentation site.
"""

from __future__ import annotations

import csv
import sys
import warnings
from pathlib import Path

import polars as pl

import worldclass as wc
from worldclass.schemes.check import check_scheme
from worldclass.schemes.compile import CodingTable, compile_scheme, simplification
from worldclass.schemes.library import list_schemes, load_scheme, occupations_of, table_file
from worldclass.schemes.plan import status_used
from worldclass.schemes.schema import Scheme
from worldclass.schemes.sql import scheme_query
from worldclass.surveys.columns import status_columns

EXAMPLE_CODES = {
    "isco08": ("2310", "1120", "5223", "6111", "99x"),
    "isco88": ("2310", "1210", "5220", "6111", "99x"),
    "isco88com": ("2310", "1210", "5220", "6111", "99x"),
    "isco68": ("1310", "2111", "4513", "6111", "99x"),
}
EXAMPLE_VALUES: dict[str, tuple[object, ...]] = {
    "self_employed": (0, 0, 1, 1, 0),
    "supervisor": (0, 1, 0, 0, 0),
    "employees": (0, 40, 0, 3, 0),
    "control_work": (4, 10, 10, 10, 0),
    "control_daily": (2, 1, 1, 1, 4),
    "work_status": ("employee", "employee", "self-employed", "self-employed", "employee"),
    "main_activity": ("working",) * 5,
    "age": (44, 51, 38, 60, 29),
    "income_rank": (0.7, 0.99, 0.4, 0.2, 0.5),
}
DIALECT = "bigquery"
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Relations of employment": (
        "Owners apart from employees, and these by the contract that their occupation usually has. "
        "ESeC was developed from EGP for European statistics.",
        ("egp", "esec"),
    ),
    "Logics of work": (
        "Hierarchy crossed with the kind of work: technical, organisational, with people.",
        ("oesch",),
    ),
    "Property, authority and skill": (
        "Wright's classes, after what a person owns, commands and knows.",
        ("wright",),
    ),
    "Kinds of capital": (
        "Economic and cultural capital, in volume and composition.",
        ("ordc",),
    ),
    "Industrial and post-industrial work": (
        "Two hierarchies, one of managers, clerks and manual workers, one of professionals and "
        "servants.",
        ("ipics",),
    ),
    "Occupations themselves": (
        "Small classes of like occupations; the groups of European statistics, which also place "
        "persons without work, and MSEC, which divides them by relations of employment.",
        ("microclass", "eseg", "msec"),
    ),
    "Scales": (
        "A number instead of a class: status, prestige or earnings of the occupation.",
        ("isei", "siops", "mps", "oep"),
    ),
}
"""Families of the index: what they go by, and how the ids of their schemes start."""


def main(target: Path) -> None:
    """Write the pages and their index into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    schemes = [load_scheme(name) for name in list_schemes()]
    (target / "index.md").write_text(index(schemes), encoding="utf-8")
    for scheme in schemes:
        (target / f"{scheme.id}.md").write_text(page(scheme), encoding="utf-8")


def index(schemes: list[Scheme]) -> str:
    """The page that lists all schemes by family; those of no family come last."""
    parts = [
        "# Occupational class schemes",
        "Schemes that give each person a class by occupation and position in employment. Each "
        "page is written from the scheme's own file, and each scheme has been proved over its "
        "whole domain: every code in every position, missing values included. [Survey "
        "microdata](../microdata.md) is the guide to their use.",
    ]
    left = list(schemes)
    families = [*FAMILIES.items(), ("Others", ("", ("",)))]
    for name, (words, starts) in families:
        own = [scheme for scheme in left if scheme.id.startswith(starts)]
        left = [scheme for scheme in left if scheme not in own]
        if own:
            parts += [f"## {name}", *([words] if words else []), "\n".join(index_table(own))]
    return "\n\n".join(parts) + "\n"


def index_table(schemes: list[Scheme]) -> list[str]:
    """Schemes with what they take."""
    rows = [
        [
            f"[{scheme.id}]({scheme.id}.md)",
            cell(scheme.label),
            size(scheme),
            ", ".join(entry.classification for entry in occupations_of(scheme)),
            ", ".join(map(word, status_used(scheme))) or "codes alone",
        ]
        for scheme in schemes
    ]
    return table(["scheme", "name", "classes", "codes", "columns used"], rows)


def page(scheme: Scheme) -> str:
    """The page of one scheme."""
    compiled = compile_scheme(scheme)
    parts = [
        [f"# {scheme.label}", "", f"`{scheme.id}`, version {scheme.version}. {scheme.description}"],
        ["**Source.** " + scheme.citation],
        ["[All schemes](index.md)"],
        ["## Classes", "", *classes(scheme, compiled)],
        positions(scheme),
        columns(scheme),
        occupations(scheme),
        *assignments(scheme),
        ["## How words became codes", "", scheme.source_notes],
        ["## What the coding loses", "", scheme.lost],
        example(scheme, compiled),
        sql(scheme, compiled),
        proof(scheme),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def classes(scheme: Scheme, compiled: CodingTable) -> list[str]:
    """The classes with their labels; of a scale, its range."""
    if scheme.kind == "scale":
        numbers = [float(value) for value in compiled.classes]
        unit = f" ({scheme.unit})" if scheme.unit else ""
        return [
            f"A scale{unit}: {len(numbers)} different values from {min(numbers):g} to "
            f"{max(numbers):g}, in the codes of {compiled.classification}."
        ]
    if not scheme.ruled:
        return table(["class", "label"], [[e.id, cell(e.label)] for e in scheme.classes])
    rows = [[e.id, cell(e.label), code(e.when or "")] for e in scheme.classes]
    start = [f"Derived from [{scheme.base}]({scheme.base}.md).", ""] if scheme.base else []
    words = "The first class whose rule fits takes the person."
    return [*start, words, "", *table(["class", "label", "rule"], rows)]


def positions(scheme: Scheme) -> list[str]:
    """The employment positions, columns of the scheme's tables."""
    if not scheme.positions:
        return []
    rows = [[word(p.id), cell(p.label), code(p.when)] for p in scheme.positions]
    return ["## Employment positions", "", *table(["position", "label", "who"], rows)]


def columns(scheme: Scheme) -> list[str]:
    """The columns that are needed, and what is lost without them."""
    used = status_used(scheme)
    if not used:
        return ["## Columns", "", "The code of the occupation alone decides."]
    found = simplification(scheme)
    assumed = found.assume if found else {}
    rows = [
        [
            word(name),
            cell(status_columns()[name].description),
            f"{word(f'{name} = {assumed[name]}')} is assumed"
            if name in assumed
            else "cannot be coded",
        ]
        for name in used
    ]
    lost = ["", f"**Lost by the simplified method.** {found.lost}"] if found else []
    return ["## Columns", "", *table(["column", "meaning", "where absent"], rows), *lost]


def occupations(scheme: Scheme) -> list[str]:
    """The classifications that a scheme takes, with what they cover."""
    rows = [[word(e.classification), str(e.digits), cell(e.source)] for e in occupations_of(scheme)]
    notes = [f"- {note}" for note in check_scheme(scheme).notes]
    heading = ["codes", "digits that count", "source"]
    words = "The first classification whose column is in the data is used; `occupation=` overrides."
    if "isco08" in {entry.classification for entry in occupations_of(scheme)}:
        words += " ESCO numbers, in a column `esco`, are read as the unit groups of ISCO-08."
    else:
        first = rows[0][0]
        words += (
            f" Codes of ISCO-08 are converted to {first} first: `wc.recode`, or `worldclass recode`"
            " on the command line ([Conversions](../microdata.md#conversions))."
        )
    return ["## Occupations", "", words, "", *table(heading, rows), "", *notes]


def assignments(scheme: Scheme) -> list[list[str]]:
    """The tables of occupations, folded away; those of a derived scheme are its base's."""
    if scheme.base:
        words = f"The tables of occupations are those of [{scheme.base}]({scheme.base}.md)."
        return [["## Assignments", "", words]]
    named = {position.id: position.label for position in scheme.positions}
    words = (
        "Which occupations go where. Codes are cut to the digits that count and filled up with "
        "zeros; a code belongs to the row with the longest number that it starts with. A cell "
        "without a class has none."
    )
    parts = [["## Assignments", "", words]]
    for entry in occupations_of(scheme):
        text = table_file(scheme, entry).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() and line[0] != "#"]
        heading, *rows = list(csv.reader(lines))
        parts.append(
            [
                '<details markdown="1">',
                f"<summary>{entry.classification}: {len(rows)} rows</summary>",
                "",
                *table([cell(named.get(name, name)) for name in heading], rows),
                "",
                "</details>",
            ]
        )
    return parts


def example(scheme: Scheme, compiled: CodingTable) -> list[str]:
    """A short example, with the result that it gives."""
    people = example_people(scheme, compiled)
    data = ",\n".join(f"    {name!r}: {people[name].to_list()!r}" for name in people.columns)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = wc.classify(people, scheme.id)
    rows = [[cell("" if value is None else str(value)) for value in row] for row in result.rows()]
    return [
        "## Example",
        "",
        "```python",
        "import polars as pl",
        "import worldclass as wc",
        "",
        f"people = pl.DataFrame({{\n{data},\n}})",
        f'print(wc.classify(people, "{scheme.id}"))',
        "```",
        "",
        *table([word(name) for name in result.columns], rows),
        "",
        "Of a file, on the command line:",
        "",
        "```sh",
        f"worldclass classify survey.parquet --theory {scheme.id} --out coded.parquet",
        "```",
    ]


def example_people(scheme: Scheme, compiled: CodingTable) -> pl.DataFrame:
    """Five persons with the columns that a scheme uses."""
    own = {compiled.classification: EXAMPLE_CODES[compiled.classification]}
    return pl.DataFrame(own | {name: EXAMPLE_VALUES[name] for name in status_used(scheme)})


def sql(scheme: Scheme, compiled: CodingTable) -> list[str]:
    """The query for a warehouse, folded away."""
    query = scheme_query(compiled, DIALECT)
    return [
        "## SQL",
        "",
        f"`worldclass theory sql {scheme.id} --dialect {DIALECT}` writes this; dialects are "
        "`bigquery`, `databricks`, `duckdb`, `postgres`, `snowflake` and `spark`.",
        "",
        '<details markdown="1">',
        f"<summary>The query for {compiled.classification} "
        f"({len(query.encode()) / 1000:.1f} kB)</summary>",
        "",
        "```sql",
        query,
        "```",
        "",
        "</details>",
    ]


def proof(scheme: Scheme) -> list[str]:
    """What the check of the whole domain found."""
    report = check_scheme(scheme)
    verdict = "Sound" if report.sound else "Unsound"
    words = (
        f"{verdict}: {report.combinations:,} combinations of code and position were visited; "
        "positions exclude one another, nobody is left out, and every class can be reached."
        if report.sound
        else f"{verdict}: " + " ".join(str(problem) for problem in report.problems)
    )
    return ["## Check", "", words]


def size(scheme: Scheme) -> str:
    """How many classes a scheme has."""
    return str(len(scheme.classes)) if scheme.classes else "scale"


def table(headings: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def cell(text: str) -> str:
    """A text that cannot break a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def word(text: str) -> str:
    """A name set as code that is not broken over two lines."""
    return f'<code style="white-space: nowrap">{text}</code>'


def code(text: str) -> str:
    """A rule, set as code."""
    return f"`{' '.join(text.split())}`" if text.strip() else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
