"""The town of the cases in a real engine, and the API of this checkout over it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import httpx

from fixtures.sandbox.gate import FULL_KEY
from fixtures.tiny.town import town_of_cases
from indexer.build import build
from indexer.config import EngineAddress, IndexerConfig
from ranking.evaluation.cases import Case
from search_api.engine import OpenSearchEngine
from tests.relevance.setting import GAZETTEER, SURNAMES, load_gazetteer, read_surnames
from tests.support.api import NOW, SyncClient, api_over, stub_config, sync_client_of
from tests.support.sandbox import serve_sandbox

PREFIX = "cases-"


@contextmanager
def town_api(engine_url: str) -> Iterator[SyncClient]:
    """The town read through the sandbox and put into service; a client of the API over it, on a fixed day."""
    with tempfile.TemporaryDirectory(prefix="likar-cases-") as folder:
        home = Path(folder)
        manifest = town_of_cases().write(home / "town")
        with serve_sandbox(home / "town") as url:
            config = IndexerConfig(
                home=home, engine=EngineAddress(engine_url), esoz_url=url, esoz_api_key=FULL_KEY, index_prefix=PREFIX
            )
            gazetteer = load_gazetteer(GAZETTEER)
            config.gazetteer_file.parent.mkdir(parents=True)
            copyfile(GAZETTEER, config.gazetteer_file)
            build(config, now=lambda: manifest.meta.as_of + timedelta(hours=6))
    api = stub_config(opensearch_url=engine_url, index_prefix=PREFIX, search_timeout_s=30.0)
    app = api_over(
        OpenSearchEngine(api), config=api, gazetteer=gazetteer, now=lambda: NOW, known_surnames=read_surnames(SURNAMES)
    )
    with sync_client_of(app) as client:
        yield client


def hits_of(client: SyncClient, case: Case) -> list[str]:
    """«Surname Given» of the hits, in order; none when the search asks back for a place or finds nobody.

    Any other answer is a fault of the case and fails the run.
    """
    answer = client.post("/v1/search", json={**case.ask, "page_size": 50, "facets": False})
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        assert answer.json()["code"] == "place_needed", answer.text
        return []
    assert answer.status_code == httpx.codes.OK, answer.text
    return [f"{hit['doctor']['last_name']} {hit['doctor']['first_name']}" for hit in answer.json()["hits"]]
