"""Amounts, differences and their intervals as people read them."""

from __future__ import annotations

from functools import lru_cache

from worldclass.charts.numbers import NO_VALUE, persons_text


@lru_cache(maxsize=8192)  # pictures of one table write the same numbers at every width
def amount_text(value: float | None, digits: int = 3) -> str:
    """An amount with a humane unit; a true minus sign.

    Examples
    --------
    >>> amount_text(826e9), amount_text(-1.23e9), amount_text(None)
    ('826 bn', '−1.23 bn', '–')
    """
    return persons_text(value, digits).replace("-", "−")


def signed_text(value: float | None, digits: int = 3) -> str:
    """An amount with its sign, also when it is positive.

    Examples
    --------
    >>> signed_text(826e9), signed_text(0.0)
    ('+826 bn', '0')
    """
    return f"+{amount_text(value, digits)}" if value and value > 0 else amount_text(value, digits)


@lru_cache(maxsize=8192)
def interval_text(low: float | None, high: float | None, digits: int = 2) -> str:
    """Both ends of an interval, each with its unit.

    Examples
    --------
    >>> interval_text(-2e9, 5.1e9), interval_text(None, 1.0)
    ('−2 bn to 5.1 bn', '–')
    """
    if low is None or high is None:
        return NO_VALUE
    return f"{amount_text(low, digits)} to {amount_text(high, digits)}"


def ratio_text(value: float | None) -> str:
    """A relative difference as per cent, with its sign.

    Examples
    --------
    >>> ratio_text(0.693), ratio_text(-0.024), ratio_text(None)
    ('+69 %', '−2.4 %', '–')
    """
    if value is None:
        return NO_VALUE
    percent = 100 * value
    text = f"{percent:+.0f} %" if abs(percent) >= 9.95 else f"{percent:+.1f} %"
    return text.replace("-", "−")
