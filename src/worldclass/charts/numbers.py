"""Numbers as people read them: 1.87 bn, 340 M, 12.3 k; shares as per cent.

The same conventions exist twice, for Python text and as Vega expressions for axes and
tooltips; `tests/charts/test_numbers.py` holds them against each other.
"""

from __future__ import annotations

import math

_THOUSAND = 1e3
_SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))

NO_VALUE = "–"
"""What stands where there is no number."""


def significant(value: float, digits: int, *, trim: bool = True) -> str:
    """Round to significant digits, without exponent; by default without trailing zeros.

    Examples
    --------
    >>> significant(1234.5, 3), significant(0.04567, 2), significant(1.96, 2)
    ('1230', '0.046', '2')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else NO_VALUE
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    text = f"{round(value, decimals):.{max(decimals, 0)}f}"
    return text.rstrip("0").rstrip(".") if trim and "." in text else text


def persons_text(value: float | None, digits: int = 3) -> str:
    """Count of persons with a humane unit.

    Examples
    --------
    >>> persons_text(1_874_300_000), persons_text(339_600_000), persons_text(812)
    ('1.87 bn', '340 M', '812')
    >>> persons_text(1_773_000_000_000, 4)
    '1,773 bn'
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    for scale, unit in _SCALES:
        # 999.6 M is 1 bn: compare after rounding to the digits shown.
        if abs(value) >= scale * (1 - 0.5 * 10.0**-digits):
            return f"{set_apart(significant(value / scale, digits))} {unit}"
    return significant(value, digits)


def set_apart(text: str) -> str:
    """A written number with its thousands set apart.

    Examples
    --------
    >>> set_apart("1773"), set_apart("-56.7")
    ('1,773', '-56.7')
    """
    return f"{int(text):,}" if text.removeprefix("-").isdecimal() else text


def persons_interval(low: float | None, high: float | None, digits: int = 2) -> str:
    """Both ends of an interval, in the unit of the upper one where the lower one fits it.

    More digits are shown where the ends would look the same; equal ends are no interval.

    Examples
    --------
    >>> persons_interval(1_610_000_000, 2_990_000_000)
    '1.6–3.0 bn'
    >>> persons_interval(92_000_000, 1_200_000_000)
    '92 M–1.2 bn'
    >>> persons_interval(103_100_000, 103_900_000)
    '103–104 M'
    >>> persons_interval(21, 441_400), persons_interval(267, 1_047_000)
    ('0.021–440 k', '0.27 k–1.0 M')
    >>> persons_interval(None, 5.0)
    '–'
    """
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NO_VALUE
    if low == high:
        return NO_VALUE
    bottom, top, unit = _ends(low, high, digits)
    while digits < 4 and bottom == top:
        digits += 1
        bottom, top, unit = _ends(low, high, digits)
    return f"{bottom}–{top}{unit}"


def _ends(low: float, high: float, digits: int) -> tuple[str, str, str]:
    """Both ends with a number of significant digits, and the unit of the upper one."""
    for scale, unit in _SCALES:
        if abs(high) >= scale * (1 - 0.5 * 10.0**-digits):
            top = set_apart(significant(high / scale, digits, trim=False))
            if 0 < low < 0.1 * scale:
                return _low_end(low, unit, digits), top, f" {unit}"
            return set_apart(significant(low / scale, digits, trim=False)), top, f" {unit}"
    return significant(low, digits), significant(high, digits), ""


def _low_end(low: float, unit: str, digits: int) -> str:
    """A low end far below the high one, never without a unit: it would be read in the other's."""
    if low >= _THOUSAND * (1 - 0.5 * 10.0**-digits):
        return persons_text(low, digits)
    text = "<0.001" if low < 1 else significant(low / _THOUSAND, digits)
    return text if unit == "k" else f"{text} k"


def share_text(value: float | None, *, sign: bool = True) -> str:
    """Share between 0 and 1 as per cent, one decimal below ten.

    Examples
    --------
    >>> share_text(0.3468), share_text(0.0123), share_text(0.0004), share_text(None)
    ('35 %', '1.2 %', '<0.1 %', '–')
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    percent, unit = 100 * value, " %" if sign else ""
    if 0 < percent < 0.05:
        return f"<0.1{unit}"
    return f"{percent:.0f}{unit}" if percent >= 9.95 else f"{percent:.1f}{unit}"


def share_interval(low: float | None, high: float | None) -> str:
    """Both ends of an interval of shares, in per cent; equal ends are no interval.

    Examples
    --------
    >>> share_interval(0.312, 0.374)
    '31–37 %'
    """
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return NO_VALUE
    if low == high:
        return NO_VALUE
    return f"{share_text(low, sign=False)}–{share_text(high)}"


def persons_expression(field: str) -> str:
    """Vega expression that writes `field` as `persons_text` does."""
    branches = "".join(
        f"abs({field}) >= {scale * 0.9995:.0f} ? "
        f"format({field} / {scale:.0f}, ',.3~r') + ' {unit}' : "
        for scale, unit in _SCALES
    )
    return f"({field} == null ? '{NO_VALUE}' : {branches}format({field}, '.3~r'))"


def share_expression(field: str) -> str:
    """Vega expression that writes `field` as `share_text` does."""
    return (
        f"({field} == null ? '{NO_VALUE}' : {field} > 0 && {field} < 0.0005 ? '<0.1 %' : "
        f"format(100 * {field}, {field} >= 0.0995 ? '.0f' : '.1f') + ' %')"
    )
