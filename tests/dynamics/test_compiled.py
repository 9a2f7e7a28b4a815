"""Machine code that is kept belongs to the kernels as they stand, in whichever file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import worldclass.dynamics as layer

ASK = "from worldclass.dynamics.{0} import outer; print(outer(1))"
INNER = """
from worldclass.dynamics.compiled import kernel

@kernel
def inner(x):
    return x + {0}
"""
OUTER = """
from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.inner_part import inner

@kernel
def outer(x):
    return inner(x)
"""


def test_a_changed_kernel_reaches_its_callers_in_other_files(tmp_path: Path) -> None:
    package = Path(layer.__file__).parents[1]
    copy = tmp_path / "worldclass"
    copy.mkdir()
    shutil.copy(package / "__init__.py", copy)
    shutil.copytree(package / "core", copy / "core")
    (copy / "dynamics").mkdir()
    for name in ("__init__.py", "compiled.py"):
        shutil.copy(package / "dynamics" / name, copy / "dynamics")
    (copy / "dynamics" / "outer_part.py").write_text(OUTER)
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found: list[str] = []
    for added in (1, 1, 5):
        (copy / "dynamics" / "inner_part.py").write_text(INNER.format(added))
        command = [sys.executable, "-c", ASK.format("outer_part")]
        found.append(subprocess.check_output(command, env=surroundings, text=True).strip())
    assert found == ["2", "2", "6"]
    assert list((copy / "dynamics" / "__pycache__").glob("outer_part.*.nbi"))
