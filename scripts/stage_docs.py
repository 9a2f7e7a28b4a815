"""Lay out the pages for the documentation site, and write the Python reference.

    python scripts/stage_docs.py build/docs

Pages keep the places they have in the repository. The reference is read from the docstrings of
the public names, without importing them; the pages of the schemes from their files; the pages of
the examples by running them.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import build_example_pages
import build_scheme_pages
from griffe import Docstring, DocstringSectionKind, Function, GriffeLoader, Object, Parser

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("*.md", "docs/**/*", "benchmarks/*.md", "examples/*.py")
LINK = re.compile(r"\]\(\s*<?([^)\s>#:]+)")
PUBLIC = {
    "The atlas": [
        "worldclass.atlas.query.atlas",
        "worldclass.atlas.frame.AtlasFrame.plot",
        "worldclass.atlas.pictures.draw",
        "worldclass.explorer.plot.plot",
        "worldclass.atlas.sweep.sweep",
        "worldclass.atlas.change.change",
        "worldclass.atlas.compare.compare",
        "worldclass.atlas.compare.rank",
        "worldclass.atlas.contributions.contributions",
    ],
    "People": [
        "worldclass.people.table.people",
        "worldclass.people.bounds.status_sector_bounds",
        "worldclass.people.ipf.fit_margins",
    ],
    "Theories": [
        "worldclass.theories.library.load_theory",
        "worldclass.theories.library.list_theories",
        "worldclass.theories.check.check_theory",
        "worldclass.theories.compile.compile_theory",
        "worldclass.theories.classify.classify_frame",
        "worldclass.theories.classify.class_shares",
        "worldclass.theories.sql.case_sql",
    ],
    "Occupational schemes": [
        "worldclass.schemes.classify.classify",
        "worldclass.schemes.classify_file.classify_file",
        "worldclass.schemes.report.coding_report",
        "worldclass.schemes.plan.SimplifiedMethodWarning",
        "worldclass.schemes.unreadable.UnreadableValueWarning",
        "worldclass.schemes.library.list_schemes",
        "worldclass.schemes.library.load_scheme",
        "worldclass.schemes.check.check_scheme",
        "worldclass.schemes.sql.scheme_query",
        "worldclass.schemes.spark.classify_spark",
        "worldclass.occupations.convert.recode",
    ],
    "Dynamics": [
        "worldclass.dynamics.simulate.simulate",
        "worldclass.dynamics.result.SimulationFrame.plot",
        "worldclass.dynamics.analyse.analyse",
        "worldclass.dynamics.sensitivity.sensitivity",
        "worldclass.dynamics.designs.sweep_points",
        "worldclass.dynamics.parameters.parameter",
        "worldclass.dynamics.model.Model",
        "worldclass.dynamics.debt_crisis.early_warning.early_warning",
    ],
    "Statistics": [
        "worldclass.statistics.design.SurveyDesign",
        "worldclass.statistics.tabulation.cross_table",
        "worldclass.statistics.mobility_table.mobility",
        "worldclass.statistics.proportions.shares",
    ],
    "Flows": [
        "worldclass.flows.query.flows",
        "worldclass.flows.frame.FlowsFrame.plot",
        "worldclass.flows.pictures.draw",
        "worldclass.flows.exchange.exchange",
        "worldclass.flows.exploitation.query.exploitation",
        "worldclass.flows.exploitation.correspondence.correspondence",
        "worldclass.flows.read.read_economy",
        "worldclass.flows.validate.make_economy",
        "worldclass.flows.economy.Economy",
        "worldclass.flows.solve.requirements",
        "worldclass.flows.solve.multipliers",
        "worldclass.flows.production.produce",
        "worldclass.flows.production.Production",
        "worldclass.flows.embodied.embodied",
        "worldclass.flows.labour.satellite.labour_satellite",
        "worldclass.flows.labour.satellite.labour_draws",
        "worldclass.flows.labour.bounds.manufacturing_bounds",
        "worldclass.flows.value_added_exports.value_added_trade",
        "worldclass.flows.chains.value_chains",
        "worldclass.flows.embodied_change.hours_change",
        "worldclass.flows.paths.supply_paths",
        "worldclass.flows.scenarios.library.load_scenario",
        "worldclass.flows.scenarios.outcome.run_scenario",
        "worldclass.flows.values.labour_values.labour_values",
        "worldclass.flows.values.production_prices.standard_interpretation",
        "worldclass.flows.values.production_prices.new_interpretation",
    ],
    "Claims": [
        "worldclass.claims.query.claims",
        "worldclass.claims.frame.ClaimsFrame.plot",
        "worldclass.claims.pictures.draw",
        "worldclass.claims.compare.compare_claims",
        "worldclass.claims.library.list_claims",
        "worldclass.claims.library.load_claim",
        "worldclass.claims.check.check_claim",
        "worldclass.claims.evaluate.evaluate",
        "worldclass.claims.evaluation.Evaluation",
        "worldclass.claims.quantity.Quantity",
        "worldclass.claims.registry.register",
    ],
    "Errors": [
        "worldclass.core.errors.WorldclassError",
        "worldclass.core.errors.UsageError",
        "worldclass.core.errors.TheoryError",
        "worldclass.core.errors.SourceError",
        "worldclass.core.errors.MarginError",
        "worldclass.core.errors.OutputError",
        "worldclass.core.errors.EconomyError",
        "worldclass.core.errors.SimulationError",
        "worldclass.core.errors.ClaimError",
    ],
}
TABLES = {
    DocstringSectionKind.parameters: "Parameters",
    DocstringSectionKind.raises: "Raises",
    DocstringSectionKind.attributes: "Attributes",
}


def main(target: Path) -> None:
    """Fill the target folder anew."""
    shutil.rmtree(target, ignore_errors=True)
    for pattern in PAGES:
        for page in ROOT.glob(pattern):
            for file in [page, *linked_files(page)]:
                if file.is_file():
                    place = target / file.relative_to(ROOT)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, place)
    (target / "docs" / "reference.md").write_text(reference(), encoding="utf-8")
    build_scheme_pages.main(target / "docs" / "schemes")
    build_example_pages.main(target / "docs" / "examples")


def linked_files(page: Path) -> list[Path]:
    """Files of the repository that a page links to, such as a script or a licence."""
    if page.suffix != ".md":
        return []
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    found = [(page.parent / target).resolve() for target in targets]
    return [file for file in found if file.is_relative_to(ROOT)]


def reference() -> str:
    """The page of all public names."""
    package = GriffeLoader(search_paths=[ROOT / "src"]).load("worldclass")
    lines = ["# Python reference", "", "`import worldclass as wc` gives the names below.", ""]
    for heading, names in PUBLIC.items():
        lines += [f"## {heading}", ""]
        for name in names:
            lines += entry(package[name.removeprefix("worldclass.")])
    return "\n".join(lines)


def entry(found: Object) -> list[str]:
    """One name: signature, then the sections of its docstring."""
    lines = [f"### {found.name}", "", "```py", signature(found), "```", ""]
    docstring = found.docstring or Docstring("")
    for section in docstring.parse(Parser.numpy, warnings=False):
        if section.kind is DocstringSectionKind.text:
            lines += [section.value, ""]
        elif section.kind is DocstringSectionKind.examples:
            code = [text for _, text in section.value]
            lines += ["```pycon", *code, "```", ""]
        elif section.kind in TABLES:
            lines += [f"**{TABLES[section.kind]}**", ""]
            for item in section.value:
                name = getattr(item, "name", None) or str(item.annotation)
                words = " ".join(item.description.split())
                lines += [f"- `{name}`: {words}"]
            lines += [""]
        elif section.kind is DocstringSectionKind.returns:
            words = [" ".join([str(i.annotation or ""), i.description]) for i in section.value]
            lines += ["**Returns**", "", *words, ""]
        elif section.kind is DocstringSectionKind.admonition:
            lines += [f"**{section.title}**", "", str(section.value.description), ""]
    return lines


def signature(found: Object) -> str:
    """How the name is called."""
    if not isinstance(found, Function):
        return f"class {found.name}"
    inside: list[str] = []
    starred = False
    for parameter in found.parameters:
        if parameter.name == "self":
            continue
        kind = parameter.kind.value if parameter.kind else ""
        if kind == "keyword-only" and not starred:
            inside.append("*")
            starred = True
        stars = {"variadic positional": "*", "variadic keyword": "**"}.get(kind, "")
        text = f"{stars}{parameter.name}: {parameter.annotation}"
        shown = parameter.default is not None and not stars
        inside.append(f"{text} = {parameter.default}" if shown else text)
    body = ",\n    ".join(inside)
    return f"{found.name}(\n    {body},\n) -> {found.returns}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
