"""Persons on a grid of sites: some moments side by side as PNG, or all of them as a moving GIF.

Drawn as pixels, since a chart of thousands of marks per moment would be slow to make and to read.
Kinds of person differ in shape and size as well as in colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.charts.theme import GRID, INK, MUTED, PAPER
from worldclass.core.atomic import write_bytes
from worldclass.core.errors import OutputError, UsageError, WorldclassError

if TYPE_CHECKING:
    import polars as pl

FORMATS = (".png", ".gif")
COLUMNS = ("time", "x", "y", "kind")
EMPTY = "#f3f4f6"
MOST_PANELS, LARGEST = 6, 720
"""Moments of a PNG, and pixels of a grid's longer side."""
MARGIN, LEGEND, SERIES = 24, 26, 130


@dataclass(frozen=True)
class Kind:
    """How one kind of person is drawn.

    Parameters
    ----------
    label
        Words for the legend.
    colour
        Hexadecimal.
    size
        Side over the side of a site; 0 for those who are counted but not drawn.
    disc
        Whether it is a disc instead of a square.
    line
        Whether its number over time is drawn below a moving picture.
    """

    label: str
    colour: str
    size: float = 1.0
    disc: bool = False
    line: bool = False


@dataclass(frozen=True)
class GridPicture:
    """Moments of a grid, ready to be saved.

    Parameters
    ----------
    agents
        Columns `time, x, y, kind`; persons without a site have no x and are not drawn, but counted.
    width, height
        Sites across and down.
    kinds
        How kinds are drawn, in the order of the legend; others are left out.
    title, subtitle, footnote
        Words around the picture.
    time
        The unit of time, such as "period".
    total
        Words for the number of all persons of kinds with a line, where there are too many of
        these to name each above a moment.
    """

    agents: pl.DataFrame
    width: int
    height: int
    kinds: Mapping[str, Kind]
    title: str
    subtitle: str
    footnote: str
    time: str
    total: str = ""

    @property
    def times(self) -> list[float]:
        """Moments, in order."""
        return self.agents["time"].unique().sort().to_list()

    def framed(self) -> GridPicture:
        """Itself: title and footnote are part of it, as of a framed chart."""
        return self

    def _repr_png_(self) -> bytes:
        """Show some moments in a notebook."""
        buffer = BytesIO()
        _still(self).save(buffer, "PNG")
        return buffer.getvalue()

    def save(self, path: str | Path, *, milliseconds: int = 120) -> None:
        """Write some moments as .png, or all as a moving .gif.

        Parameters
        ----------
        milliseconds
            How long a moment of a GIF stands.

        Raises
        ------
        OutputError
            Another ending, or a file that cannot be written.
        """
        suffix = Path(path).suffix.lower()
        if suffix not in FORMATS:
            raise OutputError(
                f"Grids cannot be written as {suffix or 'a file without ending'}.",
                where=str(path),
                remedy=f"End the name in one of {', '.join(FORMATS)}.",
            )
        buffer = BytesIO()
        if suffix == ".png":
            _still(self).save(buffer, "PNG", optimize=True)
        else:
            first, *rest = [frame.quantize(64) for frame in _moving(self)]
            first.save(
                buffer,
                "GIF",
                save_all=True,
                append_images=rest,
                duration=[milliseconds] * len(rest) + [2_000],
                loop=0,
                optimize=False,
            )
        write_bytes(path, buffer.getvalue())


def grid_picture(
    agents: pl.DataFrame,
    width: int,
    height: int,
    kinds: Mapping[str, Kind],
    *,
    title: str,
    subtitle: str = "",
    footnote: str = "",
    time: str = "period",
    total: str = "",
) -> GridPicture:
    """Prepare a picture of persons on a grid; see `GridPicture`.

    Raises
    ------
    UsageError
        A column is missing, there is no moment, or somebody stands outside the grid.
    """
    missing = [name for name in COLUMNS if name not in agents.columns]
    if missing or agents.is_empty():
        raise UsageError(
            f"The table of agents lacks {missing or 'rows'}.",
            where="snapshots",
            remedy=f"It needs {', '.join(COLUMNS)}: ask for snapshots.",
        )
    for column, sites in (("x", width), ("y", height)):
        low, high = agents[column].min(), agents[column].max()
        if isinstance(low, int) and isinstance(high, int) and not 0 <= low <= high < sites:
            raise UsageError(f"'{column}' goes from {low} to {high} on {sites} sites.")
    present = set(agents["kind"].drop_nulls())
    shown = {name: kind for name, kind in kinds.items() if name in present}
    return GridPicture(agents, width, height, shown, title, subtitle, footnote, time, total)


def _still(picture: GridPicture) -> Any:
    """Up to six moments, evenly chosen, side by side."""
    times = picture.times
    if len(times) > MOST_PANELS:
        step = (len(times) - 1) / (MOST_PANELS - 1)
        times = [times[round(k * step)] for k in range(MOST_PANELS)]
    columns = len(times) if len(times) <= 3 else -(-len(times) // 2)
    site = _site(picture, LARGEST if len(times) == 1 else LARGEST // 2)
    wide, tall = site * picture.width, site * picture.height
    rows = -(-len(times) // columns)
    whole = columns * wide + (columns - 1) * MARGIN
    image, top = _sheet(picture, whole, rows * (tall + LEGEND) + (rows - 1) * 8)
    for place, time in enumerate(times):
        left = MARGIN + (place % columns) * (wide + MARGIN)
        down = top + (place // columns) * (tall + LEGEND + 8)
        _text(image, left, down, _moment(picture, time), 13, MUTED)
        image.paste(_grid(picture, time, site), (left, down + LEGEND - 4))
    return image


def _moving(picture: GridPicture) -> list[Any]:
    """One sheet a moment: the grid, and numbers over time below."""
    site = _site(picture, LARGEST // 2)
    whole, tall = max(site * picture.width, 360), site * picture.height
    series = _series(picture)
    sheet, top = _sheet(picture, whole, LEGEND + tall + (SERIES if series else 0), bool(series))
    frames: list[Any] = []
    for time in picture.times:
        image = sheet.copy()
        _text(image, MARGIN, top, _moment(picture, time), 13, MUTED)
        image.paste(_grid(picture, time, site), (MARGIN, top + LEGEND - 4))
        if series:
            _lines(image, picture, series, time, (MARGIN, top + LEGEND + tall + 14, whole))
        frames.append(image)
    return frames


def _site(picture: GridPicture, longest: int) -> int:
    return max(1, longest // max(picture.width, picture.height))


def _moment(picture: GridPicture, time: float) -> str:
    """The time, and how many of each kind with a line."""
    here = picture.agents.filter(picture.agents["time"] == time)["kind"]
    numbers = {
        kind.label.lower(): int((here == name).sum())
        for name, kind in picture.kinds.items()
        if kind.line
    }
    if picture.total:
        numbers = {picture.total: sum(numbers.values())}
    words = [f"{label} {number:,}" for label, number in numbers.items()]
    return " · ".join([f"{picture.time} {time:g}", *words])


def _sheet(picture: GridPicture, width: int, height: int, lines: bool = False) -> tuple[Any, int]:
    """A white sheet with title, legend and footnote, and where the rest begins."""
    image_module, draw_module = _pillow()
    title = textwrap.wrap(picture.title, max(20, width // 9))
    words = textwrap.wrap(picture.subtitle, max(30, width // 7))
    foot = textwrap.wrap(picture.footnote, max(30, width // 6))
    legend = _legend_rows(picture, width, lines)
    top = 16 + 22 * len(title) + 17 * len(words) + 8 + 20 * len(legend) + 8
    sheet = image_module.new(
        "RGB", (width + 2 * MARGIN, top + height + 18 + 15 * len(foot) + 10), PAPER
    )
    down = 14
    for line in title:
        _text(sheet, MARGIN, down, line, 17, INK)
        down += 22
    for line in words:
        _text(sheet, MARGIN, down, line, 12, MUTED)
        down += 17
    down += 8
    for row in legend:
        for left, kind in row:
            if kind.size:
                _mark(sheet, (MARGIN + left, down + 2, 12), kind)
            else:
                ends = (MARGIN + left, down + 8, MARGIN + left + 12, down + 8)
                draw_module.Draw(sheet).line(ends, fill=kind.colour, width=2)
            _text(sheet, MARGIN + left + 18, down, kind.label, 12, INK)
        down += 20
    for number, line in enumerate(foot):
        _text(sheet, MARGIN, top + height + 12 + 15 * number, line, 11, MUTED)
    return sheet, top


def _legend_rows(picture: GridPicture, width: int, lines: bool) -> list[list[tuple[int, Kind]]]:
    """Kinds with their distance from the left, broken into rows; with lines only where drawn."""
    rows: list[list[tuple[int, Kind]]] = [[]]
    left = 0
    for kind in picture.kinds.values():
        if not kind.size and not lines:
            continue
        needed = 18 + int(_font(12).getlength(kind.label)) + 18
        if rows[-1] and left + needed > width:
            rows.append([])
            left = 0
        rows[-1].append((left, kind))
        left += needed
    return rows


def _grid(picture: GridPicture, time: float, site: int) -> Any:
    image_module, _ = _pillow()
    image = image_module.new("RGB", (site * picture.width, site * picture.height), EMPTY)
    here = picture.agents.filter(
        (picture.agents["time"] == time) & picture.agents["x"].is_not_null()
    )
    for x, y, name in here.select("x", "y", "kind").iter_rows():
        if name in picture.kinds and picture.kinds[name].size:
            _mark(image, (x * site, y * site, site), picture.kinds[name])
    return image


def _mark(image: Any, box: tuple[int, int, int], kind: Kind) -> None:
    """One person in a square of sites: left, top, side."""
    _, draw_module = _pillow()
    left, top, side = box
    inset = round(side * (1 - kind.size) / 2) if side > 2 else 0
    gap = 1 if side > 4 else 0
    corners = (
        left + inset,
        top + inset,
        left + side - 1 - gap - inset,
        top + side - 1 - gap - inset,
    )
    draw = draw_module.Draw(image)
    (draw.ellipse if kind.disc and side > 3 else draw.rectangle)(corners, fill=kind.colour)


def _series(picture: GridPicture) -> dict[str, list[int]]:
    """Number of persons of each kind with a line, at every moment."""
    import polars as pl

    if len(picture.times) < 2:
        return {}
    names = [name for name, kind in picture.kinds.items() if kind.line]
    counted = picture.agents.group_by("time").agg(
        ((pl.col("kind") == name).sum()).alias(name) for name in names
    )
    ordered = counted.sort("time")
    return {name: ordered[name].to_list() for name in names}


def _lines(
    image: Any,
    picture: GridPicture,
    series: Mapping[str, Sequence[int]],
    time: float,
    box: tuple[int, int, int],
) -> None:
    """Numbers over time up to a moment: left, top, width."""
    _, draw_module = _pillow()
    left, top, width = box
    tall, draw = SERIES - 40, draw_module.Draw(image)
    most = max(1, *(max(values) for values in series.values()))
    number = int(_font(11).getlength(f"{most:,}")) + 8
    start, span = left + number, width - number
    for share in (0.0, 0.5, 1.0):
        level = top + tall - round(share * tall)
        draw.line((start, level, start + span, level), fill=GRID)
        words = f"{round(share * most):,}"
        _text(image, start - 8 - int(_font(11).getlength(words)), level - 7, words, 11, MUTED)
    times = picture.times
    length = times[-1] - times[0]
    for name, values in series.items():
        points = [
            (start + span * (at - times[0]) / length, top + tall - tall * value / most)
            for at, value in zip(times, values, strict=True)
            if at <= time
        ]
        if len(points) > 1:
            draw.line(points, fill=picture.kinds[name].colour, width=2)
    _text(image, start, top + tall + 6, f"{picture.time} {times[0]:g}", 11, MUTED)
    last = f"{times[-1]:g}"
    _text(image, start + span - int(_font(11).getlength(last)), top + tall + 6, last, 11, MUTED)


def _text(image: Any, left: int, top: int, words: str, size: int, colour: str) -> None:
    _, draw_module = _pillow()
    draw_module.Draw(image).text((left, top), words, fill=colour, font=_font(size))


@lru_cache(maxsize=8)
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _pillow() -> tuple[Any, Any]:
    """Pillow's modules for images and for drawing."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise WorldclassError(
            "Pictures of a grid need the package Pillow.",
            remedy="Install it: pip install 'worldclass[dynamics]'.",
        ) from error
    return Image, ImageDraw
