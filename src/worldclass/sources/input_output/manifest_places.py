"""Countries and regions of a manifest: ISO3 codes, the rest of the world, and declared regions."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from worldclass.core.countries import countries, resolve
from worldclass.core.errors import SourceError, UsageError
from worldclass.sources.input_output.manifest_schema import REST, Manifest

_SHOWN = 5


def refuse_unknown_places(manifest: Manifest, codes: Iterable[str], file: Path) -> None:
    """Raise a SourceError that names the codes that are no country and no region.

    Parameters
    ----------
    manifest
        Its `[countries]` have been applied, its `[regions]` are known.
    codes
        Of sellers and buyers.
    file
        Where they stand.
    """
    known = {*countries(), REST, *manifest.regions}
    unknown = [code for code in dict.fromkeys(codes) if code not in known]
    if not unknown:
        return
    names = {code: name for name, code in manifest.countries.items()}
    words = [
        f"{code!r} (for {names[code]!r} under [countries])" if code in names else repr(code)
        for code in unknown[:_SHOWN]
    ]
    more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    raise SourceError(
        f"{', '.join(words)}{more}: neither an ISO3 code of a country nor a declared region.",
        where=str(file),
        remedy=f"{_hint(manifest, unknown[0])}Give a country's ISO3 code under [countries], such "
        'as Norway = "NOR", or declare a region under [regions], such as XEU = "Rest of Europe".',
    )


def _hint(manifest: Manifest, word: str) -> str:
    """What may be meant: a country by its name, or a name under [countries]."""
    if near := get_close_matches(word, manifest.countries, n=1, cutoff=0.8):
        return f"Did you mean {near[0]!r}? "
    try:
        code = resolve(word)
    except UsageError:
        return ""
    return f"Write {word!r} = {code!r} under [countries]. " if code in countries() else ""
