"""The atlas: how large the classes of a theory are, where, when, with intervals."""

from worldclass.core.callable_module import make_callable

make_callable(__name__, "worldclass.atlas.query", "atlas")
