"""The catalog of sources as rows and as the page DATA_SOURCES.md."""

from __future__ import annotations

from worldclass.sources.providers import Provider, Series, catalog

_HEAD = """# Data sources

Every number of worldclass rests on data that others publish. This page is written by
`worldclass data sources --markdown` from the files in `src/worldclass/sources/catalog/`; change
those, not this page.

Raw files of these providers are not part of this repository or of the package. The package
carries estimates made from them, with a file that names sources, editions and hashes.

In the tables, *mirror* says that a data mirror (`--mirror`, `WORLDCLASS_MIRROR`) carries the
series, *live* that `worldclass data build --live` fetches it from the provider. A code in
brackets was not found in public documentation when the catalog was written.
"""


def catalog_rows() -> list[dict[str, object]]:
    """One row a series: provider, indicator, code, meaning, unit, sexes, licence and terms."""
    return [
        {
            "provider": provider.provider,
            "indicator": series.indicator,
            "code": series.code,
            "meaning": series.meaning,
            "unit": series.unit,
            "sexes": list(series.sexes),
            "transformation": series.transformation,
            "mirror": series.mirror,
            "live": series.live,
            "verified": series.verified,
            "licence": series.licence or provider.licence,
            "citation": provider.citation,
            "attribution": provider.attribution,
            "url": provider.retrieval.url,
            "note": series.note,
        }
        for provider in catalog().values()
        for series in provider.series
    ]


def catalog_markdown() -> str:
    """The page DATA_SOURCES.md: one section a provider, one line a series."""
    return "\n".join([_HEAD, *(_section(provider) for provider in catalog().values())])


def _section(provider: Provider) -> str:
    retrieval = provider.retrieval
    facts = {
        "Publisher": provider.publisher,
        "Citation": provider.citation,
        "Licence": provider.licence,
        "Attribution": provider.attribution,
        "Retrieval": f"`{retrieval.url}` ({retrieval.format}), "
        f"{retrieval.access_date or 'date not on record'}",
        "SHA-256": retrieval.sha256,
        "Note": retrieval.note,
    }
    lines = [f"## {provider.title}", ""]
    lines += [f"- {name}: {text}" for name, text in facts.items() if text]
    if provider.series:
        lines += [
            "",
            "| indicator | code | meaning | unit | sexes | transformation | mirror | live |",
            "|---|---|---|---|---|---|---|---|",
            *(_line(series) for series in provider.series),
        ]
    if provider.table:
        lines += ["", "| table | file | a row is |", "|---|---|---|"]
        lines += [f"| {n} | `{t.path}` | {t.description} |" for n, t in provider.table.items()]
    notes = [f"- `{s.indicator}`: {s.note}" for s in provider.series if s.note]
    if notes:
        lines += ["", *notes]
    return "\n".join([*lines, ""])


def _line(series: Series) -> str:
    codes = ", ".join(dict.fromkeys(f"`{code}`" for code in series.codes().values()))
    cells = (
        f"`{series.indicator}`",
        codes if series.verified else f"({codes})",
        series.meaning,
        series.unit,
        ", ".join(series.sexes),
        series.transformation,
        "yes" if series.mirror else "",
        "yes" if series.live else "",
    )
    return f"| {' | '.join(cells)} |"
