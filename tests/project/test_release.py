"""What a release says of itself, in one voice."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

import worldclass


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def citation(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


def test_there_is_one_version(project: dict[str, Any], citation: dict[str, Any]) -> None:
    # Version 1.1 of the citation format and YAML agree that 0.1.0 is text.
    assert project["version"] == worldclass.__version__ == citation["version"]
    assert version("worldclass") == project["version"]


def test_the_changelog_tells_of_this_version(root: Path, project: dict[str, Any]) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## {re.escape(project['version'])} – \d{{4}}-\d{{2}}-\d{{2}}$"
    assert re.search(heading, text, flags=re.MULTILINE)


def test_the_citation_file_is_complete(project: dict[str, Any], citation: dict[str, Any]) -> None:
    required = {"cff-version", "message", "title", "authors", "license", "date-released"}
    assert required <= citation.keys()
    assert citation["license"] == project["license"]
    assert citation["title"].startswith(project["name"])
    assert all("name" in author or "family-names" in author for author in citation["authors"])


def test_licence_and_notice_are_there(root: Path) -> None:
    assert "Apache License" in (root / "LICENSE").read_text(encoding="utf-8")
    assert "DATA_SOURCES.md" in (root / "NOTICE").read_text(encoding="utf-8")


def test_notebooks_can_complete_every_public_name() -> None:
    assert set(worldclass.__all__) <= set(dir(worldclass))
