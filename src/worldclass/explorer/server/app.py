"""The server: the site's files, and under `/api/` the package's results as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from worldclass import __version__
from worldclass.core.errors import WorldclassError
from worldclass.explorer.server import (
    atlas_routes,
    claims_routes,
    flows_routes,
    simulate_routes,
    theory_routes,
)
from worldclass.explorer.server.guard import Guard
from worldclass.explorer.server.invalid import OPENAPI, invalid, known_fields
from worldclass.explorer.server.limits import Limits
from worldclass.explorer.server.parameters import only_known
from worldclass.explorer.server.pool import Pool
from worldclass.explorer.server.preparation import Preparation
from worldclass.explorer.server.problems import FAULT, Problem, RefusedError, refusal
from worldclass.explorer.server.static import StaticSite

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from worldclass.explorer.site.site import Site

ROUTERS = (
    atlas_routes.router,
    theory_routes.router,
    flows_routes.router,
    claims_routes.router,
    simulate_routes.router,
)


def make_app(site: Site, limits: Limits | None = None, *, ahead: bool = False) -> ASGIApp:
    """The whole server as one ASGI application.

    Parameters
    ----------
    site
        From `make_site`.
    limits
        Bounds on what visitors may ask for.
    ahead
        Make the pages with simulations, and start the workers, before anybody asks. The site must
        be the live one of the snapshot that `open_material` finds.
    """
    limits = limits or Limits()
    preparation = Preparation(site) if ahead else None
    static = StaticSite(site, preparation)
    return Guard(_Split(make_api(limits, preparation), static), limits)


class _Split:
    """Sends `/api/` to the one application and everything else to the other."""

    def __init__(self, api: FastAPI, static: StaticSite) -> None:
        self.api, self.static = api, static

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or start and stop with the server."""
        if scope["type"] == "lifespan" or scope.get("path", "").startswith("/api/"):
            await self.api(scope, receive, send)
        elif scope["type"] == "http":
            await self.static(scope, receive, send)


def make_api(limits: Limits, preparation: Preparation | None = None) -> FastAPI:
    """The routes, described by OpenAPI at `/api/openapi.json`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        pool = app.state.pool = Pool(limits, preparation.busy if preparation else None)
        work = asyncio.ensure_future(_ahead(preparation, pool)) if preparation else None
        yield
        if work is not None:
            work.cancel()
            await asyncio.wait({work})
        await pool.close()

    api = FastAPI(
        title="worldclass",
        version=__version__,
        description="A theory of class is a program: run it on the world's people. The routes "
        "have the names of the Python API. Estimates, with intervals; aggregates only.",
        openapi_url=OPENAPI,
        docs_url=None,  # would fetch scripts from other hosts
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api.include_router(theory_routes.only_posted)
    for router in ROUTERS:
        api.include_router(router, dependencies=[Depends(only_known)])
    api.add_exception_handler(RefusedError, _refused)
    api.add_exception_handler(WorldclassError, _of_the_package)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _fault)
    return api


async def _ahead(preparation: Preparation, pool: Pool) -> None:
    """First the pages, which compile every kernel; then the workers, which load them."""
    await preparation.run()
    pool.fill()


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RefusedError)
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return JSONResponse(error.body, error.status, headers)


async def _of_the_package(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, WorldclassError)
    return await _refused(request, refusal(error))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    problem = invalid(error.errors()[0], known_fields(request.scope["route"]))
    return await _refused(request, RefusedError(422, problem))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})  # a 405 says which methods there are
    where = request.url.path[:200]
    problem = Problem(f"{error.detail}.", where, f"See {OPENAPI}.")
    return JSONResponse(asdict(problem), error.status_code, headers)


async def _fault(request: Request, error: Exception) -> JSONResponse:
    return await _refused(request, RefusedError(500, FAULT))
