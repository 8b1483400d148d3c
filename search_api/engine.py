"""The engine as the API needs it. The only module here that talks to OpenSearch.

Queries are never retried: a second try doubles the load just when the engine is slow. Only a connection that could not
be made is tried on another node, where there is one.
"""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
from opensearchpy import AsyncOpenSearch, ConnectionTimeout, SerializationError, TransportError
from opensearchpy import ConnectionError as NoConnection
from opensearchpy.serializer import JSONSerializer

from search_api.config import ApiConfig
from search_api.errors import EnginePartial, EngineTimedOut, EngineUnavailable, IndexMissing

# The engine is told to give up a little before we do, so that it answers «timed out» itself and frees its threads.
_ENGINE_SHARE = 0.9
_ADMIN_TIMEOUT_S = 5.0
_MISSING, _TOO_MANY, _GATEWAY_TIMEOUT = 404, 429, 504


class SearchEngine(Protocol):
    """What the services ask of an engine; every method raises an `EngineFault` in place of a doubtful answer."""

    async def search(
        self, index: str, body: Mapping[str, Any], *, scores: bool = False, timeout_s: float | None = None
    ) -> dict[str, Any]:
        """The engine's whole answer; `scores` adds the score of each named clause to every hit.

        `timeout_s` replaces the time limit of searches.
        """

    async def document(self, index: str, document_id: str) -> dict[str, Any] | None:
        """The stored document, or None where there is none."""

    async def serving_index(self, alias: str) -> str:
        """The concrete index behind an alias; raises IndexMissing."""

    async def index_meta(self, index: str) -> dict[str, Any]:
        """What the indexer noted at the index itself (`_meta` of the mapping); empty when it noted nothing."""

    async def close(self) -> None:
        """Let all connections go."""


class EngineRefusedQuery(Exception):
    """The engine could not read our query: a bug of ours, answered with 500."""


class OpenSearchEngine:
    """`SearchEngine` over HTTP, with a pool of kept connections."""

    def __init__(self, config: ApiConfig) -> None:
        hosts = [url.strip() for url in config.opensearch_url.split(",")]
        secure = urlsplit(hosts[0]).scheme == "https"
        options: dict[str, Any] = {}
        if config.opensearch_user is not None:
            options["http_auth"] = (config.opensearch_user, config.opensearch_password or "")
        if secure:
            options["ssl_context"] = ssl.create_default_context(
                cafile=str(config.opensearch_ca_file) if config.opensearch_ca_file else None
            )
        self._search_timeout_s = config.search_timeout_s
        self._client = AsyncOpenSearch(
            hosts=hosts,
            maxsize=config.connections,
            pool_maxsize=config.connections,
            timeout=config.search_timeout_s,
            max_retries=len(hosts) - 1,
            retry_on_status=(),
            retry_on_timeout=False,
            http_compress=False,
            serializer=_OrjsonSerializer(),
            serializers={"application/json": _OrjsonSerializer()},
            **options,
        )

    async def search(
        self, index: str, body: Mapping[str, Any], *, scores: bool = False, timeout_s: float | None = None
    ) -> dict[str, Any]:
        """See `SearchEngine.search`. Timed out and partial answers raise, they are never handed on."""
        limit_s = timeout_s or self._search_timeout_s
        params: dict[str, Any] = {
            "allow_partial_search_results": "false",
            "timeout": f"{int(limit_s * _ENGINE_SHARE * 1_000)}ms",
            "request_timeout": limit_s,
        }
        if scores:
            params["include_named_queries_score"] = "true"
        async with _faults():
            found: dict[str, Any] = await self._client.transport.perform_request(
                "POST", f"/{index}/_search", params=params, body=body
            )
        return whole(found)

    async def document(self, index: str, document_id: str) -> dict[str, Any] | None:
        """See `SearchEngine.document`."""
        async with _faults():
            found = await self._client.get(
                index=index, id=document_id, params={"request_timeout": self._search_timeout_s, "ignore": _MISSING}
            )
        if "error" in found:
            raise IndexMissing("index_missing", 30)
        return found["_source"] if found.get("found") else None

    async def serving_index(self, alias: str) -> str:
        """See `SearchEngine.serving_index`."""
        async with _faults():
            found = await self._client.indices.get_alias(name=alias, params={"request_timeout": _ADMIN_TIMEOUT_S})
        # During a swap both may hold the alias for a moment; the newer name sorts last.
        return str(max(found))

    async def index_meta(self, index: str) -> dict[str, Any]:
        """See `SearchEngine.index_meta`."""
        async with _faults():
            found = await self._client.indices.get_mapping(index=index, params={"request_timeout": _ADMIN_TIMEOUT_S})
        meta: dict[str, Any] = found[index]["mappings"].get("_meta", {}) if index in found else {}
        return meta

    async def close(self) -> None:
        """See `SearchEngine.close`."""
        await self._client.close()
        # The client forgets connections of nodes that were given up for dead; their sessions want closing too.
        for connection in getattr(self._client.transport, "seed_connections", ()):
            await connection.close()


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """The answer itself when every shard answered in time; raises EngineTimedOut or EnginePartial."""
    if found.get("timed_out"):
        raise EngineTimedOut("timed_out", 2)
    if found.get("_shards", {}).get("failed"):
        raise EnginePartial("failed_shards", 5)
    return found


@asynccontextmanager
async def _faults() -> AsyncIterator[None]:
    """Turns what the client raises into our faults, by class and status, never by text."""
    try:
        yield
    except ConnectionTimeout as error:
        raise EngineTimedOut("no_answer_in_time", 2) from error
    except NoConnection as error:
        raise EngineUnavailable("no_connection", 5) from error
    except SerializationError as error:
        raise EngineUnavailable("unreadable_answer", 5) from error
    except TransportError as error:
        raise _by_status(error) from error


def _by_status(error: TransportError) -> Exception:
    status = error.status_code
    if status == _MISSING:
        return IndexMissing("index_missing", 30)
    if status == _TOO_MANY:
        return EngineUnavailable("overloaded", 2)
    if status == _GATEWAY_TIMEOUT:
        return EngineTimedOut("timed_out", 2)
    if not isinstance(status, int) or status >= 500:
        return EngineUnavailable("engine_error", 5)
    if status in (401, 403):
        return EngineUnavailable("engine_credentials", 30)
    return EngineRefusedQuery(f"HTTP {status}")


class _OrjsonSerializer(JSONSerializer):
    """orjson in both directions (performance notes §3)."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except orjson.JSONDecodeError as error:
            raise SerializationError("the engine's answer is not JSON", error) from error

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else orjson.dumps(data).decode()
