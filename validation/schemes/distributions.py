"""The survey extract by class, beside counts of the full file it was drawn from."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from validation.schemes.departure import Coding
from validation.schemes.reference import MISSING, Numbers, Persons, Text, tally
from validation.tables import Cell, Results
from worldclass.core.datafile import load_toml, package_file
from worldclass.schemes.compile import CodingTable, compile_scheme
from worldclass.schemes.library import load_scheme
from worldclass.surveys.columns import status_columns

FAR = 3.0
"""Standard errors beyond which a difference is flagged."""


class Distribution(BaseModel):
    """Counts of the full file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scheme: str
    classification: str
    counts: tuple[int, ...]


class Mean(BaseModel):
    """A mean of the full file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scheme: str
    classification: str
    value: float


class FullFile(BaseModel):
    """The data file `full_file.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    persons: int
    distribution: tuple[Distribution, ...]
    mean: tuple[Mean, ...]


@cache
def full_file() -> FullFile:
    """What is known of the full file."""
    return load_toml(package_file("validation.schemes", "full_file.toml"), FullFile)


def meaning(column: str, value: int) -> int | str:
    """A number of the survey as a value of a status column."""
    if value == MISSING:
        return "missing"
    words = status_columns()[column]
    return words.codes[words.numbers.index(value)] if words.codes else value


def outcomes(scheme: str, classification: str, survey: Persons) -> tuple[CodingTable, Numbers]:
    """The compiled scheme, and the number of each person's outcome."""
    table = compile_scheme(load_scheme(scheme), classification)
    columns = {
        "self_employed": survey.self_employed,
        "supervisor": survey.supervisor,
        "employees": survey.employees,
        "work_status": survey.work_status,
        "main_activity": survey.main_activity,
    }
    nobody = np.full(survey.number, MISSING)
    state = np.zeros(survey.number, dtype=np.int64)
    for axis in table.axes:
        known, inverse = np.unique(columns.get(axis.name, nobody), return_inverse=True)
        places = [axis.state(meaning(axis.name, value)) for value in known.tolist()]
        state += np.array(places)[inverse] * axis.stride
    codes = survey.codes[classification]
    code = np.where(codes == "", "10001", codes).astype(np.int64)
    return table, table.cells[code, state].astype(np.int64)


def coding(scheme: str, classification: str) -> Coding:
    """worldclass's classes of persons, as text; empty for none."""

    def code(persons: Persons) -> Text:
        table, found = outcomes(scheme, classification, persons)
        names = [*(str(name) for name in table.classes), *("" for _ in table.reasons)]
        return np.array(names, dtype=np.str_)[found]

    return code


def class_counts(one: Distribution, survey: Persons) -> NDArray[np.int64]:
    """Persons in each class, shape (classes,)."""
    table, found = outcomes(one.scheme, one.classification, survey)
    return np.bincount(found, minlength=len(table.classes))[: len(table.classes)]


def distances(counts: NDArray[np.int64], full: tuple[int, ...]) -> NDArray[np.float64]:
    """Difference of shares in standard errors of a sample drawn without replacement.

    Of a finite file of N persons with a class, n are drawn; the share p of a class then has the
    variance p (1 − p) / n × (N − n) / (N − 1). Where a class is empty in the full file the
    distance is 0 if it is empty in the sample, and infinite otherwise.
    """
    whole = np.array(full, dtype=float)
    big, small = whole.sum(), counts.sum()
    p = whole / big
    error = np.sqrt(p * (1 - p) / small * (big - small) / (big - 1))
    gap = counts / small - p
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap == 0, 0.0, gap / error)


def distribution_table(survey: Persons) -> Results:
    """One line a scheme: persons, the farthest class, and flags."""
    rows: list[tuple[Cell, ...]] = []
    for one in full_file().distribution:
        counts = class_counts(one, survey)
        distance = distances(counts, one.counts)
        far = int(np.argmax(np.abs(distance)))
        gap = counts[far] / counts.sum() - one.counts[far] / sum(one.counts)
        flagged = tally(np.abs(distance) > FAR)
        rows.append(
            (f"`{one.scheme}`", one.classification, int(counts.sum()), sum(one.counts),
             load_scheme(one.scheme).classes[far].id, float(100 * gap), float(distance[far]),
             flagged)
        )  # fmt: skip
    return Results(
        "The survey extract beside the full file",
        ("scheme", "from", "persons with a class, extract", "the same, full file", "farthest class",
         "difference, points", "the same, standard errors", f"classes beyond {FAR:g}"),
        rows,
        left=2,
        before=f"The extract holds {survey.number:,} of {full_file().persons:,} persons of ESS "
        "round 6, drawn at random without replacement, so that its shares differ from those of the "
        "full file by sampling alone; the error takes the finite file into account. The counts of "
        "the full file come from a port of DIGCLASS made outside this project (EGP from ISCO-88 "
        "with the right columns). Unweighted, all respondents with an occupation.",
    )  # fmt: skip


def scale_values(scheme: str, classification: str, survey: Persons) -> NDArray[np.float64]:
    """Values of the persons who have one."""
    table, found = outcomes(scheme, classification, survey)
    values = np.array(table.classes, dtype=float)
    return values[found[found < len(values)]]


def mean_table(survey: Persons) -> Results:
    """Means of scales."""
    rows: list[tuple[Cell, ...]] = []
    for one in full_file().mean:
        values = scale_values(one.scheme, one.classification, survey)
        big, small = full_file().persons, len(values)
        error = values.std(ddof=1) / np.sqrt(small) * np.sqrt((big - small) / (big - 1))
        gap = values.mean() - one.value
        rows.append((f"`{one.scheme}`", one.classification, small, float(values.mean()), one.value,
                     float(gap), float(gap / error)))  # fmt: skip
    return Results(
        "Means of scales",
        ("scale", "from", "persons", "mean, extract", "mean, full file", "difference",
         "the same, standard errors"),
        rows,
        digits=3,
    )  # fmt: skip


def class_table(survey: Persons) -> Results:
    """Every class of every scheme."""
    rows: list[tuple[Cell, ...]] = []
    for one in full_file().distribution:
        counts = class_counts(one, survey)
        scheme = load_scheme(one.scheme)
        for k, distance in enumerate(distances(counts, one.counts).tolist()):
            rows.append(
                (f"`{one.scheme}` from {one.classification}", scheme.classes[k].id,
                 scheme.classes[k].label, int(counts[k]), float(100 * counts[k] / counts.sum()),
                 100 * one.counts[k] / sum(one.counts), distance,
                 "beyond" if abs(distance) > FAR else "")
            )  # fmt: skip
    return Results(
        "Every class",
        ("scheme", "class", "label", "persons, extract", "share, %", "share in the full file, %",
         "standard errors", "flag"),
        rows,
        left=3,
    )  # fmt: skip
