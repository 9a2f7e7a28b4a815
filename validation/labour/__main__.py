"""Print the checks of the labour accounts, or write them into their page.

    python -m validation.labour [--mirror FOLDER] [--page docs/flows-labour.md]

With --page the text between the page's two marks is replaced.
"""

from __future__ import annotations

import sys

from validation.labour import assumed, spread, women
from validation.marked import run_page
from worldclass.sources.mirror import Mirror


def checks(mirror: Mirror) -> str:
    """All tables as Markdown."""
    tables = (
        spread.rules(mirror),
        spread.groups(mirror),
        spread.united_states(mirror),
        women.shares(mirror),
        women.bounds(mirror),
        women.bangladesh(),
        women.china(),
        assumed.named(),
        assumed.classes(),
    )
    return "\n\n".join(table.markdown() for table in tables)


if __name__ == "__main__":
    sys.exit(run_page(__doc__, "checks", checks))
