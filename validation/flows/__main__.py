"""Print flows beside published results, or write them into their page.

    python -m validation.flows [--mirror FOLDER] [--page docs/flows.md]

With --page the text between the page's two marks is replaced.
"""

from __future__ import annotations

import sys

from validation.flows.north_south import factors, hours
from validation.flows.others import others
from validation.flows.through_time import through_time
from validation.marked import run_page
from worldclass.sources.mirror import Mirror


def results(mirror: Mirror) -> str:
    """All tables as Markdown."""
    tables = (through_time(), hours(), factors(), others(mirror))
    return "\n\n".join(table.markdown() for table in tables)


if __name__ == "__main__":
    sys.exit(run_page(__doc__, "results", results))
