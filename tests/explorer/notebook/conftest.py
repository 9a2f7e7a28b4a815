"""One notebook, run once in a real kernel, for all tests of what it shows."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

SOURCE = Path(__file__).resolve().parents[3] / "src"
SETUP = """
import polars as pl
import worldclass as wc
people = pl.DataFrame({"father": [*"aabbc"] * 40, "class": [*"abbcc"] * 40})
brazil = wc.atlas("bromma", country="BRA", year="2021:2023")
verdicts = wc.claims("bromma")
"""
CELLS = {
    "no result": "1 + 1",
    "atlas": "brazil",
    "trends": 'brazil.plot("trends")',
    "map": 'wc.atlas("bromma", year=2023).plot("map", klass="worker-elite")',
    "comparison": 'wc.compare(["bromma", "sakai"], year=2023, country="WORLD", draws=0)',
    "ranking": 'wc.rank("bromma", "worker-elite", year=2023)',
    "flows": 'wc.flows(2008, by="pair", group=["NORTH", "SOUTH"])',
    "matrix": 'wc.flows(2008, by="pair", draws=0)',
    "verdicts": "verdicts",
    "some verdicts": "verdicts.head(3)",
    "curve": 'verdicts.evaluations["worker-elite-grew"]',
    "simulation": 'wc.simulate("debt-crisis", {"years": 20}, seed=1)',
    "mobility": 'wc.mobility(people, "father", "class")',
    "cross table": 'wc.cross_table(people, "father", "class")',
    "correspondence": 'wc.correspondence("ilo-status", 2008, draws=0)',
    "drawn selection": 'wc.plot(brazil.filter(pl.col("year") == 2023))',
    "selection": 'brazil.filter(pl.col("year") == 2023)',
    "columns": 'brazil.select("class", "persons")',
    "no row": "brazil.clear()",
}


@dataclass(frozen=True)
class Shown:
    """What a cell shows."""

    data: dict[str, str]

    @property
    def html(self) -> str:
        return self.data["text/html"]

    @property
    def text(self) -> str:
        """The HTML without what is packed."""
        return re.sub(r">[\w+/=]{80,}<", "><", self.data.get("text/html", ""))

    @property
    def chart(self) -> dict[str, Any]:
        """The Vega-Lite specification that is drawn."""
        packed = re.findall(r'<script type="application/x-worldclass-chart">([^<]+)<', self.html)
        (only,) = packed
        return json.loads(gzip.decompress(base64.b64decode(only)))

    @property
    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return self.chart["datasets"]

    @property
    def brings_libraries(self) -> bool:
        return "application/x-worldclass-library" in self.html


def shown(cell: Any) -> Shown:
    """The only output of a cell that was run."""
    (output,) = [one for one in cell.outputs if one.output_type != "stream"]
    assert output.output_type == "execute_result", output
    return Shown(output.data)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def environment(cache: Path) -> dict[str, str]:
    """What the kernel sees: this source, and a cache of its own."""
    found = {key: value for key, value in os.environ.items() if key != "WORLDCLASS_SNAPSHOT"}
    own = {"WORLDCLASS_CACHE": str(cache), "IPYTHONDIR": str(cache / "ipython")}
    return found | own | {"PYTHONPATH": str(SOURCE)}


@pytest.fixture(scope="session")
def notebook(environment: dict[str, str]) -> dict[str, Shown]:
    """What each of the cells shows."""
    cells = [new_code_cell(text) for text in (SETUP, *CELLS.values())]
    client = NotebookClient(new_notebook(cells=cells), timeout=120, kernel_name="python3")
    client.execute(env=environment)
    return {name: shown(cell) for name, cell in zip(CELLS, cells[1:], strict=True)}
