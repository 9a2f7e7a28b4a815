"""The preparation stands still while questions are computed, unless a page of it is waited for."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from worldclass.explorer.server.limits import Limits
from worldclass.explorer.server.pool import Pool
from worldclass.explorer.server.preparation import Preparation
from worldclass.explorer.site.material import open_material
from worldclass.explorer.site.site import make_site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PATIENCE = 20.0


def stands_still(preparation: Preparation) -> bool:
    """Whether the system has stopped the process."""
    process = preparation._process
    assert process is not None
    state = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state == "T"


async def becomes(preparation: Preparation, still: bool) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while stands_still(preparation) != still:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)


def test_questions_go_first_and_readers_of_its_pages_before_them() -> None:
    async def whole() -> None:
        preparation = Preparation(make_site(open_material(live=True)))
        pool = Pool(Limits(workers=1), preparation.busy)
        work = asyncio.ensure_future(preparation.run())
        try:
            while preparation._process is None:
                await asyncio.sleep(0.02)
            question = asyncio.ensure_future(pool.run("theory", {"theory": "ilo-status"}))
            await becomes(preparation, still=True)
            reader = asyncio.ensure_future(preparation.content("simulate.html"))
            await becomes(preparation, still=False)
            reader.cancel()
            await asyncio.wait({reader})
            if not question.done():
                await becomes(preparation, still=True)
            await question
            await becomes(preparation, still=False)
        finally:
            work.cancel()
            await asyncio.wait({work})
            await pool.close()

    asyncio.run(whole())
