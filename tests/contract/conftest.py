from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from esoz.client import EsozClient, Retries, TimeLimits
from fixtures.sandbox.gate import FULL_KEY
from fixtures.tiny import BERDYCHIV, ZHYTOMYR, TinyRegistry
from tests.support.sandbox import serve_sandbox

QUICK = Retries(attempts=3, first_pause_s=0.01, longest_pause_s=0.05)


@pytest.fixture(scope="module")
def registry() -> TinyRegistry:
    made = TinyRegistry()
    clinic = made.division("Амбулаторія №3", ZHYTOMYR)
    made.doctor("Коваленко", "Олена", "Іванівна", at=clinic, speciality="THERAPIST", count=1990)
    made.doctor("Бондар", "Петро", "Ілліч", at=made.division("Амбулаторія №1", BERDYCHIV))
    return made


@pytest.fixture(scope="module")
def sandbox_url(registry: TinyRegistry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("sandbox") / "registry"
    registry.write(folder)
    with serve_sandbox(folder) as url:
        yield url


@pytest.fixture
def sandbox(sandbox_url: str) -> Iterator[httpx.Client]:
    """The sandbox by plain HTTP, with the key of all scopes; faults are off before and after."""
    with httpx.Client(base_url=sandbox_url, headers={"api-key": FULL_KEY}) as client:
        client.delete("/control/faults")
        yield client
        client.delete("/control/faults")


@pytest.fixture
def esoz(sandbox_url: str, sandbox: httpx.Client) -> Iterator[EsozClient]:
    with EsozClient(sandbox_url, FULL_KEY, retries=QUICK, limits=TimeLimits(1.0, 0.5, 5.0)) as client:
        yield client
