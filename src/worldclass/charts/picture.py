"""A chart with its caption and data, framed for print, notebook or file."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import altair as alt

from worldclass.charts.sharing import stacked
from worldclass.charts.theme import MUTED, config

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Caption:
    """Words around a chart.

    Parameters
    ----------
    title
        What, where, when.
    subtitle
        The definition and the unit.
    footnote
        Source, and what the intervals are.
    description
        One or two sentences with the main numbers, for those who do not see the chart.
    """

    title: str
    subtitle: str = ""
    footnote: str = ""
    description: str = ""


class FramedChart(alt.VConcatChart):
    """An Altair chart whose `save` writes as the command line does."""

    def save(self, fp: Any, *given: Any, **options: Any) -> None:
        """Write the chart in the format that the file's name ends in; see `save_chart`.

        Parameters
        ----------
        fp
            Ends in .png, .svg, .pdf, .html or .json; into an open file Altair itself writes.
        given, options
            `scale_factor`: pixels of a PNG per pixel of the chart, 2 by default. `inline` is
            taken as true: every page is self-contained. With any other option Altair saves.

        Raises
        ------
        OutputError
            For another ending, or when the file cannot be written; nothing is left half-written.
        """
        from worldclass.charts.save import save_chart

        own = set(options) <= {"scale_factor", "inline"} and not given
        if own and isinstance(fp, str | Path):
            save_chart(self, fp, scale=options.get("scale_factor", 2))
        else:
            super().save(fp, *given, **options)


@dataclass(frozen=True)
class Picture:
    """A chart without words, its caption, and its data by name.

    Parameters
    ----------
    chart
        Altair chart that reads named data.
    caption
        Words around it.
    data
        What each name stands for: rows, or a topology.
    width
        Width in pixels that the chart was laid out for.
    """

    chart: Any
    caption: Caption
    width: int
    data: dict[str, Any] = field(default_factory=dict[str, Any])

    def specification(self, *, with_data: bool = True) -> dict[str, Any]:
        """Vega-Lite specification of the chart without title and footnote."""
        # Altair checked every part when it was made; checking the whole again doubles the time.
        specification = self.chart.to_dict(validate=False) | {"config": config(self.width)}
        specification["description"] = self.caption.description
        specification.pop("datasets", None)
        return specification | ({"datasets": self.data} if with_data else {})

    def framed(self) -> FramedChart:
        """The chart with title above and footnote below, as one Altair chart."""
        characters = self.width // 6
        title = alt.TitleParams(
            text=_lines(self.caption.title, int(characters * 0.72)),
            subtitle=_lines(self.caption.subtitle, characters),
        )
        foot = alt.TitleParams(
            text=_lines(self.caption.footnote, int(characters * 1.12)),
            orient="bottom",
            anchor="start",
            fontSize=10,
            fontWeight="normal",
            color=MUTED,
            lineHeight=13,
            offset=10,
        )
        # Titles of concatenations keep to the left edge of everything, axes included.
        return FramedChart(
            vconcat=[stacked(self.chart, title=foot)],
            title=title,
            description=self.caption.description,
            datasets=self.data,
            config=config(self.width),
        )

    def save(self, path: str | Path) -> None:
        """Write the framed picture; see `save_chart`."""
        self.framed().save(path)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        """Show the framed chart in a notebook."""
        framed: Any = self.framed()
        return framed._repr_mimebundle_(include, exclude)


def _lines(text: str, characters: int) -> list[str]:
    """Break a text into lines of about `characters`; its own line breaks stay."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, characters)]
