"""Every picture of flows is valid at both widths, can be drawn without a network, and is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl
import pytest
import vl_convert

from tests.charts.synthetic_flows import areas_of, pairs_of
from worldclass.charts.flow_balance import flow_balance
from worldclass.charts.flow_frame import FlowSetting
from worldclass.charts.flow_map import flow_map
from worldclass.charts.flow_matrix import flow_matrix
from worldclass.charts.flow_sankey import flow_sankey
from worldclass.charts.flow_trends import flow_trends
from worldclass.charts.picture import Picture

SETTING = FlowSetting(source="made-up numbers", draws=200)
YEARS = [2002, 2004, 2008]
PAIRS = pairs_of(YEARS)
AREAS = areas_of(PAIRS)
BUILDERS: dict[str, tuple[Callable[..., Picture], pl.DataFrame]] = {
    "matrix": (flow_matrix, PAIRS),
    "sankey": (flow_sankey, PAIRS),
    "trends": (flow_trends, AREAS),
    "balance": (flow_balance, AREAS),
    "map": (flow_map, AREAS),
}


@pytest.mark.parametrize("width", [760, 340])
@pytest.mark.parametrize("kind", BUILDERS)
def test_a_picture_is_valid_described_and_no_wider_than_asked_for(kind: str, width: int) -> None:
    build, frame = BUILDERS[kind]
    picture = build(frame, setting=SETTING, width=width)
    specification = picture.framed().to_dict()  # Altair checks it against the schema
    assert specification["description"] == picture.caption.description
    assert len(picture.caption.description) > 60
    assert set(specification["datasets"]) == set(picture.data)
    assert picture.caption.footnote.endswith("Source: made-up numbers.")
    assert "2008" in picture.caption.title
    svg = vl_convert.vegalite_to_svg(picture.specification(), allowed_base_urls=[])
    found = re.search(r'<svg [^>]*?width="([\d.]+)"', svg)
    assert found and float(found[1]) <= width + 14


def test_the_unit_is_said_and_numbers_are_counts() -> None:
    assert "billion hours" in flow_matrix(PAIRS).caption.subtitle
    for build, frame in (BUILDERS["sankey"], BUILDERS["trends"], BUILDERS["balance"]):
        assert "hours" in build(frame).caption.subtitle.lower()
    value = flow_sankey(PAIRS).data["ribbons"][0]["value"]
    assert value > 1e9
