"""The life of the two indexes: create, finish, verify, put into service, roll back, clean, report.

Nothing is ever edited in place. A build makes one index an alias, both of one generation (the UTC second in their
names); one alias call puts both into service. Everything a crash may leave behind can be told from the names, the
aliases and `_meta.complete`, so the next build or cleaning removes it (architecture: index life).
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from directory.schema import ALIASES, Alias, index_mapping, index_settings, schema_hash
from indexer.config import IndexerConfig
from indexer.errors import IndexingRefused, IndexUnsound
from indexer.load import Engine, connect_engine, engine_faults
from indexer.making import made_by

_STAMP = "%Y%m%dt%H%M%Sz"
_FILLING = {"refresh_interval": "-1", "number_of_replicas": 0, "translog.durability": "async"}
_SERVING_REFRESH = "1s"
_LONG_S = 600


@dataclass(frozen=True, slots=True)
class IndexName:
    """`<prefix><alias>-<UTC yyyymmddthhmmssz>-<schema hash>`, in lower case as the engine demands."""

    prefix: str
    alias: Alias
    generation: str
    schema: str

    def __str__(self) -> str:
        return f"{self.prefix}{self.alias}-{self.generation}-{self.schema}"


@dataclass(frozen=True, slots=True)
class KnownIndex:
    """One of our indexes as found in the engine; `complete` is False for one whose build never finished."""

    name: IndexName
    serving: bool
    complete: bool
    documents: int
    size_bytes: int
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SmokeQuery:
    """A question a sound index answers: `query` must find at least `at_least` documents, `expected_id` among the first
    ten when it is given."""

    about: str
    query: Mapping[str, Any]
    at_least: int = 1
    expected_id: str | None = None


@dataclass(frozen=True, slots=True)
class AliasStatus:
    """What one alias serves and what stands beside it. `current_schema` tells whether the code's schema is served."""

    alias: str
    serving: KnownIndex | None
    previous: KnownIndex | None
    half_built: tuple[str, ...]
    code_schema: str

    @property
    def current_schema(self) -> bool:
        return self.serving is not None and self.serving.name.schema == self.code_schema


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Names of the indexes removed and of those kept."""

    removed: tuple[str, ...]
    kept: tuple[str, ...] = field(default=())


def serving_is_current(config: IndexerConfig) -> bool:
    """Whether both aliases serve indexes made with the code's own schema, by the code's own rules and these settings;
    raises EngineUnreachable when nobody answers."""
    with closing(connect_engine(config.engine)) as engine:
        found = Lifecycle(engine, prefix=config.index_prefix).status()
    made = made_by(config)
    return all(
        status.serving is not None and status.current_schema and status.serving.meta.get("made_by") == made
        for status in found
    )


class Lifecycle:
    """The indexes `<prefix>doctors` and `<prefix>facilities` of one cluster."""

    def __init__(self, engine: Engine, *, prefix: str = "", shards: int = 1, replicas: int = 0) -> None:
        self._engine, self._prefix = engine, prefix
        self._shards, self._replicas = shards, replicas
        aliases = "|".join(ALIASES)
        self._ours = re.compile(rf"{re.escape(prefix)}({aliases})-(\d{{8}}t\d{{6}}z)-([0-9a-f]{{8}})")

    def alias(self, alias: Alias) -> str:
        """The full name of an alias in this cluster."""
        return f"{self._prefix}{alias}"

    def known_indexes(self) -> list[KnownIndex]:
        """All indexes of ours by name, oldest generation first."""
        pattern = ",".join(f"{self._prefix}{alias}-*" for alias in ALIASES)
        with engine_faults("listing the indexes"):
            found = self._engine.indices.get(index=pattern, params={"ignore_unavailable": "true"})
            sizes = self._engine.indices.stats(index=pattern, metric="docs,store", params={"level": "indices"})[
                "indices"
            ]
        known = []
        for raw_name, description in found.items():
            if (match := self._ours.fullmatch(raw_name)) is None:
                continue
            alias: Alias = "doctors" if match[1] == "doctors" else "facilities"
            meta = description["mappings"].get("_meta", {})
            size = sizes.get(raw_name, {}).get("primaries", {})
            known.append(
                KnownIndex(
                    name=IndexName(self._prefix, alias, match[2], match[3]),
                    serving=self.alias(alias) in description.get("aliases", {}),
                    complete=bool(meta.get("complete")),
                    documents=size.get("docs", {}).get("count", 0),
                    size_bytes=size.get("store", {}).get("size_in_bytes", 0),
                    meta=meta,
                )
            )
        return sorted(known, key=lambda index: (index.name.generation, index.name.alias))

    def new_names(self, now: datetime) -> dict[Alias, IndexName]:
        """Names of the next generation: the second of `now`, or one past the newest known, so that order never lies."""
        moment = now.astimezone(UTC)
        for index in self.known_indexes():
            known = datetime.strptime(index.name.generation, _STAMP).replace(tzinfo=UTC)
            moment = max(moment, known + timedelta(seconds=1))
        generation = moment.strftime(_STAMP)
        return {alias: IndexName(self._prefix, alias, generation, schema_hash(alias)) for alias in ALIASES}

    def create(self, name: IndexName, meta: Mapping[str, Any]) -> None:
        """Makes an empty index for filling: no refresh, no replicas, marked incomplete."""
        mapping = {**index_mapping(name.alias), "_meta": {**meta, "complete": False}}
        settings = {**index_settings(shards=self._shards, replicas=0), **_FILLING}
        with engine_faults(f"creating {name}"):
            self._engine.indices.create(index=str(name), body={"settings": {"index": settings}, "mappings": mapping})

    def finish(self, name: IndexName, *, merge: bool = True) -> None:
        """Makes everything written visible and, for a fresh index, merges each shard into one segment."""
        with engine_faults(f"finishing {name}"):
            self._engine.indices.refresh(index=str(name), request_timeout=_LONG_S)
            if merge:
                self._engine.indices.forcemerge(
                    index=str(name), params={"max_num_segments": 1}, request_timeout=_LONG_S
                )
                self._engine.indices.refresh(index=str(name), request_timeout=_LONG_S)

    def verify(
        self,
        name: IndexName,
        *,
        expected: int,
        shrink_limit: float,
        smoke: Sequence[SmokeQuery],
        active: int | None = None,
    ) -> None:
        """Holds the new index to its count, to the one in service and to its smoke queries, or raises IndexUnsound
        naming the first that fails.

        `active` is how many documents must be in force, None to leave it unasked. At most the share `shrink_limit` of
        the documents in service, and of those in force, may be missing.
        """
        with engine_faults(f"verifying {name}"):
            count = self._engine.count(index=str(name))["count"]
            in_force = self._engine.count(index=str(name), body={"query": {"term": {"active": True}}})["count"]
        if count != expected:
            raise IndexUnsound(f"{name} holds {count} documents instead of {expected}; build again.")
        if count == 0:
            raise IndexUnsound(f"{name} would be empty; look at the feeds and the quarantine.")
        if active is not None and in_force != active:
            raise IndexUnsound(f"{name} holds {in_force} documents in force instead of {active}; build again.")
        serving = [index for index in self.known_indexes() if index.serving and index.name.alias == name.alias]
        for index in serving:
            for found, before, what in (
                (count, index.documents, "documents"),
                (in_force, int(index.meta.get("active", 0)), "documents in force"),
            ):
                if found < before * (1 - shrink_limit):
                    raise IndexUnsound(
                        f"{name} holds {found} {what} where the index in service holds {before}; "
                        "look at the feeds, or raise the shrink limit if this is meant."
                    )
        for query in smoke:
            self._smoke(name, query)

    def _smoke(self, name: IndexName, smoke: SmokeQuery) -> None:
        body = {"query": smoke.query, "size": 10, "track_total_hits": smoke.at_least, "_source": False}
        with engine_faults(f"asking {name} for {smoke.about}"):
            hits = self._engine.search(index=str(name), body=body)["hits"]
        if hits["total"]["value"] < smoke.at_least:
            raise IndexUnsound(f"{name} does not find {smoke.about}; compare mapping and documents.")
        if smoke.expected_id is not None and smoke.expected_id not in [hit["_id"] for hit in hits["hits"]]:
            raise IndexUnsound(f"{name} finds others instead of {smoke.about}; compare mapping and documents.")

    def complete(self, name: IndexName, *, timeout_s: float, meta: Mapping[str, Any] | None = None) -> None:
        """Gives the index its serving settings and replicas, waits for them, and marks it complete; `meta` is added to
        what the index says of itself.

        Waits for green where the cluster has nodes enough for the replicas, else for yellow. Raises IndexUnsound after
        `timeout_s`.
        """
        with engine_faults(f"giving {name} its replicas"):
            settings = {
                "number_of_replicas": self._replicas,
                "refresh_interval": _SERVING_REFRESH,
                "translog.durability": "request",
            }
            self._engine.indices.put_settings(index=str(name), body={"index": settings})
            nodes = self._engine.cluster.health()["number_of_data_nodes"]
            colour = "green" if nodes > self._replicas else "yellow"
            health = self._engine.cluster.health(
                index=str(name),
                params={"wait_for_status": colour, "timeout": f"{timeout_s:.0f}s", "ignore": 408},
                request_timeout=timeout_s + 10,
            )
            if health.get("timed_out", True):
                raise IndexUnsound(
                    f"{name} did not become {colour} within {timeout_s:.0f} s; "
                    "look at disk space and nodes of the cluster."
                )
            mapping = self._engine.indices.get_mapping(index=str(name))[str(name)]["mappings"]
            self._engine.indices.put_mapping(
                index=str(name), body={"_meta": {**mapping["_meta"], **(meta or {}), "complete": True}}
            )

    def swap(self, names: Mapping[Alias, IndexName]) -> None:
        """Puts one generation into service: one call that takes each alias from all that hold it now and gives it to
        the new index. Readers see the old pair or the new pair, never a mixture or nothing."""
        actions: list[dict[str, Any]] = []
        with engine_faults("reading the aliases"):
            for alias in names:
                if self._is_index(self.alias(alias)):
                    raise IndexingRefused(
                        f"An index named {self.alias(alias)} stands where the alias belongs; "
                        "delete it, or choose another index prefix."
                    )
        for alias, name in names.items():
            held = self._holders(alias)
            actions += [
                {"remove": {"index": index, "alias": self.alias(alias), "must_exist": True}}
                for index in sorted(held)
                if index != str(name)
            ]
            actions.append({"add": {"index": str(name), "alias": self.alias(alias)}})
        with engine_faults("swapping the aliases"):
            self._engine.indices.update_aliases(body={"actions": actions})

    def _is_index(self, name: str) -> bool:
        found = self._engine.indices.get(index=name, params={"ignore": 404})
        return name in found

    def _holders(self, alias: Alias) -> list[str]:
        with engine_faults("reading the aliases"):
            found = self._engine.indices.get_alias(name=self.alias(alias), params={"ignore": 404})
        return [index for index, holds in found.items() if isinstance(holds, dict) and "aliases" in holds]

    def rollback(self) -> dict[Alias, IndexName]:
        """Puts the newest complete generation older than the one in service back. Raises IndexingRefused when nothing
        is in service or nothing older is kept. The order of names decides, so a second rollback goes further back."""
        known = self.known_indexes()
        serving = [index.name.generation for index in known if index.serving]
        if not serving:
            raise IndexingRefused("No index is in service: build one first.")
        older = self._generation(known, before=min(serving))
        if older is None:
            raise IndexingRefused("No older index is kept to roll back to: build instead.")
        self.swap(older)
        return older

    def discard(self, names: Mapping[Alias, IndexName]) -> None:
        """Deletes the indexes of a build that failed, those that exist and serve nobody."""
        serving = {str(index.name) for index in self.known_indexes() if index.serving}
        for name in names.values():
            if str(name) not in serving:
                with engine_faults(f"removing {name}"):
                    self._engine.indices.delete(index=str(name), params={"ignore": 404})

    def clean(self) -> Cleaning:
        """Deletes every index of ours except those in service and the generation kept for rollback.

        Call it under the build lock only: whatever is half-built then has no builder any more.
        """
        known = self.known_indexes()
        keep = {str(index.name) for index in known if index.serving}
        serving = [index.name.generation for index in known if index.serving]
        if serving and (older := self._generation(known, before=min(serving))) is not None:
            keep |= {str(name) for name in older.values()}
        removed = [str(index.name) for index in known if str(index.name) not in keep]
        for name in removed:
            with engine_faults(f"removing {name}"):
                self._engine.indices.delete(index=name, params={"ignore": 404})
        return Cleaning(tuple(removed), tuple(sorted(keep)))

    def status(self) -> list[AliasStatus]:
        """What each alias serves, what could be rolled back to, and what lies about half-built."""
        known = self.known_indexes()
        serving = [index.name.generation for index in known if index.serving]
        older = self._generation(known, before=min(serving)) if serving else None
        found = []
        for alias in ALIASES:
            own = [index for index in known if index.name.alias == alias]
            found.append(
                AliasStatus(
                    alias=self.alias(alias),
                    serving=next((index for index in own if index.serving), None),
                    previous=next((index for index in own if older and index.name == older[alias]), None),
                    half_built=tuple(str(index.name) for index in own if not index.complete and not index.serving),
                    code_schema=schema_hash(alias),
                )
            )
        return found

    @staticmethod
    def _generation(known: Sequence[KnownIndex], *, before: str) -> dict[Alias, IndexName] | None:
        """The newest generation older than `before` of which every alias has a complete index."""
        complete: dict[str, dict[Alias, IndexName]] = {}
        for index in known:
            if index.complete and not index.serving and index.name.generation < before:
                complete.setdefault(index.name.generation, {})[index.name.alias] = index.name
        whole = [generation for generation, names in complete.items() if len(names) == len(ALIASES)]
        return complete[max(whole)] if whole else None
