"""Flows: who works for whom in the world economy, by input-output analysis."""

from worldclass.core.callable_module import make_callable

make_callable(__name__, "worldclass.flows.query", "flows")
