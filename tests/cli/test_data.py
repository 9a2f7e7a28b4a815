"""`worldclass data sources` and `worldclass data status`."""

import json

import pytest
from typer.testing import CliRunner

from worldclass.cli.data import app
from worldclass.core.errors import SourceError, UsageError


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("WORLDCLASS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)

    def command(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None:
            raise result.exception
        return result.output

    return command


def test_sources_name_series_provider_and_licence(run):
    output = run("sources")
    for word in ("employer_share", "worldbank", "pwt_labsh", "CC BY 3.0 IGO"):
        assert word in output


def test_sources_as_json_carry_every_detail(run):
    rows = json.loads(run("sources", "--json"))
    employers = next(r for r in rows if r["indicator"] == "employer_share")
    assert employers["code"]["female"] == "SL.EMP.MPYR.FE.ZS"
    assert employers["licence"] == "CC BY 4.0"
    assert employers["citation"]


def test_two_formats_at_once_are_a_usage_error(run):
    with pytest.raises(UsageError):
        run("sources", "--json", "--markdown")


def test_status_without_anything_says_what_to_do(run):
    output = run("status")
    assert "WORLDCLASS_MIRROR" in output
    assert "nothing downloaded yet" in output.replace("\n", " ")


def test_status_of_a_broken_mirror_fails_and_names_the_files(run, tmp_path):
    (tmp_path / "world").mkdir()
    with pytest.raises(SourceError, match=r"world/panel\.parquet: The table is missing"):
        run("status", "--mirror", str(tmp_path))


def test_status_as_json_lists_the_cache(run):
    status = json.loads(run("status", "--json"))
    assert status["mirror"] is None
    assert status["files"] == []
