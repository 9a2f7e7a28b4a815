"""Write a page for each script in examples/: its code, what it prints, the pictures it makes.

    python scripts/build_example_pages.py build/docs/docs/examples

Every script is run when its page is written, in a process and a folder of its own, so that a page
cannot show what the script no longer prints; one that fails, or warns, stops the build.
`scripts/stage_docs.py` calls this for the documentation site.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = (".svg", ".png")


@dataclass(frozen=True)
class Block:
    """Some lines of a script, what they printed, and names of the pictures they wrote."""

    code: str
    output: str
    pictures: list[str]


def main(target: Path) -> None:
    """Run all scripts, two at a time, and write their pages and the index into a folder."""
    scripts = sorted((ROOT / "examples").glob("*.py"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda script: write_page(script, target), scripts))
    (target / "index.md").write_text(index(scripts), encoding="utf-8")


def write_page(script: Path, target: Path) -> None:
    """Run a script and write its page, with its pictures in a folder of its name."""
    folder = target / script.stem
    shutil.rmtree(folder, ignore_errors=True)  # what an earlier run left is no picture of this one
    folder.mkdir(parents=True)
    blocks = run(script, folder)
    for file in folder.iterdir():
        if file.suffix not in PICTURES:
            file.unlink()
    if not any(block.pictures for block in blocks):
        folder.rmdir()
    (target / f"{script.stem}.md").write_text(page(script, blocks), encoding="utf-8")


def run(script: Path, folder: Path) -> list[Block]:
    """Run a script block by block, in a folder and a process of its own; warnings are errors.

    Raises
    ------
    RuntimeError
        The script failed.
    """
    with tempfile.TemporaryDirectory() as place:
        answer = Path(place) / "blocks.json"
        done = subprocess.run(
            [sys.executable, "-W", "error", __file__, "--run", script, answer],
            cwd=folder,
            env={**os.environ, "POLARS_FMT_STR_LEN": "40"},
            stderr=subprocess.PIPE,
            text=True,
            timeout=240,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{script.name} does not run:\n{done.stderr}")
        return [Block(**block) for block in json.loads(answer.read_text(encoding="utf-8"))]


def execute(script: Path, answer: Path) -> None:
    """Run a script in this process and write its blocks as JSON."""
    source = script.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "__main__", "__file__": str(script)}
    blocks: list[Block] = []
    for first, last, nodes in parts(source):
        before = set(Path.cwd().iterdir())
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(ast.Module(nodes, []), script, "exec"), names)
        made = sorted(set(Path.cwd().iterdir()) - before)
        code = "\n".join(source.splitlines()[first - 1 : last])
        drawn = [file.name for file in made if file.suffix in PICTURES]
        blocks.append(Block(code, said.getvalue(), drawn))
    answer.write_text(json.dumps([asdict(block) for block in blocks]), encoding="utf-8")


def parts(source: str) -> list[tuple[int, int, list[ast.stmt]]]:
    """First line, last line and statements of each block: an empty line ends it.

    The comments above a statement belong to it; the docstring of the script stands alone.
    """
    lines = source.splitlines()
    found: list[tuple[int, int, list[ast.stmt]]] = []
    ended = 0
    for node in ast.parse(source).body:
        first = ended + 1
        while first < node.lineno and not lines[first - 1].strip():
            first += 1
        last = node.end_lineno or node.lineno
        if found and first == ended + 1:
            start, _, nodes = found[-1]
            found[-1] = (start, last, [*nodes, node])
        else:
            found.append((first, last, [node]))
        ended = last
    return found


def page(script: Path, blocks: list[Block]) -> str:
    """The page of a script: what it is for, then code and output in turn."""
    words = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
    title, _, rest = words.partition("\n\n")
    lines = [
        f"# {title}",
        "",
        rest.replace("\n", " "),
        "",
        f"[The whole script](../../{path(script)})",
    ]
    pending: list[str] = []
    for block in blocks[1:]:
        pending += ["", block.code] if pending else [block.code]
        if block.output or block.pictures:
            lines += ["", "```python", *pending, "```"]
            pending = []
        if block.output:
            lines += ["", "```text", block.output.rstrip("\n"), "```"]
        for name in block.pictures:
            lines += ["", f"![{name}, as the script draws it]({script.stem}/{name})"]
    if pending:
        lines += ["", "```python", *pending, "```"]
    return "\n".join([*lines, ""])


def path(script: Path) -> str:
    """Where a script lies in the repository."""
    return script.relative_to(ROOT).as_posix()


def index(scripts: list[Path]) -> str:
    """The page that lists all scripts."""
    lines = [
        "# Examples",
        "",
        "Short scripts to start from. Each was run when this page was written: below its code "
        "stands what it printed and drew.",
        "",
    ]
    for script in scripts:
        words = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
        lines.append(f"- [{words.partition(chr(10))[0]}]({script.stem}.md)")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if sys.argv[1] == "--run":
        execute(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]))
