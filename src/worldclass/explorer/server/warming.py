"""What a worker does before it is asked: load the models, so that the first visitor does not wait.

It runs beside the worker's own thread, so that no question waits for it: Numba lets one thread
compile at a time, and whoever asks for a model meanwhile would have compiled it anyway.
"""

from __future__ import annotations

from contextlib import suppress
from importlib.util import find_spec
from threading import Thread

from worldclass.core.errors import WorldclassError


def warm_up() -> Thread:
    """Begin to load every model; ends with the process."""
    thread = Thread(target=_load_models, name="warm-up", daemon=True)
    thread.start()
    return thread


def _load_models() -> None:
    if find_spec("numba") is None:
        return
    from worldclass.dynamics.library import list_models, load_model
    from worldclass.dynamics.run import run

    for name in list_models():
        # What is wrong with a model is told to those who ask for it.
        with suppress(WorldclassError, MemoryError):
            if shortest := load_model(name).shortest:
                run(name, shortest)
