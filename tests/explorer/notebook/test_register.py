"""Terminals and programs see results as before; only notebooks draw them."""

import subprocess
import sys
from importlib import import_module

import pytest

from worldclass.explorer.notebook.register import RESULTS

SCRIPT = """
import worldclass as wc
brazil = wc.atlas("ilo-status", country="BRA", year=2023, draws=0)
"""


def ended(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("kind", RESULTS)
def test_a_kind_of_result_is_where_it_is_said_to_be(kind: str) -> None:
    module, name = RESULTS[kind]
    found = getattr(import_module(module), name)
    assert (found.__module__, found.__name__) == (module, name)


def test_a_program_does_not_import_what_a_notebook_needs(environment: dict[str, str]) -> None:
    code = f"{SCRIPT}\nimport sys\nprint([n for n in sys.modules if 'explorer' in n])"
    assert ended("-c", code, environment=environment) == "[]\n"


def test_a_terminal_of_ipython_shows_the_plain_table(environment: dict[str, str]) -> None:
    loaded = "'worldclass.explorer.notebook.bundle' in sys.modules"
    code = f"import atexit, sys\natexit.register(lambda: print({loaded}))\n{SCRIPT}\nbrazil"
    flags = ("-m", "IPython", "--no-banner", "--simple-prompt", "--colors=nocolor", "-c")
    said = ended(*flags, code, environment=environment)
    plain = ended("-c", f"{SCRIPT}\nprint(repr(brazil))", environment=environment)
    assert said.strip().endswith("False")
    assert plain.strip() in said
