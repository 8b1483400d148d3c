"""Engine tests of the life of an index: every step, and what a failure leaves behind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from directory.schema import ALIASES, Alias, schema_hash
from indexer.config import EngineAddress
from indexer.errors import BuildRunning, EngineUnreachable, IndexingRefused, IndexUnsound
from indexer.lifecycle import IndexName, Lifecycle, SmokeQuery
from indexer.load import BulkLoader, Engine, connect_engine
from indexer.lock import ClusterLock
from tests.support.indexing import build_tiny_index, tiny_doctor, tiny_facility

pytestmark = pytest.mark.engine

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def client(engine_url: str) -> Iterator[Engine]:
    engine = connect_engine(EngineAddress(engine_url))
    yield engine
    engine.close()


@pytest.fixture
def life(client: Engine, index_prefix: str) -> Lifecycle:
    return Lifecycle(client, prefix=index_prefix)


def serving(life: Lifecycle) -> dict[str, str | None]:
    return {status.alias: str(status.serving.name) if status.serving else None for status in life.status()}


def build(life: Lifecycle, client: Engine, now: datetime, last: str = "Петренко") -> dict[Alias, IndexName]:
    names = life.new_names(now)
    for alias in ALIASES:
        life.create(names[alias], {})
        document = tiny_doctor("a", last=last) if alias == "doctors" else tiny_facility("a")
        with BulkLoader(client, str(names[alias])) as loader:
            loader.add(document.id, document)
        life.finish(names[alias])
        life.complete(names[alias], timeout_s=30)
    return names


def test_documents_made_by_hand_are_found_under_their_alias(engine_url: str, index_prefix: str, client: Engine) -> None:
    index = build_tiny_index(engine_url, [tiny_doctor("a", last="Ґудзь")], [tiny_facility("a")], prefix=index_prefix)
    found = client.search(index=index.doctors, body={"query": {"term": {"name.surname": "ґудзь"}}})
    assert [hit["_source"]["name"]["last"] for hit in found["hits"]["hits"]] == ["Ґудзь"]
    assert client.count(index=index.facilities)["count"] == 1


def test_names_carry_alias_utc_second_and_schema(life: Lifecycle, index_prefix: str) -> None:
    assert str(life.new_names(NOW)["doctors"]) == f"{index_prefix}doctors-20260302t040000z-{schema_hash('doctors')}"


def test_a_second_build_in_the_same_second_gets_a_later_name(life: Lifecycle, client: Engine) -> None:
    first, second = build(life, client, NOW), life.new_names(NOW - timedelta(days=1))
    assert second["doctors"].generation > first["doctors"].generation


def test_swap_gives_each_alias_to_the_new_pair_only(life: Lifecycle, client: Engine) -> None:
    first = build(life, client, NOW)
    life.swap(first)
    second = build(life, client, NOW)
    life.swap(second)
    assert set(serving(life).values()) == {str(name) for name in second.values()}


def test_rollback_brings_the_previous_pair_back(life: Lifecycle, client: Engine) -> None:
    first = build(life, client, NOW, last="Давній")
    life.swap(first)
    life.swap(build(life, client, NOW, last="Новий"))
    assert life.rollback() == first
    found = client.search(index=life.alias("doctors"))["hits"]["hits"]
    assert [hit["_source"]["name"]["last"] for hit in found] == ["Давній"]


def test_rollback_without_an_older_index_is_refused(life: Lifecycle, client: Engine) -> None:
    with pytest.raises(IndexingRefused, match="build one first"):
        life.rollback()
    life.swap(build(life, client, NOW))
    with pytest.raises(IndexingRefused, match="No older index"):
        life.rollback()


def test_clean_keeps_the_serving_pair_and_the_one_before(life: Lifecycle, client: Engine) -> None:
    generations = []
    for _ in range(3):
        generations.append(build(life, client, NOW))
        life.swap(generations[-1])
    half_built = life.new_names(NOW)
    life.create(half_built["doctors"], {})
    cleaning = life.clean()
    gone = {str(name) for name in generations[0].values()} | {str(half_built["doctors"])}
    assert set(cleaning.removed) == gone
    kept = {str(name) for names in generations[1:] for name in names.values()}
    assert {str(index.name) for index in life.known_indexes()} == kept


def test_a_half_built_index_is_reported_and_never_rolled_back_to(life: Lifecycle, client: Engine) -> None:
    half_built = life.new_names(NOW)
    for name in half_built.values():
        life.create(name, {})
    life.swap(build(life, client, NOW))
    assert {name for status in life.status() for name in status.half_built} == {str(n) for n in half_built.values()}
    with pytest.raises(IndexingRefused):
        life.rollback()


def test_discard_never_deletes_what_serves(life: Lifecycle, client: Engine) -> None:
    names = build(life, client, NOW)
    life.swap(names)
    life.discard(names)
    assert set(serving(life).values()) == {str(name) for name in names.values()}


def test_an_index_of_another_name_pattern_is_left_alone(life: Lifecycle, client: Engine, index_prefix: str) -> None:
    foreign = f"{index_prefix}doctors-archive"
    client.indices.create(index=foreign)
    life.swap(build(life, client, NOW))
    life.clean()
    assert client.indices.exists(index=foreign)


def test_an_index_where_the_alias_belongs_is_refused(life: Lifecycle, client: Engine, index_prefix: str) -> None:
    client.indices.create(index=f"{index_prefix}doctors")
    with pytest.raises(IndexingRefused, match="stands where the alias belongs"):
        life.swap(build(life, client, NOW))


def test_a_wrong_count_is_found_before_the_swap(life: Lifecycle, client: Engine) -> None:
    names = build(life, client, NOW)
    with pytest.raises(IndexUnsound, match="holds 1 documents instead of 2"):
        life.verify(names["doctors"], expected=2, shrink_limit=0.5, smoke=())


def test_an_index_far_smaller_than_the_serving_one_is_refused(life: Lifecycle, client: Engine, engine_url: str) -> None:
    doctors = [tiny_doctor(str(number)) for number in range(3)]
    prefix = life.alias("doctors").removesuffix("doctors")
    build_tiny_index(engine_url, doctors, [tiny_facility("a")], prefix=prefix)
    names = build(life, client, NOW)
    with pytest.raises(IndexUnsound, match="holds 1 documents where the index in service holds 3"):
        life.verify(names["doctors"], expected=1, shrink_limit=0.5, smoke=())


def test_a_smoke_query_without_its_answer_stops_the_swap(life: Lifecycle, client: Engine) -> None:
    names = build(life, client, NOW)
    found = SmokeQuery("a doctor by surname", {"term": {"name.surname": "петренко"}}, expected_id=tiny_doctor("a").id)
    lost = SmokeQuery("a doctor by surname", {"term": {"name.surname": "нікого"}})
    life.verify(names["doctors"], expected=1, shrink_limit=0.5, smoke=[found])
    with pytest.raises(IndexUnsound, match="does not find a doctor by surname"):
        life.verify(names["doctors"], expected=1, shrink_limit=0.5, smoke=[found, lost])


def test_replicas_that_find_no_node_are_asked_for_but_not_waited_for(client: Engine, index_prefix: str) -> None:
    life = Lifecycle(client, prefix=index_prefix, shards=2, replicas=1)
    names = build(life, client, NOW)
    settings = client.indices.get_settings(index=str(names["doctors"]))[str(names["doctors"])]["settings"]["index"]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("2", "1")
    assert settings["refresh_interval"] == "1s"


def test_an_undeclared_field_is_rejected_and_counted(life: Lifecycle, client: Engine) -> None:
    names = life.new_names(NOW)
    life.create(names["doctors"], {})
    with BulkLoader(client, str(names["doctors"])) as loader:
        loader.add("sound", tiny_doctor("a"))
        loader.add("odd", {"unheard_of": 1})
    assert loader.report.written == 1
    assert loader.report.rejected == {"strict_dynamic_mapping_exception": 1}
    assert loader.report.samples == [("odd", "strict_dynamic_mapping_exception")]


def test_two_builders_cannot_hold_the_lock_at_once(client: Engine, index_prefix: str) -> None:
    with ClusterLock(client, index_prefix), pytest.raises(BuildRunning, match="Another build holds the lock"):
        ClusterLock(client, index_prefix).__enter__()
    with ClusterLock(client, index_prefix) as again:
        again.assert_held()


def test_a_renewal_whose_answer_was_lost_does_not_lose_the_lock(client: Engine, index_prefix: str) -> None:
    with ClusterLock(client, index_prefix, renew_every_s=3600) as lock:
        index = f"{index_prefix}likar-build-lock"
        held = client.get(index=index, id="build")
        client.index(index=index, id=held["_id"], body=held["_source"])
        lock.assert_held()
        client.index(index=index, id=held["_id"], body={**held["_source"], "token": "somebody else's"})
        with pytest.raises(BuildRunning, match="taken over"):
            lock.assert_held()
    client.indices.delete(index=index)


def test_an_expired_lock_is_taken_over_and_its_old_holder_notices(client: Engine, index_prefix: str) -> None:
    long_ago = ClusterLock(client, index_prefix, now=lambda: datetime.now(UTC) - timedelta(hours=1), renew_every_s=3600)
    with long_ago, ClusterLock(client, index_prefix), pytest.raises(BuildRunning, match="taken over"):
        long_ago.assert_held()
    with ClusterLock(client, index_prefix) as free:
        free.assert_held()


def test_a_lock_renews_itself_while_its_build_lives(client: Engine, index_prefix: str) -> None:
    with ClusterLock(client, index_prefix, lease_s=0.6, renew_every_s=0.1) as lock:
        assert not lock.released.wait(1.2)
        with pytest.raises(BuildRunning):
            ClusterLock(client, index_prefix).__enter__()


def test_an_engine_that_is_down_is_one_sentence() -> None:
    nobody = connect_engine(EngineAddress("http://127.0.0.1:9"))
    with pytest.raises(EngineUnreachable, match="not reachable while listing the indexes"):
        Lifecycle(nobody).known_indexes()
