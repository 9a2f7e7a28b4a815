"""Labour embodied in trade: ours against pymrio, each in a process of its own.

Both start from the same table in memory (transactions, final demand, output) with 20 rows of
labour and end with the labour that each country's final demand embodies. pymrio's `calc_all` gives
more on the way (the inverse, multipliers of every sector), because that is how it works; ours gives
the whole matrix of producing by consuming countries. The table is random, of the size of WIOD 2013
(41 x 35), between both, or of EXIOBASE 3 (49 x 163): lognormal output, inputs of
40 to 75 % of output, four fifths of them from home. Real tables may need more sweeps; on WIOD 2008
they need 13.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.comparison import Comparison, named
from benchmarks.process import Run, run_command
from benchmarks.timing import Timing, ratio

SIZES = ((41, 35), (49, 100), (49, 163))
SATELLITES = 20


def embodied_labour(*, smoke: bool) -> list[Comparison]:
    """Ours against pymrio at three sizes."""
    found: list[Comparison] = []
    for countries, industries in ((4, 5),) if smoke else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            write_table(Path(folder), countries, industries)
            runs = 1 if smoke else 3
            ours = [_run("ours", folder) for _ in range(runs)]
            theirs = [_run("pymrio", folder) for _ in range(runs)]
        gap = np.abs(ours[0].result / theirs[0].result - 1).max()
        if gap > 1e-9:
            raise AssertionError(f"Embodied labour differs by {gap:.1e}.")
        first, second = (
            Timing(tuple(r.seconds for r in ours)),
            Timing(tuple(r.seconds for r in theirs)),
        )
        memory = [max(r.peak for r in side) / 1e9 for side in (ours, theirs)]
        found.append(
            Comparison(
                f"labour embodied in trade, {countries * industries:,} sectors, "
                f"{SATELLITES} satellites",
                named("pymrio", "calc_all"),
                first,
                second,
                ratio(second, first),
                f"{gap:.0e}; peak memory {memory[0]:.2f} against {memory[1]:.2f} GB",
            )
        )
    return found


@dataclass(frozen=True)
class _Result:
    seconds: float
    peak: int
    result: np.ndarray


def _run(side: str, folder: str) -> _Result:
    done: Run = run_command([sys.executable, "-m", "benchmarks.peer_flows", side, folder])
    seconds = float(done.output.strip().splitlines()[-1])
    return _Result(seconds, done.peak_bytes, np.load(Path(folder) / f"{side}.npy"))


def write_table(folder: Path, countries: int, industries: int, seed: int = 11) -> None:
    """A random world table as .npy files: Z, Y, x and labour F."""
    rng = np.random.default_rng(seed)
    n = countries * industries
    output = rng.lognormal(9, 1.5, n)
    transactions = rng.random((n, n))
    transactions **= 4  # a few suppliers matter
    size = output / output.mean()
    for country in range(countries):
        rows = slice(country * industries, (country + 1) * industries)
        block = transactions[:, rows]
        block *= size[:, None]
        home = block[rows].sum(axis=0)
        abroad = block.sum(axis=0) - home
        block *= 0.2 / np.where(abroad > 0, abroad, 1.0)
        block[rows] *= (0.8 / home) / (0.2 / np.where(abroad > 0, abroad, 1.0))
    transactions *= rng.uniform(0.4, 0.75, n) * output
    delivered = transactions.sum(axis=1)
    # What sectors deliver to others may exceed their output; then output, and inputs, grow.
    output = np.maximum(output, delivered * 1.1)
    demand = rng.random((n, countries)) ** 4 + 5 * np.kron(
        np.eye(countries), np.ones((industries, 1))
    )
    demand *= ((output - delivered) / demand.sum(axis=1))[:, None]
    np.save(folder / "Z.npy", transactions)
    np.save(folder / "Y.npy", demand)
    np.save(folder / "x.npy", output)
    np.save(folder / "F.npy", rng.random((SATELLITES, n)) * output)
    np.save(folder / "shape.npy", np.array([countries, industries]))


def _work(side: str, folder: Path) -> None:
    """Load, calculate against the clock, save the embodied labour by satellite and consumer."""
    z, y, x, f = (np.load(folder / f"{name}.npy") for name in "ZYxF")
    countries, industries = np.load(folder / "shape.npy")
    codes = [f"C{place:02d}" for place in range(countries)]
    labels = [(code, f"i{place}") for code in codes for place in range(industries)]
    calculate = _ours if side == "ours" else _pymrio
    result, seconds = calculate(z, y, x, f, labels, codes)
    np.save(folder / f"{side}.npy", result)
    print(seconds)


def _ours(z, y, x, f, labels, codes):  # type: ignore[no-untyped-def]
    from worldclass.flows.economy import Economy
    from worldclass.flows.embodied import embodied
    from worldclass.flows.production import produce

    demands = tuple((code, "final") for code in codes)
    start = time.perf_counter()
    economy = Economy("random", 2000, "USD", "current", tuple(labels), demands, z, y, x)
    flows = embodied(produce(economy), f)
    return flows.sum(axis=1), time.perf_counter() - start


def _pymrio(z, y, x, f, labels, codes):  # type: ignore[no-untyped-def]
    import pandas as pd
    import pymrio

    index = pd.MultiIndex.from_tuples(labels, names=["region", "sector"])
    columns = pd.MultiIndex.from_tuples(
        [(code, "final") for code in codes], names=["region", "category"]
    )
    rows = pd.Index([f"labour {k}" for k in range(len(f))], name="stressor")
    start = time.perf_counter()
    table = pymrio.IOSystem(
        Z=pd.DataFrame(z, index, index, copy=False), Y=pd.DataFrame(y, index, columns, copy=False)
    )
    table.labour = pymrio.Extension("labour", F=pd.DataFrame(f, rows, index))
    table.calc_all()
    seconds = time.perf_counter() - start
    return table.labour.D_cba_reg[codes].to_numpy(), seconds


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
