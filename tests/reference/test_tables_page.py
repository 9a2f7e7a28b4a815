"""The worked example of docs/flows-tables.md runs on the command line and gives what it prints."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from worldclass.cli.main import app

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "flows-tables.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
BLOCKS = FENCE.findall(PAGE)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the manifest, its files and the bridge."""
    monkeypatch.chdir(tmp_path)
    (manifest,) = (body for language, body in BLOCKS if body.startswith("# file: two.toml"))
    (tmp_path / "two.toml").write_text(manifest, encoding="utf-8")
    (writing,) = (body for _, body in BLOCKS if 'Path("z.csv").write_text' in body)
    exec(compile(writing, "docs/flows-tables.md", "exec"), {})
    return tmp_path


def test_the_commands_of_the_example_run_and_print_the_table_shown(example: Path) -> None:
    (shell,) = (
        body for language, body in BLOCKS if "--bridge bridge.csv" in body and language == "sh"
    )
    outputs = []
    for line in shell.splitlines():
        result = CliRunner().invoke(app, line.split()[1:])
        assert result.exit_code == 0, (line, result.output)
        outputs.append(result.output)
    (shown,) = (body for _, body in BLOCKS if body.startswith("Hours of 2010"))
    rows = [line.split() for line in shown.splitlines() if re.match(r" (Norway|South)", line)]
    printed = [line.split() for line in outputs[1].splitlines()]
    assert len(rows) == 2 and all(row in printed for row in rows)


def test_hours_given_are_those_of_the_file(example: Path) -> None:
    from worldclass.flows.query import flows
    from worldclass.flows.read import read_economy

    frame = flows(table=read_economy(example / "two.toml")[0], bridge="bridge.csv", draws=0)
    given = frame.filter((frame["measure"] == "hours_given") & (frame["sex"] == "total"))
    found = dict(zip(given["producer"], given["value"], strict=True))
    assert found == pytest.approx({"NOR": 3530.0, "ZAF": 24700.0})
