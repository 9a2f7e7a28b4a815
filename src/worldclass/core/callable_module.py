"""Let a package be called like the function it is named after.

`worldclass.atlas` is a folder of modules, and `worldclass.atlas(...)` the question most people
ask. Importing any module of the folder makes Python bind the name to the folder, so the folder
itself answers the call.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallableModule(ModuleType):
    _target: tuple[str, str]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        module, function = self._target
        return getattr(import_module(module), function)(*args, **kwargs)


def make_callable(package: str, module: str, function: str) -> None:
    """Make calls of `package` go to `function` of `module`, imported at the first call."""
    loaded = sys.modules[package]
    loaded.__class__ = _CallableModule
    loaded._target = (module, function)  # type: ignore[attr-defined]
