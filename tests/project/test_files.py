"""House rules that a linter does not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
LARGEST_FILE = 5_000_000
WRITERS = {"core/atomic.py", "sources/transfer.py"}
"""The only modules that open files for writing; all others go through `core.atomic`."""

TEXT = {".cff", ".cfg", ".css", ".csv", ".html", ".js", ".json", ".md", ".py", ".sh", ".toml"}
TEXT |= {".txt", ".yaml", ".yml", ""}
# Written in parts, so that this file does not hold what it looks for.
MACHINE_PATHS = [rf"(?<![\w.<]){'/'}{top}/\w" for top in ("root", "home", "Users", "work", "mnt")]
HOSTS = ["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org", "deb" + r"\.debian"]
HOSTS += ["crates" + r"\.io", "ana" + r"conda\.(com|org)", "go" + r"lang\.org"]


def modules(root: Path) -> Iterator[tuple[str, str]]:
    """Name below the package, and text, of each module."""
    package = root / "src" / "worldclass"
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).as_posix(), path.read_text(encoding="utf-8")


def test_no_module_is_longer_than_400_lines(root: Path) -> None:
    long = {name: n for name, text in modules(root) if (n := text.count("\n")) > MOST_LINES}
    assert not long


def test_every_function_fits_a_screen(root: Path) -> None:
    long = {}
    for name, text in modules(root):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                size = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                if size > MOST_FUNCTION_LINES:
                    long[f"{name}:{node.name}"] = size
    assert not long


def test_no_module_is_a_bag_of_things(root: Path) -> None:
    bags = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    assert not [name for name, _ in modules(root) if Path(name).stem.strip("_") in bags]


def test_modules_and_public_names_say_what_they_are(root: Path) -> None:
    silent = []
    for name, text in modules(root):
        tree = ast.parse(text)
        if tree.body and not ast.get_docstring(tree):
            silent.append(name)
        public = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        silent += [f"{name}:{node.name}" for node in public if not ast.get_docstring(node)]
    assert not silent


def test_files_are_written_in_one_place(root: Path) -> None:
    """So that no interruption leaves half a file."""
    methods = {"write_text", "write_bytes", "write_parquet", "write_csv", "write_json"}
    found = []
    for name, text in modules(root):
        if name in WRITERS:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                modes = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
                opens = node.func.attr == "open" and any(
                    isinstance(mode, str) and re.fullmatch(r"[wax]b?\+?", mode) for mode in modes
                )
                if opens or (node.func.attr in methods and node.args):
                    found.append(f"{name}:{node.lineno}")
    assert not found


def test_no_file_names_a_machine_or_a_package_registry(files: list[Path], root: Path) -> None:
    """Requirements name packages; the reader's own settings say where to get them."""
    pattern = re.compile("|".join(MACHINE_PATHS + HOSTS))
    found = []
    for path in files:
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if hit := pattern.search(line):
                    found.append(f"{path.relative_to(root)}:{number}: {hit.group()}")
    assert not found


def test_no_file_is_too_large_to_review(files: list[Path], root: Path) -> None:
    large = {path.relative_to(root).as_posix(): path.stat().st_size for path in files}
    assert not {name: size for name, size in large.items() if size > LARGEST_FILE}
