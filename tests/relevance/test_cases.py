"""Precision, recall and order over a small town in the real engine; what is known to fail must go on failing."""

from collections.abc import Iterator

import pytest

from ranking.evaluation.cases import Case, load_cases, verdict
from tests.relevance.cases_api import hits_of, town_api
from tests.support.api import SyncClient

pytestmark = [pytest.mark.engine, pytest.mark.journey]


@pytest.fixture(scope="module")
def town(engine_url: str) -> Iterator[SyncClient]:
    with town_api(engine_url) as client:
        yield client


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_the_case_holds(town: SyncClient, case: Case) -> None:
    assert verdict(case, hits_of(town, case)) is None
