"""Live series from their providers, and how they are laid over a mirror's panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.sources.downloads import Downloads
from worldclass.sources.ilostat import read_ilostat
from worldclass.sources.poverty import read_poverty
from worldclass.sources.providers import Provider, Series, catalog
from worldclass.sources.pwt import read_pwt
from worldclass.sources.worldbank import read_worldbank
from worldclass.sources.wpp import read_wpp

if TYPE_CHECKING:
    import polars as pl

_KEY = ["iso3", "year", "indicator", "sex"]


def live_indicators() -> dict[str, str]:
    """The provider that each live indicator is fetched from, by indicator."""
    found: dict[str, str] = {}
    for provider in catalog().values():
        for series in provider.series:
            if series.live:
                found.setdefault(series.indicator, provider.provider)
    return found


def fetch_live(
    downloads: Downloads,
    indicators: Iterable[str] | None = None,
    *,
    years: tuple[int, int] = (1991, 2023),
    bases: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Fetch series that the catalog marks live.

    Parameters
    ----------
    indicators
        Our names; every live one when `None`.
    years
        First and last year, both included.
    bases
        Other base addresses by provider id, such as a local copy of an API.

    Returns
    -------
    polars.DataFrame
        iso3, year, indicator, sex, value, source; sorted by the first four.

    Raises
    ------
    UsageError
        When an indicator is not live.
    SourceError
        When a provider cannot be read.
    """
    import polars as pl

    available = live_indicators()
    wanted = list(available) if indicators is None else list(dict.fromkeys(indicators))
    if unknown := [name for name in wanted if name not in available]:
        raise UsageError(
            f"No live source is known for {', '.join(unknown)}.",
            remedy=f"Live indicators are {', '.join(sorted(available))}.",
        )
    parts: list[pl.DataFrame] = []
    for name in dict.fromkeys(available[indicator] for indicator in wanted):
        provider = catalog()[name]
        chosen = [s for s in provider.series if s.live and s.indicator in wanted]
        base = (bases or {}).get(name, provider.retrieval.base)
        parts.extend(_fetch(downloads, provider, chosen, years, base))
    return pl.concat(parts).sort(_KEY)


def overlay(panel: pl.DataFrame, live: pl.DataFrame) -> pl.DataFrame:
    """Lay live rows over a panel: where both have a key, the live value and source win.

    Parameters
    ----------
    panel, live
        Tidy frames: iso3, year, indicator, sex, value, source.

    Returns
    -------
    polars.DataFrame
        Every key of either, once, sorted by the key.

    Examples
    --------
    >>> import polars as pl
    >>> row = {"iso3": "BRA", "year": 2019, "indicator": "gini", "sex": "total"}
    >>> old = pl.DataFrame([row | {"value": 53.0, "source": "mirror"}])
    >>> new = pl.DataFrame([row | {"value": 53.5, "source": "live"}])
    >>> overlay(old, new)["source"].to_list()
    ['live']
    """
    import polars as pl

    columns = [*_KEY, "value", "source"]
    kept = panel.join(live.select(_KEY), on=_KEY, how="anti")
    return pl.concat([kept.select(columns), live.select(columns)], how="vertical_relaxed").sort(
        _KEY
    )


def _fetch(
    downloads: Downloads,
    provider: Provider,
    series: list[Series],
    years: tuple[int, int],
    base: str,
) -> list[pl.DataFrame]:
    """Read the chosen series of one provider."""
    import polars as pl

    reader, names = provider.retrieval.reader, [s.indicator for s in series]
    if reader == "worldbank":
        return [
            read_worldbank(
                downloads,
                code,
                indicator=s.indicator,
                sex=sex,
                years=years,
                scale=s.scale,
                base=base,
            )
            for s in series
            for sex, code in s.codes().items()
        ]
    if reader == "ilostat":
        return [
            read_ilostat(
                downloads,
                next(iter(s.codes().values())),
                indicator=s.indicator,
                select=s.select,
                share_of=s.share_of,
                years=years,
                scale=s.scale,
                base=base,
            )
            for s in series
        ]
    if reader == "wpp":
        frame = read_wpp(downloads, years=years, base=base, sha256=provider.retrieval.sha256)
    elif reader == "pwt":
        variables = {next(iter(s.codes().values())): s.indicator for s in series}
        frame = read_pwt(
            downloads, variables, years=years, url=base, sha256=provider.retrieval.sha256
        )
    else:
        frame = read_poverty(downloads, years=years, base=base)
    return [frame.filter(pl.col("indicator").is_in(names))]
