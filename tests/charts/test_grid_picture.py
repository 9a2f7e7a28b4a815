"""Pictures of a grid show what the table says, and are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from worldclass.charts.grid_picture import EMPTY, Kind, grid_picture
from worldclass.core.errors import OutputError, UsageError

KINDS = {
    "quiet": Kind("Quiet", "#a9b8dd", 0.6),
    "active": Kind("Active", "#c2410c", line=True),
    "cop": Kind("Cops", "#141736", disc=True),
    "jailed": Kind("Jailed", "#6b7280", 0.0, line=True),
}


def agents(times: int = 3) -> pl.DataFrame:
    """One quiet, one active, one prisoner on a grid of 20 × 10, who move to the right."""
    return pl.DataFrame(
        {
            "time": [float(time) for time in range(times) for _ in range(3)],
            "x": [x for time in range(times) for x in (time, time + 5, None)],
            "y": [1, 2, None] * times,
            "kind": ["quiet", "active", "jailed"] * times,
        }
    )


def picture(times: int = 3):
    """A picture of these."""
    return grid_picture(agents(times), 20, 10, KINDS, title="Title", footnote="Mechanism")


@pytest.mark.parametrize(("times", "columns", "rows"), [(1, 1, 1), (3, 3, 1), (6, 3, 2), (9, 3, 2)])
def test_a_still_has_up_to_six_moments(tmp_path: Path, times: int, columns: int, rows: int) -> None:
    from PIL import Image

    path = tmp_path / "grid.png"
    picture(times).save(path)
    with Image.open(path) as image:
        site = 36 if times == 1 else 18
        assert image.width == columns * site * 20 + (columns - 1) * 24 + 48
        assert image.height > rows * site * 10
        seen = {colour for _, colour in image.convert("RGB").getcolors(1 << 20) or []}
    for colour in (EMPTY, KINDS["quiet"].colour, KINDS["active"].colour):
        assert tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5)) in seen


def test_a_film_has_every_moment_and_holds_the_last(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "grid.gif"
    picture(9).save(path, milliseconds=100)
    with Image.open(path) as film:
        assert film.n_frames == 9
        film.seek(8)
        assert film.info["duration"] == 2_000


def test_kinds_that_nobody_has_are_not_in_the_legend() -> None:
    assert list(picture().kinds) == ["quiet", "active", "jailed"]


def test_nonsense_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="png"):
        picture().save(tmp_path / "grid.bmp")
    assert not list(tmp_path.iterdir())
    with pytest.raises(UsageError, match="kind"):
        grid_picture(agents().drop("kind"), 20, 10, KINDS, title="")
    with pytest.raises(UsageError, match="5 sites"):
        grid_picture(agents(), 5, 10, KINDS, title="")
