"""Over the real engine: pages partition the answer, a filter never adds hits, distances are true within 1 %."""

import random
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from geopy.distance import geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.documents import DoctorDocument, OtherPlacePart
from tests.support.api import SyncClient, sync_engine_client
from tests.support.indexing import ZHYTOMYR, tiny_doctor, tiny_index

pytestmark = pytest.mark.engine

PEOPLE = 90
SPECIALITIES = ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN", "CARDIOLOGIST")
# Few points, so that many distances, and with them scores, are equal.
POINTS = [(ZHYTOMYR[0] + 0.01 * step, ZHYTOMYR[1] + 0.015 * (step % 3)) for step in range(6)]


def corpus() -> list[DoctorDocument]:
    """People with one to four posts each, many ties, a few posts nobody could locate."""
    chance = random.Random(20260302)
    documents = []
    for person in range(PEOPLE):
        fields: dict[str, Any] = {
            "party": f"person-{person}",
            "gender": chance.choice(("MALE", "FEMALE")),
            "capacity": chance.choice(("free", "nearly_full", "full", "unknown")),
            "last": chance.choice(("Петренко", "Коваль", "Левицька")),
        }
        posts = [
            tiny_doctor(
                f"{person}/{post}",
                **fields,
                speciality=chance.choice(SPECIALITIES),
                at=chance.choice([*POINTS, None]),
                contract=chance.random() < 0.7,
                tie=chance.randrange(5),
                open_minutes=((480, 1080),) if chance.random() < 0.5 else ((0, 300),),
            )
            for post in range(chance.choice((1, 1, 1, 2, 4)))
        ]
        documents += [
            msgspec.structs.replace(
                document,
                other_places=tuple(OtherPlacePart(employee_id=o.id, active=True) for o in posts if o is not document),
            )
            for document in posts
        ]
    return documents


@pytest.fixture(scope="module")
def client(engine_url: str) -> Iterator[SyncClient]:
    with tiny_index(engine_url, corpus()) as index, sync_engine_client(engine_url, index.prefix) as client:
        yield client


@pytest.fixture(scope="module")
def person_of() -> dict[str, str]:
    return {document.id: document.party.id for document in corpus()}


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "speciality": st.lists(st.sampled_from(SPECIALITIES), min_size=1, max_size=3, unique=True),
        "gender": st.sampled_from(("MALE", "FEMALE")),
        "open_only": st.just(True),
        "contract_only": st.just(True),
        "age": st.sampled_from((0, 5, 17, 18, 40)),
        "open_at": st.sampled_from(("mon 10:00", "mon 03:00", "sun 12:00")),
        "q": st.sampled_from(("Коваль", "левицька", "терапевт")),
    },
)
GROUNDS = st.sampled_from(
    [
        {"near": {"lat": POINTS[0][0], "lon": POINTS[0][1]}, "radius_km": 3.0},
        {"near": {"lat": POINTS[2][0], "lon": POINTS[2][1]}, "radius_km": 40.0},
        {"near": {"lat": POINTS[5][0], "lon": POINTS[5][1]}},
        {"settlement": "Житомир"},
    ]
)
SORTS = st.sampled_from(("best", "nearest"))


def page(client: SyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def all_pages(client: SyncClient, body: dict[str, Any]) -> list[dict[str, Any]]:
    pages = [page(client, body)]
    while pages[-1]["next_cursor"]:
        assert len(pages) < 200
        pages.append(page(client, {**body, "cursor": pages[-1]["next_cursor"]}))
    return pages


def people(pages: list[dict[str, Any]], person_of: dict[str, str]) -> list[str]:
    return [person_of[hit["employee_id"]] for answer in pages for hit in answer["hits"]]


@settings(deadline=None, max_examples=40)
@given(filters=FILTERS, ground=GROUNDS, sort=SORTS, page_size=st.integers(1, 20))
def test_pages_never_repeat_or_lose_a_person(
    client: SyncClient,
    person_of: dict[str, str],
    filters: dict[str, Any],
    ground: dict[str, Any],
    sort: str,
    page_size: int,
) -> None:
    body = {**filters, **ground, "sort": sort}
    whole = people(all_pages(client, {**body, "page_size": 50}), person_of)
    pages = all_pages(client, {**body, "page_size": page_size})
    assert people(pages, person_of) == whole
    assert len(set(whole)) == len(whole)
    assert {answer["total"]["value"] for answer in pages} == {len(whole)}
    assert all(1 <= len(answer["hits"]) <= page_size for answer in pages[:-1])


@settings(deadline=None, max_examples=40)
@given(filters=FILTERS, more=FILTERS, ground=GROUNDS)
def test_a_filter_never_adds_a_hit(
    client: SyncClient, filters: dict[str, Any], more: dict[str, Any], ground: dict[str, Any]
) -> None:
    # The specialities of a text or a list say which kind of doctor is wanted, so the kind is fixed; a planned radius
    # may follow the speciality, so the ground is fixed too.
    ground = {"radius_km": 40.0, **ground}
    wide = {**filters, **ground, "kind": "all"}
    if wide.get("q") == "терапевт" and "speciality" not in wide:
        # A parameter wins over the text: a speciality asked for is then another one, not a further filter.
        more = {field: value for field, value in more.items() if field != "speciality"}
    narrow = {**more, **wide} if "q" not in more or "q" in filters else {**more, **wide, "q": more["q"]}

    narrow_pages, wide_pages = (
        list(all_pages(client, {**body, "page_size": 50, "facets": False})) for body in (narrow, wide)
    )
    # A search that found nobody is loosened and says so: that one may find others.
    assume(not narrow_pages[0]["relaxed"])
    assert people_of(narrow_pages) <= people_of(wide_pages)


def people_of(pages: list[dict[str, Any]]) -> set[str]:
    return {
        person
        for answer in pages
        for hit in answer["hits"]
        for person in [hit["employee_id"], *(place["employee_id"] for place in hit["other_places"])]
    }


@settings(deadline=None, max_examples=25)
@given(lat=st.floats(50.0, 50.5), lon=st.floats(28.4, 29.0))
def test_distances_are_true_within_one_per_cent(client: SyncClient, lat: float, lon: float) -> None:
    body = {"near": {"lat": lat, "lon": lon}, "radius_km": 100.0, "kind": "all", "page_size": 50, "sort": "nearest"}
    answer = page(client, body)
    shown = []
    for hit in answer["hits"]:
        if hit["distance"] is not None:
            there = hit["division"]["location"]
            true_km = geodesic((lat, lon), (there["lat"], there["lon"])).km
            assert hit["distance"]["km"] == pytest.approx(true_km, rel=0.01, abs=0.001)
            shown.append(hit["distance"]["km"])
    assert shown
    assert shown == sorted(shown)


@settings(deadline=None, max_examples=40)
@given(text=st.one_of(st.text(max_size=60), st.text(alphabet="абвгґіїє'ʼ-№ 12", max_size=60)))
def test_any_text_is_answered_by_the_real_engine(client: SyncClient, text: str) -> None:
    near = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}
    assert client.post("/v1/search", json={"q": text, "near": near}).status_code == 200
    assert client.post("/v1/facilities", json={"q": text, "near": near}).status_code == 200
    assert client.get("/v1/suggest", params={"q": text}).status_code in (200, 422)
