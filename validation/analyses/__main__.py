"""Print the analyses of the world's tables, or write them into their page.

    python -m validation.analyses [--mirror FOLDER] [--page docs/flows-analysis.md]

With --page the text between the page's two marks is replaced.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from validation.analyses import chain_hours, change, paths, prices, scenarios, trade
from validation.world import default_mirror
from worldclass.core.atomic import write_text
from worldclass.core.errors import WorldclassError
from worldclass.sources.mirror import VARIABLE, Mirror, open_mirror

FIRST, LAST = "<!-- results: first line -->", "<!-- results: last line -->"


def results(mirror: Mirror) -> str:
    """All tables as Markdown."""
    tables = (
        trade.ratios(mirror),
        trade.chains(mirror),
        chain_hours.hours(mirror),
        prices.ochoa(),
        prices.united_states(mirror),
        change.south_to_north(mirror),
        scenarios.hours(mirror),
        paths.largest(mirror),
    )
    return "\n\n".join(table.markdown() for table in tables)


def main() -> int:
    """Run the analyses; 0 when they ran, an exit code of worldclass otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--page", type=Path, help="page to write the tables into")
    options = parser.parse_args()
    try:
        mirror = open_mirror(options.mirror or os.environ.get(VARIABLE) or default_mirror())
        text = results(mirror)
        if options.page is None:
            print(text)
        else:
            before, _, rest = options.page.read_text(encoding="utf-8").partition(FIRST)
            _, _, after = rest.partition(LAST)
            write_text(options.page, f"{before}{FIRST}\n\n{text}\n\n{LAST}{after}")
    except WorldclassError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
