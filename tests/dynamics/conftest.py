"""A model of one's own, in a file."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from worldclass.dynamics.model import Model


@pytest.fixture(scope="session")
def own_model() -> Iterator[Model]:
    """The model of `own_model.py`."""
    path = Path(__file__).with_name("own_model.py")
    spec = importlib.util.spec_from_file_location("own_model", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["own_model"] = module
    spec.loader.exec_module(module)
    yield module.MODEL
    del sys.modules["own_model"]
