"""Reader of the World Bank Indicators API, version 2.

An answer is a list of two: a header (`page`, `pages`, `per_page`, `total`, `lastupdated`) and
the rows of that page, or `null` where there are none. An error is a list whose first element has
`message`, sent with status 200.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import read_content, refuse_web_page
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import from_rows, tidy

if TYPE_CHECKING:
    import polars as pl

BASE = "https://api.worldbank.org/v2"
PER_PAGE = 20_000
_MOST_PAGES = 1_000


@dataclass(frozen=True)
class Page:
    """One page of an answer.

    Parameters
    ----------
    page, pages, total
        Its number, how many there are, and how many rows in all.
    edition
        Day of the provider's last update.
    rows
        `(iso3, year, value)`; value is `None` where there is none.
    """

    page: int
    pages: int
    total: int
    edition: str
    rows: tuple[tuple[str, int, float | None], ...]


def read_worldbank(
    downloads: Downloads,
    code: str,
    *,
    indicator: str,
    sex: str = "total",
    years: tuple[int, int] = (1991, 2023),
    scale: float = 1.0,
    base: str = BASE,
    per_page: int = PER_PAGE,
) -> pl.DataFrame:
    """One indicator of the API as a tidy frame.

    Parameters
    ----------
    code
        The World Bank's code, such as `SL.EMP.MPYR.ZS`.
    indicator, sex
        Our name and the sex that the code stands for.
    years
        First and last year, both included.
    scale
        Factor from the published to our unit.

    Raises
    ------
    SourceError
        When the download fails, the answer is not in the documented shape, or the data were
        updated between two pages twice in a row.
    """
    where = f"{base}/country/all/indicator/{code}"
    pages = _all_pages(downloads, code, years, base, per_page)
    if pages is None:  # updated while being read: once more, from the start
        fresh = Downloads(downloads.folder, downloads.policy, True, downloads.progress)
        pages = _all_pages(fresh, code, years, base, per_page)
    if pages is None:
        raise SourceError(
            "The number of pages or the edition changed while the pages were read, twice.",
            where=where,
            remedy="Try again in a few minutes.",
        )
    source = f"World Bank Indicators API {code}, edition {pages[0].edition or 'not stated'}"
    rows = [
        (iso3, year, indicator, sex, None if value is None else value * scale, source)
        for page in pages
        for iso3, year, value in page.rows
    ]
    return tidy(from_rows(rows), where)


def parse_page(content: bytes, where: str) -> Page:
    """Check one answer against the documented shape.

    Raises
    ------
    SourceError
        When it is a web page, not JSON, an error message, or in another shape.
    """
    refuse_web_page(content, where)
    try:
        answer: Any = json.loads(content)
    except ValueError as error:
        raise SourceError(
            f"The answer is not JSON: {error}.", where=where, remedy="Try again later."
        ) from error
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], dict):
        raise _other_shape(f"the answer starts with {content[:60]!r}", where)
    header: dict[str, Any] = answer[0]
    if "message" in header:
        raise SourceError(
            f"The World Bank refuses the request: {_message(header['message'])}.",
            where=where,
            remedy="Check the indicator code and the years.",
        )
    try:
        rows = tuple(_row(row) for row in (answer[1] or []))
        return Page(
            page=int(header["page"]),
            pages=int(header["pages"]),
            total=int(header["total"]),
            edition=str(header.get("lastupdated") or ""),
            rows=rows,
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise _other_shape(f"{type(error).__name__} {error}", where) from error


def _all_pages(
    downloads: Downloads, code: str, years: tuple[int, int], base: str, per_page: int
) -> list[Page] | None:
    """Every page, or `None` when they are not of one edition."""
    pages: list[Page] = []
    number = 1
    while not pages or number <= pages[0].pages:
        url = (
            f"{base}/country/all/indicator/{code}?format=json&date={years[0]}:{years[1]}"
            f"&per_page={per_page}&page={number}"
        )
        name = f"worldbank/{code}-{years[0]}-{years[1]}-page{number}.json"
        pages.append(_page(downloads, url, name))
        first, last = pages[0], pages[-1]
        if (last.pages, last.total, last.edition) != (first.pages, first.total, first.edition):
            return None
        if first.pages > _MOST_PAGES or last.page != number:
            raise _other_shape(f"page {last.page} of {first.pages} when asked for {number}", url)
        number += 1
    found = sum(len(page.rows) for page in pages)
    if found != pages[0].total:
        raise _other_shape(f"{found} rows came, {pages[0].total} were announced", base)
    return pages


def _page(downloads: Downloads, url: str, name: str) -> Page:
    def check(file: Path) -> None:
        parse_page(read_content(file, url), url)

    return parse_page(read_content(downloads.fetch(url, name, check=check), url), url)


def _row(row: dict[str, Any]) -> tuple[str, int, float | None]:
    value = row["value"]
    return str(row["countryiso3code"]), int(row["date"]), None if value is None else float(value)


def _message(messages: Any) -> str:
    """The text of the API's error messages."""
    if isinstance(messages, list):
        return "; ".join(
            f"{entry.get('key', '')} ({entry.get('value', '')})"
            for entry in messages
            if isinstance(entry, dict)
        )
    return str(messages)


def _other_shape(what: str, where: str) -> SourceError:
    return SourceError(
        f"The answer of the World Bank is not in its documented shape: {what}.",
        where=where,
        remedy="The API may have changed; use a data mirror (--mirror) until the reader is "
        "adapted.",
    )
