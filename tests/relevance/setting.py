"""Where a run happens: an index made for the run alone, this checkout over a running engine, or a running API."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from directory.places import Gazetteer, GazetteerUnreadable
from directory.places.build import build_gazetteer
from directory.surnames import build_surnames, load_surnames
from fixtures.nation import NATIONAL_DOCTORS, generate
from fixtures.sandbox.gate import FULL_KEY
from indexer.build import build
from indexer.config import EngineAddress, IndexerConfig
from ranking.evaluation.doctors import Doctors
from search_api.engine import OpenSearchEngine
from tests.support.api import NOW, api_over, client_of, stub_config
from tests.support.engine import PROJECT, run_engine
from tests.support.sandbox import serve_sandbox

GAZETTEER = PROJECT / ".likar" / "places" / "gazetteer.json.gz"
SURNAMES = PROJECT / ".likar" / "places" / "surnames.txt.gz"
PREFIX = "relevance-"
SEED = 1
_PAGE = 2_000
_READY_WITHIN_S = 60
_FIELDS = (
    "active", "kind", "declarable", "employee.id", "party.id", "party.gender", "name", "place", "ages", "speciality",
    "capacity", "contract", "hours", "division.id", "division.name", "division.type", "legal_entity", "facility", "tie",
    "quality_flags", "other_places", "sources",
)  # fmt: skip

Document = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """An API to ask, the documents it searches, the doctors read from them, and the places they sit in."""

    client: httpx.AsyncClient
    documents: list[Document]
    doctors: Doctors
    gazetteer: Gazetteer
    now: datetime


@asynccontextmanager
async def running_api(url: str, engine_url: str) -> AsyncIterator[Setting]:
    """A running system: searches go to its API, documents are read from its engine."""
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
        yield _setting(client, engine_url, "", load_gazetteer(GAZETTEER), datetime.now(UTC))


@asynccontextmanager
async def this_checkout(
    engine_url: str, *, prefix: str = "", gazetteer: Gazetteer | None = None, now: datetime | None = None
) -> AsyncIterator[Setting]:
    """The API of this checkout, made in this process, over the indexes of an engine that runs already."""
    gazetteer = gazetteer or load_gazetteer(GAZETTEER)
    clock: Callable[[], datetime] = (lambda: now) if now else (lambda: datetime.now(UTC))
    config = stub_config(opensearch_url=engine_url, index_prefix=prefix, search_timeout_s=30.0, index_check_s=5.0)
    app = api_over(
        OpenSearchEngine(config), config=config, gazetteer=gazetteer, now=clock, known_surnames=read_surnames(SURNAMES)
    )
    async with client_of(app) as client:
        await _wait_until_ready(client)
        yield _setting(client, engine_url, prefix, gazetteer, clock())


@asynccontextmanager
async def own_nation() -> AsyncIterator[Setting]:
    """An engine of its own with the national synthetic registry, of a fixed seed and day: figures can be repeated."""
    with run_engine(heap_mb=1_024) as engine, national_index(engine.url) as gazetteer:
        async with this_checkout(engine.url, prefix=PREFIX, gazetteer=gazetteer, now=NOW) as setting:
            yield setting


@contextmanager
def national_index(engine_url: str, doctors: int = NATIONAL_DOCTORS) -> Iterator[Gazetteer]:
    """The nation generated, read through the sandbox and put into service under PREFIX."""
    with tempfile.TemporaryDirectory(prefix="likar-relevance-") as folder:
        home = Path(folder)
        config = IndexerConfig(
            home=home, engine=EngineAddress(engine_url), esoz_url="", esoz_api_key=FULL_KEY, index_prefix=PREFIX
        )
        config.gazetteer_file.parent.mkdir(parents=True)
        gazetteer = load_gazetteer(config.gazetteer_file)
        nation = home / "nation"
        manifest = generate(nation, doctors=doctors, seed=SEED, gazetteer=gazetteer)
        with serve_sandbox(nation) as url:
            build(replace(config, esoz_url=url), now=lambda: manifest.meta.as_of + timedelta(hours=6))
        yield gazetteer


def load_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer of a file, built first when the file is missing or of another version."""
    try:
        return Gazetteer.load(path)
    except (FileNotFoundError, GazetteerUnreadable):
        path.parent.mkdir(parents=True, exist_ok=True)
        build_gazetteer(path)
        return Gazetteer.load(path)


def read_surnames(path: Path) -> frozenset[str]:
    """The surnames that exist, from their file, made first when it is missing: as the product serves them."""
    if not path.exists():
        build_surnames(path)
    return load_surnames(path)


def read_documents(engine_url: str, index: str) -> list[Document]:
    """All documents of an index, the fields that judging and tuning read, in the order of their ids."""
    found: list[Document] = []
    body: Document = {"size": _PAGE, "sort": [{"employee.id": "asc"}], "_source": list(_FIELDS)}
    with httpx.Client(base_url=engine_url, timeout=60, trust_env=False) as client:
        while True:
            hits = client.post(f"/{index}/_search", json=body).raise_for_status().json()["hits"]["hits"]
            if not hits:
                return found
            found += [hit["_source"] for hit in hits]
            body["search_after"] = hits[-1]["sort"]


def _setting(client: httpx.AsyncClient, engine_url: str, prefix: str, gazetteer: Gazetteer, now: datetime) -> Setting:
    documents = read_documents(engine_url, f"{prefix}doctors")
    return Setting(client, documents, Doctors(documents), gazetteer, now)


async def _wait_until_ready(client: httpx.AsyncClient) -> None:
    """The first request waits for the index to be read; one too early is answered 503 with Retry-After."""
    for _ in range(_READY_WITHIN_S):
        answer = await client.get("/readyz")
        if answer.status_code == httpx.codes.OK:
            return
        if answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR:
            break
        await asyncio.sleep(1)
    raise RuntimeError(f"the API is not ready: {answer.text}")
