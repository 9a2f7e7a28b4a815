"""Charts that share their parts are Altair's to the letter, and leave their parts as they were."""

from __future__ import annotations

from typing import Any

import altair as alt

from worldclass.charts.marks import named
from worldclass.charts.sharing import Unit, layered, stacked


def nested(unit: Any, layer: Any, concat: Any) -> Any:
    base = unit(named("rows")).encode(x=alt.X("year:Q", axis=alt.Axis(title="Year")))
    main = layer(base.mark_area().encode(y="low:Q", y2="high:Q"), base.mark_line().encode(y="a:Q"))
    names = base.mark_text().encode(text="name:N").transform_filter("datum.name != null")
    whole = layer(main, names).resolve_scale(y="independent").properties(width=300, height=80)
    return concat(whole, whole.properties(height=20), spacing=12)


def test_the_specification_is_that_of_altair() -> None:
    ours = nested(Unit, layered, stacked).properties(title="Both")
    theirs = nested(alt.Chart, alt.layer, alt.vconcat).properties(title="Both")
    assert ours.to_dict() == theirs.to_dict()


def test_composing_copies_no_encoding_and_changes_no_part() -> None:
    line = Unit(named("rows")).mark_line().encode(x="year:Q").properties(width=100)
    before = line.to_dict(validate=False)
    whole = layered(line, line.mark_point()).properties(width=500)
    outer = stacked(whole, spacing=3)
    assert outer.vconcat[0].layer[0].encoding is line.encoding
    assert outer.to_dict(validate=False)["vconcat"][0]["width"] == 500
    assert line.to_dict(validate=False) == before


def test_a_changed_size_belongs_to_the_new_chart_alone() -> None:
    small = layered(Unit(named("rows")).mark_line()).properties(width=100)
    large = small.properties(width=500)
    assert (small.width, large.width) == (100, 500)
