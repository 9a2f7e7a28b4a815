"""What the pages say is true: links resolve, examples run, commands exist.

A ```toml block whose first line is `# file: NAME` is written to NAME first, so that the Python
blocks and commands of the same page can use it.
"""

import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from worldclass.schemes.library import list_schemes

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
# Pages of the site that are written from other files when it is built.
EXAMPLES = [script.stem for script in ROOT.glob("examples/*.py")]
STAGED = {ROOT / "docs" / "reference.md"} | {
    ROOT / "docs" / folder / f"{name}.md"
    for folder, names in (("schemes", list_schemes()), ("examples", EXAMPLES))
    for name in ("index", *names)
}
SHELL = {"sh", "bash", "console", "shell"}


def blocks(page: Path, *languages: str) -> list[str]:
    """The fenced blocks of a page in some languages."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [body for language, body in found if language in languages]


def commands(page: Path) -> list[str]:
    """The lines of fenced or indented blocks that call `worldclass`, continued lines joined."""
    indented = re.findall(r"^ {4}(?=\S).*$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = "\n".join([*blocks(page, *SHELL), *indented]).replace("\\\n", " ").splitlines()
    words = [line.strip().removeprefix("$ ") for line in lines]
    return [line for line in words if re.match(r"worldclass\s", line)]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_to_a_file_resolves(page: Path) -> None:
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [unquote(a or b) for a, b in LINK.findall(prose)]
    local = [t.split("#")[0] for t in targets if not re.match(r"[a-z]+:|#", t)]
    found = {target: (page.parent / target).resolve() for target in local}
    assert not [target for target, file in found.items() if not (file.exists() or file in STAGED)]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_python_examples_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = blocks(page, "python")
    if not code:
        pytest.skip("no Python on this page")
    monkeypatch.chdir(tmp_path)
    write_named_files(page, tmp_path)
    names: dict[str, object] = {"__name__": "__page__"}
    for number, block in enumerate(code, start=1):
        exec(compile(block, f"{page.name}, Python block {number}", "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_commands_are_ones_that_exist(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names and options are checked; nothing is run."""
    from typer.main import get_command

    from worldclass.cli.main import app

    monkeypatch.chdir(tmp_path)
    write_named_files(page, tmp_path)
    for line in commands(page):
        words = shlex.split(line.split("|")[0].split(">")[0], comments=True)[1:]
        command = get_command(app)
        context = None
        while not {"--help", "-h", "--version"} & set(words):
            context = command.make_context(command.name, list(words), parent=context)
            if not hasattr(command, "resolve_command"):
                break
            rest = [*context._protected_args, *context.args]
            if not rest:  # a group that does something by itself
                break
            _, command, words = command.resolve_command(context, rest)


def write_named_files(page: Path, folder: Path) -> None:
    """Write the files that a page shows."""
    for body in blocks(page, "toml"):
        if named := re.match(r"# file: (\S+)\n", body):
            (folder / named.group(1)).write_text(body, encoding="utf-8")
