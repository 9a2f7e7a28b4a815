"""Worker processes end with the process that started them, whatever ended it.

A process that is killed (`kill -9`, out of memory) cannot tell its workers, which would then
compute on for nobody and hold their memory for minutes. Each worker therefore looks once a second
whether its parent is still the one that started it: an orphan is given to another at once.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time

EVERY = 1.0
"""Seconds between two looks."""
ORPHANED = 3
"""Exit code of a worker without its parent; nobody is left to read it."""


def start_worker(parent: int) -> None:
    """Prepare a new worker process: it ends with its parent, and leaves talking to it.

    Ctrl-C reaches every process of a terminal; the parent alone answers it, and stops the workers.

    Parameters
    ----------
    parent
        Process number of the one that hands out work.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("worldclass").setLevel(logging.ERROR)
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int) -> None:
    """Wait until the parent of this process is another one, then end this process at once.

    Kernels let go of Python's lock, so that this thread looks while they run. On Windows, where an
    orphan keeps the number of its parent, a worker ends when it has been idle for five minutes.
    """
    while os.getppid() == parent:
        time.sleep(EVERY)
    os._exit(ORPHANED)
