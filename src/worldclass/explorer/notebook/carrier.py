"""Which cell of the notebook holds the charts' libraries."""

from __future__ import annotations

import sys


class Carrier:
    """The cell whose output holds the libraries, as far as the kernel can know.

    The first result that is shown brings them. When its cell runs again, that output is gone, and
    the next result brings them anew. A reader who deletes the cell and opens the notebook again
    sees static pictures until a result is shown in a new kernel.
    """

    def __init__(self) -> None:
        self._running: str = ""
        self._holder: str | None = None

    def starts(self, cell: str) -> None:
        """A cell runs, by its id (or its text, where the notebook sends no ids)."""
        self._running = cell
        # Nothing is known of the cell that imports worldclass: it had begun before anyone listened.
        if self._holder in ("", cell):
            self._holder = None

    def brings(self) -> bool:
        """Whether the result that is shown now has to bring the libraries."""
        if "google.colab" in sys.modules:  # every output is a page of its own there
            return True
        if self._holder is not None:
            return False
        self._holder = self._running
        return True


CARRIER = Carrier()
