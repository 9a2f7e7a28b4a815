"""The documentation page of an adapter, made from its file."""

from __future__ import annotations

from worldclass.surveys.schema import Branch, Column, Condition, Survey


def survey_page(survey: Survey) -> str:
    """The page of an adapter, as Markdown.

    Example
    -------
    >>> from worldclass.surveys.library import load_survey
    >>> survey_page(load_survey("ess")).splitlines()[0]
    '# European Social Survey'
    """
    parts = [f"# {survey.label}", "", survey.description, "", f"Adapter `{survey.id}`,"]
    parts[-1] += f" version {survey.version}."
    parts += ["", f"**Lost:** {survey.lost}", "", "## Columns", ""]
    parts += ["| column | from | meaning of codes | notes |", "| --- | --- | --- | --- |"]
    for column in survey.columns:
        parts += [_row(column, branch, place) for place, branch in enumerate(column.branches)]
    parts += [f"| `{name}` | – | – | {_cell(why)} |" for name, why in survey.absent.items()]
    if survey.assumptions:
        parts += ["", "## Assumptions, made only if asked for", ""]
        parts += [f"- `{name}`: {text}" for name, text in survey.assumptions.items()]
    parts += ["", "## Weights and design", ""]
    for name in ("weight", "psu", "stratum", "replicate_weights"):
        variables = getattr(survey.design, name)
        parts.append(f"- {name.replace('_', ' ')}: {_names(variables) or 'none'}")
    if survey.design.note:
        parts += ["", survey.design.note + ("" if survey.design.verified else _UNVERIFIED)]
    parts += ["", "## Sources", ""]
    parts += [f"- {one.title}. {one.edition}. <{one.address}>" for one in survey.sources]
    return "\n".join([*parts, ""])


_UNVERIFIED = " **Not verified.**"


def _row(column: Column, branch: Branch, place: int) -> str:
    """One way to a column, as a row of the table."""
    name = f"`{column.name}`" if place == 0 else ""
    origin = _names(branch.variable) or "–"
    if branch.when:
        origin += " where " + " and ".join(_condition(one) for one in branch.when)
    if branch.assume:
        origin += f" (assumption `{branch.assume}`)"
    notes = [text for text in (column.lost if place == 0 else None, branch.note) if text]
    text = " ".join(notes) + ("" if branch.verified else _UNVERIFIED)
    return f"| {name} | {_cell(origin)} | {_cell(_meaning(branch))} | {_cell(text.strip())} |"


def _meaning(branch: Branch) -> str:
    """What the codes of a branch stand for."""
    said: list[str] = []
    if branch.value is not None:
        said.append(f"always {branch.value}")
    if branch.reason is not None:
        said.append(f"missing: {branch.reason}")
    if branch.map is not None:
        values: dict[str, list[str]] = {}
        for code, value in branch.map.items():
            values.setdefault(str(int(value) if isinstance(value, bool) else value), []).append(
                code
            )
        said += [f"{', '.join(codes)} → {value}" for value, codes in values.items()]
    if branch.number is not None:
        said.append(f"the number, {branch.number[0]} to {branch.number[1]}")
    if branch.digits is not None:
        said.append(f"codes of {branch.digits} digits")
    kinds: dict[str, list[str]] = {}
    for code, kind in branch.missing.items():
        kinds.setdefault(kind, []).append(code)
    said += [f"{', '.join(codes)}: {kind}" for kind, codes in kinds.items()]
    if branch.blank is not None:
        said.append(f"empty: {branch.blank}")
    return "; ".join(said)


def _condition(condition: Condition) -> str:
    """A condition in words."""
    name = _names(condition.variable) or f"our `{condition.column}`"
    if condition.codes is not None:
        return f"{name} is {' or '.join(condition.codes)}"
    if condition.not_codes is not None:
        return f"{name} is not {' or '.join(condition.not_codes)}"
    low = "" if condition.low is None else f" from {condition.low}"
    return f"{name} is{low}" + ("" if condition.high is None else f" to {condition.high}")


def _names(variables: tuple[str, ...]) -> str:
    """Variables in the order in which they are tried."""
    return ", else ".join(f"`{name}`" for name in variables)


def _cell(text: str) -> str:
    """Text that does not break a table."""
    return text.replace("|", "\\|").replace("\n", " ")
