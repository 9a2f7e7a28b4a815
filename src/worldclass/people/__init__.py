"""The population table: who the world's people are, estimated from published margins."""

from worldclass.core.callable_module import make_callable

make_callable(__name__, "worldclass.people.table", "people")
