"""Claims: what theories state about the world, tested over every defensible choice."""

from worldclass.core.callable_module import make_callable

make_callable(__name__, "worldclass.claims.query", "claims")
