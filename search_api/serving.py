"""What is in service: the concrete indexes behind the aliases, and what the API keeps in memory about them.

A background task looks at the aliases every few seconds; requests never wait for it, except the very first ones after
a start. Indexes served before are remembered, so that cursors go on where they began.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from directory.places import Gazetteer
from directory.schema import ALIASES, Alias
from search_api.config import ApiConfig
from search_api.engine import SearchEngine
from search_api.errors import EngineFault, EngineUnavailable, IndexGone, IndexMissing
from search_api.knowledge import DirectoryKnowledge, load_knowledge

_REMEMBERED = 3


@dataclass(frozen=True, slots=True)
class ServedIndex:
    """One concrete index. `data_date` is the date of its upstream data, None when the indexer noted none; `counted_at`
    is that of its capacities; `knowledge` is what searches need of the doctors' index, None for facilities."""

    name: str
    data_date: datetime | None
    counted_at: datetime | None
    knowledge: DirectoryKnowledge | None


class Serving:
    """The indexes in service. `on_fault` hears each fault of the background task, `on_load` each newly served index."""

    def __init__(
        self,
        engine: SearchEngine,
        config: ApiConfig,
        gazetteer: Gazetteer,
        known_surnames: frozenset[str] = frozenset(),
        *,
        on_fault: Callable[[EngineFault], None],
        on_load: Callable[[Alias, ServedIndex], None],
    ) -> None:
        self._engine = engine
        self._config = config
        self._gazetteer = gazetteer
        self._known_surnames = known_surnames
        self._on_fault = on_fault
        self._on_load = on_load
        self._current: dict[Alias, ServedIndex] = {}
        self._known: dict[str, ServedIndex] = {}
        self._looking: dict[Alias, asyncio.Task[None]] = {}
        self._lock = asyncio.Lock()
        self._reading: dict[str, asyncio.Task[ServedIndex]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to look at the aliases; returns at once, also when the engine is down."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Ends what runs in the background."""
        running = [task for task in (self._task, *self._looking.values(), *self._reading.values()) if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._task = None

    def current(self, alias: Alias) -> ServedIndex | None:
        """What the alias served at the last look, None when nothing was found yet."""
        return self._current.get(alias)

    async def index(self, alias: Alias) -> ServedIndex:
        """What the alias serves; looks itself when nothing is known yet and then raises what the engine raises.

        Waits for a first reading of the index no longer than for a search: then raises EngineUnavailable.
        """
        found = self._current.get(alias)
        if found is None:
            try:
                await asyncio.wait_for(self.look(alias), self._config.search_timeout_s)
            except TimeoutError:
                raise EngineUnavailable("loading", 3) from None
            found = self._current[alias]
        return found

    async def index_named(self, alias: Alias, name: str) -> ServedIndex:
        """One concrete index, served now or before; raises IndexGone when the engine no longer has it.

        Waits for its reading no longer than for a search: then raises EngineUnavailable, and the reading goes on.
        """
        found = self._known.get(name)
        if found is not None:
            return found
        reading = self._reading.get(name)
        if reading is None:
            reading = self._reading[name] = asyncio.create_task(self._load(alias, name))
            reading.add_done_callback(partial(self._read, name))
        try:
            return await asyncio.wait_for(asyncio.shield(reading), self._config.search_timeout_s)
        except IndexMissing:
            raise IndexGone("index_gone") from None
        except TimeoutError:
            raise EngineUnavailable("loading", 3) from None

    def _read(self, name: str, reading: "asyncio.Task[ServedIndex]") -> None:
        """Forgets a finished reading; a fault that nobody waits for any more is no surprise."""
        self._reading.pop(name, None)
        if not reading.cancelled():
            reading.exception()

    def forget(self, name: str) -> None:
        """Drops an index that turned out to be gone, so that the next request looks again."""
        self._known.pop(name, None)
        for alias, index in list(self._current.items()):
            if index.name == name:
                del self._current[alias]

    async def look(self, alias: Alias) -> None:
        """Sees what the alias serves now and loads what is new; raises an EngineFault when it cannot.

        Whoever asks while somebody looks already waits for the same look; leaving early does not end it.
        """
        task = self._looking.get(alias)
        if task is None:
            task = self._looking[alias] = asyncio.create_task(self._look(alias))
            task.add_done_callback(lambda done: self._looked(alias, done))
        await asyncio.shield(task)

    def _looked(self, alias: Alias, done: asyncio.Task[None]) -> None:
        self._looking.pop(alias, None)
        if not done.cancelled():
            # Whoever waited has the exception; asking for it here keeps the loop quiet when nobody did.
            done.exception()

    async def _look(self, alias: Alias) -> None:
        name = await self._engine.serving_index(self._config.alias(alias))
        current = self._current.get(alias)
        if current is None or current.name != name:
            index = self._known.get(name) or await self._load(alias, name)
            self._current[alias] = index
            self._on_load(alias, index)

    async def _load(self, alias: Alias, name: str) -> ServedIndex:
        async with self._lock:
            if name in self._known:
                return self._known[name]
            meta = await self._engine.index_meta(name)
            knowledge = None
            if alias == "doctors":
                knowledge = await load_knowledge(self._engine, name, self._gazetteer, self._known_surnames)
            feeds = meta.get("feeds") or {}
            counted = _moment(feeds.get("declarations_limit", meta.get("data_date")))
            index = ServedIndex(name, _moment(meta.get("data_date")), counted, knowledge)
            self._known[name] = index
            while len(self._known) > _REMEMBERED * len(ALIASES):
                del self._known[next(iter(self._known))]
            return index

    async def _watch(self) -> None:
        while True:
            for alias in ALIASES:
                await self._look_quietly(alias)
            await asyncio.sleep(self._config.index_check_s)

    async def _look_quietly(self, alias: Alias) -> None:
        try:
            await self.look(alias)
        except EngineFault as fault:
            self._on_fault(fault)


def _moment(text: Any) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
