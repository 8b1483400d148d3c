"""An existing cluster behind TLS and sign-in serves the indexer and the API alike, and says why when it does not."""

from pathlib import Path

import pytest

from indexer.config import EngineAddress, IndexerConfig
from indexer.errors import EngineFault, EngineUnreachable
from indexer.upkeep import read_health, read_status
from tests.engine.test_api_search import HERE, ids, search
from tests.support.api import engine_client
from tests.support.indexing import tiny_doctor, tiny_index
from tests.support.secured import CERTIFICATE, PASSWORD, USER, secured

pytestmark = pytest.mark.engine


def config(
    url: str, prefix: str = "", *, password: str = PASSWORD, ca_file: Path | None = CERTIFICATE
) -> IndexerConfig:
    address = EngineAddress(url, user=USER, password=password, ca_file=ca_file)
    return IndexerConfig(home=Path(), engine=address, esoz_url="", esoz_api_key="", index_prefix=prefix)


async def test_indexer_and_api_sign_in_over_tls(engine_url: str) -> None:
    doctor = tiny_doctor("a")
    with tiny_index(engine_url, [doctor]) as index, secured(engine_url) as url:
        assert read_health(config(url))["status"] in ("green", "yellow")
        assert all(status.serving for status in read_status(config(url, index.prefix)))
        signed_in = {"opensearch_user": USER, "opensearch_password": PASSWORD, "opensearch_ca_file": CERTIFICATE}
        async with engine_client(url, index.prefix, **signed_in) as client:
            assert ids(await search(client, near=HERE)) == [doctor.id]


async def test_a_wrong_password_is_named_as_such(engine_url: str) -> None:
    with secured(engine_url) as url:
        with pytest.raises(EngineFault, match="check user, password and rights"):
            read_health(config(url, password="another"))
        wrong = {"opensearch_user": USER, "opensearch_password": "another", "opensearch_ca_file": CERTIFICATE}
        async with engine_client(url, "none-", **wrong) as client:
            ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["reason"]) == (503, "engine_credentials")


async def test_an_unknown_certificate_is_not_trusted(engine_url: str) -> None:
    with secured(engine_url) as url:
        with pytest.raises(EngineUnreachable):
            read_health(config(url, ca_file=None))
        untrusting = {"opensearch_user": USER, "opensearch_password": PASSWORD}
        async with engine_client(url, "none-", **untrusting) as client:
            assert (await client.get("/readyz")).status_code == 503
