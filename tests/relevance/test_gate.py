"""The gate: the relevance of this checkout over the national synthetic registry against the stored baseline."""

import asyncio

import pytest

from ranking.evaluation.baseline import faults, read_baseline
from tests.relevance.measuring import measure_all
from tests.relevance.setting import PREFIX, national_index, this_checkout
from tests.support.api import NOW

pytestmark = [pytest.mark.engine, pytest.mark.journey]


def test_relevance_holds_the_baseline(engine_url: str) -> None:
    async def measured() -> list[str]:
        with national_index(engine_url) as gazetteer:
            async with this_checkout(engine_url, prefix=PREFIX, gazetteer=gazetteer, now=NOW) as setting:
                return faults(await measure_all(setting), read_baseline())

    assert asyncio.run(measured()) == []
