"""Pinned requirements: exact, hashed, silent about hosts, in step with pyproject.toml."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

FILES = ("boot.txt", "core.txt", "dev.txt")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PYTHONS = ("3.11", "3.12", "3.13")


def pins(path: Path) -> list[tuple[Requirement, int]]:
    """Each pinned requirement with its number of hashes."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *_ = re.split(r"\s--hash", line)
            found.append((Requirement(requirement.strip()), len(HASH.findall(line))))
    return found


def pinned(path: Path, python: str) -> dict[str, Version]:
    """Version of each package on Linux under one Python."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return {
        canonicalize_name(item.name): Version(next(iter(item.specifier)).version)
        for item, _ in pins(path)
        if item.marker is None or Marker(str(item.marker)).evaluate(environment)
    }


def declared(root: Path) -> tuple[list[str], list[str]]:
    """What pyproject.toml asks for: the core, and everything else."""
    content = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = content["project"]
    others = [*project["optional-dependencies"].values(), *content["dependency-groups"].values()]
    return project["dependencies"], [item for group in others for item in group]


@pytest.mark.parametrize("name", FILES)
def test_every_pin_is_exact_and_hashed(root: Path, name: str) -> None:
    loose = [
        str(item)
        for item, hashes in pins(root / "requirements" / name)
        if hashes == 0 or [part.operator for part in item.specifier] != ["=="]
    ]
    assert not loose


@pytest.mark.parametrize("name", FILES)
def test_no_pin_names_a_host(root: Path, name: str) -> None:
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    assert not re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", text)


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_satisfy_what_the_project_declares(root: Path, python: str) -> None:
    core, others = declared(root)
    for name, wanted in (("core.txt", core), ("dev.txt", [*core, *others])):
        have = pinned(root / "requirements" / name, python)
        for text in wanted:
            need = Requirement(text)
            found = have.get(canonicalize_name(need.name))
            assert found is not None and found in need.specifier, f"{name}: {text}: {found}"


def test_developers_run_what_users_install(root: Path) -> None:
    core = {str(item): hashes for item, hashes in pins(root / "requirements" / "core.txt")}
    developer = {str(item): hashes for item, hashes in pins(root / "requirements" / "dev.txt")}
    assert core.items() <= developer.items()


def test_every_core_dependency_is_used(root: Path) -> None:
    """What nothing imports only makes the installation larger."""
    imported = set()
    for path in (root / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    used = {
        canonicalize_name(distribution)
        for module, distributions in packages_distributions().items()
        if module in imported
        for distribution in distributions
    }
    core, _ = declared(root)
    assert not {canonicalize_name(Requirement(text).name) for text in core} - used
