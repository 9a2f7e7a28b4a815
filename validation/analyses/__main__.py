"""Print the analyses of the world's tables, or write them into their page.

    python -m validation.analyses [--mirror FOLDER] [--page docs/flows-analysis.md]

With --page the text between the page's two marks is replaced.
"""

from __future__ import annotations

import sys

from validation.analyses import chain_hours, change, paths, prices, scenarios, trade
from validation.marked import run_page
from worldclass.sources.mirror import Mirror


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


if __name__ == "__main__":
    sys.exit(run_page(__doc__, "results", results))
