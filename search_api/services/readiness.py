"""Whether searches can be answered, and how old the data are."""

import asyncio
from typing import Any

from directory.schema import ALIASES
from search_api.call import Call
from search_api.errors import EngineFault, IndexMissing

_PATIENCE_S = 1.0
_CURES = {
    "en": {
        "engine": "start OpenSearch, or set LIKAR_OPENSEARCH_URL to one that runs",
        "index": "run «likar index build»",
        "wait": "wait a few seconds: the names of the index are being read",
    },
    "uk": {
        "engine": "запустіть OpenSearch або вкажіть у LIKAR_OPENSEARCH_URL адресу того, що працює",
        "index": "виконайте «likar index build»",
        "wait": "зачекайте кілька секунд: читаються імена з індексу",
    },
}


def note_data_age(call: Call) -> None:
    """Sets the measured age of the data behind each alias, as far as it is known."""
    for alias in ALIASES:
        index = call.api.serving.current(alias)
        if index is not None and index.data_date is not None:
            call.api.metrics.data_age.labels(alias).set((call.now - index.data_date).total_seconds())


async def judge_readiness(call: Call) -> dict[str, Any]:
    """Looks at both aliases now, see `Readiness`; never raises for an engine that does not answer.

    An index that is still being read after a short while is not waited for: the reason is then «loading».
    """
    serving = call.api.serving
    fault: EngineFault | None = None
    loading = False
    for alias in ALIASES:
        try:
            await asyncio.wait_for(serving.look(alias), _PATIENCE_S)
        except TimeoutError:
            loading = loading or serving.current(alias) is None
        except EngineFault as met:
            fault = fault or met
    aliases = []
    for alias in ALIASES:
        index = serving.current(alias)
        date = index.data_date if index else None
        age_hours = round((call.now - date).total_seconds() / 3_600, 2) if date else None
        aliases.append(
            {
                "alias": call.api.config.alias(alias),
                "index": index.name if index else None,
                "data_date": date,
                "age_hours": age_hours,
            }
        )
    engine_answers = fault is None or isinstance(fault, IndexMissing)
    reason = fault.reason if fault else "loading" if loading else None
    cure = None if reason is None else "wait" if fault is None else "index" if engine_answers else "engine"
    return {
        "status": "ready" if reason is None else "not_ready",
        "engine": engine_answers,
        "aliases": aliases,
        "reason": reason,
        "cure": _CURES[call.language][cure] if cure else None,
    }
