"""The application: `create_app` puts routes, layers and what they need together; nothing happens before it starts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from directory.places import Gazetteer
from directory.schema import Alias
from search_api.call import Api
from search_api.config import ApiConfig
from search_api.engine import SearchEngine
from search_api.errors import ApiError, EngineFault
from search_api.large_things import keep_what_lives, keep_what_was_made
from search_api.logs import make_logger
from search_api.metrics import Metrics
from search_api.middleware import RequestFrame
from search_api.openapi import describe, document_of
from search_api.place_prefixes import PlacePrefixes
from search_api.problems import answer_error
from search_api.routes import cards, dictionaries, explain, facilities, health, map, search, suggest, understand
from search_api.serving import ServedIndex, Serving

_EXPOSED = ["X-Request-ID", "Retry-After", "ETag", "Content-Language"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    config: ApiConfig,
    engine: SearchEngine,
    gazetteer: Gazetteer,
    clock: Callable[[], datetime] = _utc_now,
    logger: structlog.typing.FilteringBoundLogger | None = None,
    known_surnames: frozenset[str] = frozenset(),
) -> FastAPI:
    """The API over one engine; `clock` gives aware moments, `known_surnames` exist though no doctor bears them.

    It takes over the engine and closes it at the end.

    It starts also while the engine is down: `/readyz` then says why not, and searches begin once it is up.
    """
    logger = logger or make_logger(config.log_level)
    metrics = Metrics()

    told: set[str] = set()

    def on_fault(fault: EngineFault) -> None:
        metrics.engine_faults.labels(fault.reason).inc()
        # The check runs every few seconds: a reason is logged when it appears, not every time it is met.
        if fault.reason not in told:
            told.add(fault.reason)
            logger.warning("index_check_failed", reason=fault.reason)

    def on_load(alias: Alias, index: ServedIndex) -> None:
        told.clear()
        logger.info("index_in_service", alias=config.alias(alias), index=index.name)
        if config.freeze_after_start:
            keep_what_was_made()

    serving = Serving(engine, config, gazetteer, known_surnames, on_fault=on_fault, on_load=on_load)
    prefixes = PlacePrefixes(gazetteer)
    prefixes.warm()
    api = Api(config, engine, gazetteer, prefixes, serving, metrics, logger, clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if config.freeze_after_start:
            keep_what_lives()
        serving.start()
        try:
            yield
        finally:
            await serving.stop()
            await engine.close()

    app = FastAPI(
        title="Likar",
        version=config.version,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        **describe(),
    )
    app.state.api = api
    for error in (ApiError, EngineFault, RequestValidationError, HTTPException):
        app.add_exception_handler(error, answer_error)
    for module in (search, understand, explain, suggest, cards, facilities, map, dictionaries, health):
        app.include_router(_router(module))
    app.add_middleware(RequestFrame, metrics=metrics, logger=logger, max_body_bytes=config.max_body_bytes)
    # Added last, so outermost: a browser may read our errors, too.
    if config.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(config.cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "Accept-Language", "X-Request-ID", "If-None-Match"],
            expose_headers=_EXPOSED,
            max_age=3_600,
        )
    app.openapi = document_of(app)  # type: ignore[method-assign]
    return app


def _router(module: Any) -> Any:
    return module.router
