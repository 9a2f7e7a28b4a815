"""Errors as visitors see them: a status, and what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from worldclass.core.errors import SourceError, WorldclassError


@dataclass(frozen=True)
class Problem:
    """Body of every answer that is an error.

    Parameters
    ----------
    what
        What is wrong, with the offending values.
    where
        Parameter, file or column concerned.
    remedy
        What the visitor can do about it.
    """

    what: str
    where: str = ""
    remedy: str = ""


FAULT = Problem(
    "The server failed at this.",
    remedy="The fault is in the package, not in what you asked: please report the address.",
)
"""Answer to what should not happen."""


class RefusedError(Exception):
    """An answer that is an error.

    Parameters
    ----------
    status
        HTTP status.
    problem
        Its body.
    retry_after
        Seconds after which it is worth asking again.
    """

    def __init__(self, status: int, problem: Problem, retry_after: int | None = None) -> None:
        self.status, self.problem, self.retry_after = status, problem, retry_after
        super().__init__(problem.what)

    @property
    def body(self) -> dict[str, str]:
        """The problem as JSON."""
        return asdict(self.problem)


def refusal(error: WorldclassError) -> RefusedError:
    """An error of the package as an answer: what is asked for cannot be meant, or is not here."""
    status = 404 if isinstance(error, SourceError) else 422
    return RefusedError(status, Problem(error.what, error.where, error.remedy))
