"""Say once that a model is being compiled, which takes longer than anything after it."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worldclass.dynamics.model import Model

_LOG = logging.getLogger(__name__)
_said: set[str] = set()


@contextmanager
def announced(model: Model) -> Generator[None]:
    """Tell the log of this module when a kernel is compiled inside the block: one line a model.

    Numba tells of every compilation; a kernel that is taken from the cache is none. What nobody has
    set up otherwise goes to standard error, so that tables on standard output stay clean.
    """
    from numba.core import event

    base: Any = event.Listener

    class Teller(base):
        def on_start(self, event: Any) -> None:
            if model.id not in _said:
                _said.add(model.id)
                _LOG.warning("%s", sentence(model))

        def on_end(self, event: Any) -> None:
            pass

    with event.install_listener("numba:compile", Teller()):
        yield


def sentence(model: Model) -> str:
    """What is said."""
    seconds = f"about {model.compiling:.0f} s" if model.compiling else "some seconds"
    return f"Compiling the model '{model.id}', once: {seconds}."
