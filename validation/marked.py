"""Print tables, or write them between the marks of a page."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from validation.world import default_mirror
from worldclass.core.atomic import write_text
from worldclass.core.errors import UsageError, WorldclassError
from worldclass.sources.mirror import VARIABLE, Mirror, open_mirror


def run_page(words: str | None, mark: str, tables: Callable[[Mirror], str]) -> int:
    """Make the tables; print them, or write them into the page given by --page.

    Parameters
    ----------
    words
        What the command says of itself.
    mark
        The page's marks are `<!-- MARK: first line -->` and `<!-- MARK: last line -->`.
    tables
        From a mirror to Markdown.

    Returns
    -------
    0, or the exit code of an error of worldclass.
    """
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--page", type=Path, help="page to write the tables into")
    options = parser.parse_args()
    try:
        mirror = open_mirror(options.mirror or os.environ.get(VARIABLE) or default_mirror())
        text = tables(mirror)
        if options.page is None:
            print(text)
        else:
            write_text(options.page, _between(options.page, mark, text))
    except WorldclassError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def text_between(page: Path, mark: str) -> str:
    """What stands between the marks of a page.

    Raises
    ------
    UsageError
        The page lacks them.
    """
    return _parts(page, mark)[1].strip()


def _between(page: Path, mark: str, text: str) -> str:
    before, _, after = _parts(page, mark)
    return f"{before}\n\n{text}\n\n{after}"


def _parts(page: Path, mark: str) -> tuple[str, str, str]:
    """Up to and with the first mark, between the marks, from the last mark on."""
    first, last = f"<!-- {mark}: first line -->", f"<!-- {mark}: last line -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(first)
    inside, ended, after = rest.partition(last)
    if not (found and ended):
        raise UsageError(f"The page lacks the marks {first} and {last}.", where=str(page))
    return before + first, inside, last + after
