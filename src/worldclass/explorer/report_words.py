"""The parts of a report that are only words: the theory, and what the result rests on."""

from __future__ import annotations

from html import escape

from worldclass.explorer.html_parts import definitions, paragraphs, table
from worldclass.explorer.provenance import Provenance
from worldclass.explorer.theory_text import TheoryText


def theory_section(theory: TheoryText) -> str:
    """Rules in words, parameters, latent fractions, what was lost, citation."""
    parts = [paragraphs(theory.description)]
    if theory.classes:
        parts.append("<h3>Classes, in the order in which the rules are tried</h3>")
        parts.append(
            "<ol>"
            + "".join(
                f"<li><b>{escape(text.label)}</b>"
                + (" (only bounded by the data)" if text.bounds else "")
                + (f": {escape(text.description)}" if text.description else "")
                + (f"<br><code>{escape(text.rule)}</code>" if text.rule else "")
                + "</li>"
                for text in theory.classes
            )
            + "</ol>"
        )
    if theory.parameters:
        rows = [[p.id, p.value, p.range, p.description, p.source] for p in theory.parameters]
        header = ("Parameter", "Value", "Range", "Meaning", "Source")
        parts.append(table("Parameters of the theory", header, rows, text_columns=5))
    if theory.splits:
        rows = [[s.id, s.when, s.fractions, s.source] for s in theory.splits]
        header = ("Fraction", "Of whom", "Low / central / high", "Source")
        caption = "Fractions of persons whom no rule can tell apart"
        parts.append(table(caption, header, rows, text_columns=4))
    words = (
        ("How the words became rules", theory.source_notes),
        ("What was lost", theory.lost),
        ("After", theory.citation),
    )
    parts.append(definitions((term, paragraphs(text)) for term, text in words if text))
    return "".join(parts)


def origin_section(provenance: Provenance, theory: TheoryText) -> str:
    """Sources, assumptions, how to cite, how to run again."""
    parts: list[str] = []
    if provenance.sources:
        rows = [[s.name, s.citation, s.licence, s.version] for s in provenance.sources]
        header = ("Source", "Citation", "Licence", "Version")
        parts.append(table("Sources", header, rows, text_columns=4))
    if provenance.assumptions:
        rows = [[a.label, a.values, a.source] for a in provenance.assumptions]
        header = ("Assumption", "Central value and range", "Source")
        parts.append(table("Assumptions drawn in the Monte Carlo", header, rows, text_columns=3))
    version = f" {provenance.version}" if provenance.version else ""
    cite = (
        f"worldclass{version}, atlas of the theory “{theory.label}” (version "
        f"{theory.version or '–'}), after {theory.citation or theory.label}"
    )
    run = f"<pre><code>{escape(provenance.command)}</code></pre>"
    facts = [
        ("How to cite", f"<p>{escape(cite.rstrip('.'))}.</p>"),
        ("How to run it again", run),
        ("Draws", f"<p>{provenance.draws}, seed {provenance.seed}</p>" if provenance.draws else ""),
        ("Population table", f"<p><code>{escape(provenance.content_hash)}</code></p>")
        if provenance.content_hash
        else ("", ""),
    ]
    parts.append(definitions((term, body) for term, body in facts if body))
    return "".join(parts)
