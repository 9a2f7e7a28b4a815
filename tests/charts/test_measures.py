"""What a picture reads from the atlas frame."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.measures import choose, estimates, find_measure
from worldclass.core.errors import UsageError


def test_a_share_has_the_relative_interval_of_its_persons(atlas: pl.DataFrame) -> None:
    rows = estimates(choose(atlas, country="WORLD", year=2023), find_measure("share_adults"))
    relative = (rows["low"] / rows["value"], rows["persons_p05"] / rows["persons"])
    assert relative[0].to_list() == pytest.approx(relative[1].to_list())


def test_a_class_without_persons_has_no_interval_of_its_share(atlas: pl.DataFrame) -> None:
    empty = atlas.head(1).with_columns(persons=pl.lit(0.0), share_adults=pl.lit(0.0))
    row = estimates(empty, find_measure("share_adults")).row(0, named=True)
    assert (row["low"], row["high"]) == (None, None)


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"country": "ATL"}, "'ATL'"),
        ({"year": 1950}, "2021–2023"),
        ({"class_id": "clergy"}, "proletariat"),
        ({"sex": "both"}, "female, male, total"),
    ],
)
def test_a_choice_that_is_not_there_says_what_is(
    atlas: pl.DataFrame, wish: dict[str, str], named: str
) -> None:
    with pytest.raises(UsageError) as caught:
        choose(atlas, **wish)
    assert named in str(caught.value)


def test_a_picture_refuses_two_theories_at_once(atlas: pl.DataFrame) -> None:
    two = pl.concat([atlas.head(5), atlas.head(5).with_columns(theory=pl.lit("other"))])
    with pytest.raises(UsageError, match="one theory"):
        choose(two)


def test_an_unknown_measure_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="share_workforce"):
        find_measure("weight")
