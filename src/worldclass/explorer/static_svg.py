"""Charts as small SVG text to set into a page, for readers without JavaScript."""

from __future__ import annotations

import re

from worldclass.charts.picture import Picture

_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_POINTER = re.compile(r' (?:pointer-events="none"|stroke-miterlimit="10"|fill-opacity="1")')
_CLIP = re.compile(r'(id="|url\(#)(clip\d+|gradient_\d+)')
_LINES = re.compile(r' d="(M[-\d.,MLZe]*)"')
_PLACES = re.compile(r' (d|transform|x|y|x2|y2|cx|cy)="([^"]*)"')
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')


def static_svg(picture: Picture, prefix: str) -> str:
    """Convert a picture without title and footnote to SVG, coordinates to a tenth of a pixel.

    Parameters
    ----------
    picture
        Chart with its data.
    prefix
        Makes the ids inside unique on the page.
    """
    import vl_convert

    text = vl_convert.vegalite_to_svg(picture.specification(), allowed_base_urls=[])
    text = _CLIP.sub(rf"\g<1>{prefix}-\g<2>", compact(text))
    # The size gives the shape only: the page lets the picture shrink with its column.
    return _SIZE.sub(r'<svg \1 style="max-width:\2px" aria-hidden="true"', text, count=1)


def compact(text: str) -> str:
    """Shorten Vega's SVG: coordinates to a tenth of a pixel, no marks for screen readers."""
    text = _ARIA.sub("", _POINTER.sub("", text))
    text = _LINES.sub(lambda m: f' d="{_relative(m[1])}"', text)
    return _PLACES.sub(lambda m: f' {m[1]}="{_NUMBER.sub(_tenth, m[2])}"', text)


def _relative(path: str) -> str:
    """Path of straight lines in relative steps of a tenth of a pixel.

    Steps shorter than a third of a pixel are taken together with the next one.
    """
    written: list[str] = []
    x = y = 0
    for start in path.split("M")[1:]:
        closed = start.endswith("Z")
        points = [
            (round(float(a) * 10), round(float(b) * 10))
            for a, b in (pair.split(",") for pair in start.rstrip("Z").split("L"))
        ]
        command = "M"
        for place, (a, b) in enumerate(points):
            if command == "M":
                written.append(f"M{_plain(a)},{_plain(b)}")
                command = "l"
            elif abs(a - x) + abs(b - y) >= 4 or (not closed and place == len(points) - 1):
                second = _plain(b - y)
                written.append(f"{command}{_plain(a - x)}{'' if second[0] == '-' else ','}{second}")
                command = " "
            else:
                continue
            x, y = a, b
        written.append("z" if closed else "")
    return "".join(written).replace(" -", "-")


def _plain(tenths: int) -> str:
    """Tenths as a decimal number without needless signs."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"


def _tenth(match: re.Match[str]) -> str:
    return _plain(round(float(match[0]) * 10))
