"""A package answers like the function that it is named after."""

import sys
from types import ModuleType

import pytest

import worldclass
from worldclass.core.callable_module import make_callable


def test_a_package_passes_calls_on(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("made_for_a_test")
    monkeypatch.setitem(sys.modules, "made_for_a_test", package)
    make_callable("made_for_a_test", "math", "hypot")
    assert package(3, 4) == 5  # type: ignore[operator]


def test_the_module_is_imported_at_the_first_call(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("made_for_a_test")
    monkeypatch.setitem(sys.modules, "made_for_a_test", package)
    make_callable("made_for_a_test", "no_such_module", "anything")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        package()  # type: ignore[operator]


@pytest.mark.parametrize("name", ["atlas", "people"])
def test_importing_a_module_of_a_folder_does_not_hide_the_question(name: str) -> None:
    __import__(f"worldclass.{name}.{'query' if name == 'atlas' else 'table'}")
    assert callable(getattr(worldclass, name))


def test_the_folder_and_the_function_give_the_same_answer() -> None:
    import worldclass.people
    from worldclass.people.table import people

    assert worldclass.people("BRA", 2019).equals(people("BRA", 2019))  # type: ignore[operator]
