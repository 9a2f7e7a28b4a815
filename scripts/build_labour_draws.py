"""Write the draws of the labour accounts that the package ships.

Run from the repository root whenever an assumption or an industry class is added:
`python scripts/build_labour_draws.py`.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np

from worldclass.core.atomic import write_bytes
from worldclass.flows.labour.assumptions import STORED, sobol_scores

FILE = Path("src/worldclass/flows/labour/draws.npy")


def main() -> None:
    """Draw and write."""
    buffer = BytesIO()
    np.save(buffer, sobol_scores(STORED).astype(np.float32), allow_pickle=False)
    write_bytes(FILE, buffer.getbuffer())


if __name__ == "__main__":
    main()
