"""One cell of a notebook holds the charts' libraries, and which is known."""

import sys
from types import ModuleType

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from tests.explorer.notebook.conftest import shown
from worldclass.explorer.notebook.carrier import Carrier


def test_the_first_result_brings_the_libraries_and_no_later_one() -> None:
    carrier = Carrier()
    brings: list[bool] = []
    for cell in ("a", "a", "b", "c"):
        if cell != "a" or not brings:
            carrier.starts(cell)
        brings.append(carrier.brings())
    assert brings == [True, False, False, False]


def test_they_are_brought_again_when_their_cell_runs_again() -> None:
    carrier = Carrier()
    carrier.starts("a")
    assert carrier.brings()
    carrier.starts("b")
    assert not carrier.brings()
    carrier.starts("a")
    assert carrier.brings()


def test_a_cell_that_imports_and_shows_at_once_is_not_relied_on() -> None:
    carrier = Carrier()
    assert carrier.brings()  # the cell began before anyone listened
    for _ in range(2):  # … and runs again
        carrier.starts("a")
        assert carrier.brings()
    carrier.starts("b")
    assert not carrier.brings()


def test_the_next_result_brings_them_when_their_cell_shows_none_any_more() -> None:
    carrier = Carrier()
    carrier.starts("a")
    assert carrier.brings()
    carrier.starts("a")
    carrier.starts("b")
    assert carrier.brings()


def test_every_result_brings_them_where_every_output_is_a_page_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    carrier = Carrier()
    assert [carrier.brings(), carrier.brings()] == [True, True]


def test_a_kernel_tells_cells_apart(environment: dict[str, str]) -> None:
    texts = [
        'import worldclass as wc\nbrazil = wc.atlas("ilo-status", country="BRA", year=2023)',
        "brazil",
        "brazil.plot()",
    ]
    notebook = new_notebook(cells=[new_code_cell(text) for text in texts])
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    brought: list[bool] = []
    with client.setup_kernel(env=environment):
        client.execute_cell(notebook.cells[0], 0)
        for place in (1, 2, 1, 2):
            cell = notebook.cells[place]
            client.execute_cell(cell, place)
            brought.append(shown(cell).brings_libraries)
    assert brought == [True, False, True, False]
