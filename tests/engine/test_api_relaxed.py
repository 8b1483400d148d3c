"""What the API loosens when nobody is found, and the wish for a known doctor's facility, over the real engine."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from directory.documents import OtherPlacePart
from search_api.engine import OpenSearchEngine
from tests.support.api import BERDYCHIV_CODE, api_over, client_of, engine_client, stub_config
from tests.support.indexing import AS_OF, ZHYTOMYR, stable_id, tiny_doctor, tiny_facility, tiny_index

pytestmark = pytest.mark.engine

HERE = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}
BERDYCHIV = (49.8978, 28.6025)


def north_of_here(km: float) -> tuple[float, float]:
    return (ZHYTOMYR[0] + km / 111.195, ZHYTOMYR[1])


async def ask(client: Any, path: str = "/v1/search", language: str = "uk", **body: Any) -> dict[str, Any]:
    answer = await client.post(path, json=body, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["employee_id"] for hit in answer["hits"]]


def what(answer: dict[str, Any]) -> list[str]:
    return [loosened["what"] for loosened in answer["relaxed"]]


async def test_a_surname_nobody_of_primary_care_has_is_found_among_specialists(engine_url: str) -> None:
    surgeon = tiny_doctor("a", last="Вовк", speciality="SURGEON")
    with tiny_index(engine_url, [surgeon, tiny_doctor("b")]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            found = await ask(client, q="Вовк")
            asked = await ask(client, q="Вовк", kind="primary_care")
    assert (ids(found), what(found)) == ([surgeon.id], ["kind"])
    assert (ids(asked), what(asked)) == ([], [])


async def test_an_understood_speciality_nobody_has_gives_way_to_who_takes_the_same_patients(engine_url: str) -> None:
    family = [tiny_doctor(f"f{n}", at=BERDYCHIV, settlement=BERDYCHIV_CODE) for n in range(25)]
    with tiny_index(engine_url, family) as index:
        async with engine_client(engine_url, index.prefix) as client:
            found = await ask(client, q="педіатр Бердичів", age=5)
            given = await ask(client, settlement="Бердичів", speciality=["PEDIATRICIAN"])
    assert len(found["hits"]) == 20
    assert "specialities" in what(found)
    assert "Сімейний лікар" in found["relaxed"][-1]["text"]
    assert given["hits"] == []


async def test_pages_of_a_loosened_search_go_on_loosened(engine_url: str) -> None:
    full = [tiny_doctor(f"d{n}", capacity="full", at=north_of_here(0.1 * n), tie=n) for n in range(9)]
    with tiny_index(engine_url, full) as index:
        async with engine_client(engine_url, index.prefix) as client:
            asked = {"near": HERE, "open_only": True, "page_size": 4}
            pages = [await ask(client, **asked)]
            while pages[-1]["next_cursor"]:
                pages.append(await ask(client, **asked, cursor=pages[-1]["next_cursor"]))
    assert [len(page["hits"]) for page in pages] == [4, 4, 1]
    assert sorted(found for page in pages for found in ids(page)) == sorted(doctor.id for doctor in full)
    assert all("open_only" in what(page) for page in pages)
    assert all(page["relaxed"] == pages[0]["relaxed"] for page in pages)


async def test_free_places_are_kept_to_while_any_doctor_near_has_them(engine_url: str) -> None:
    free, full = tiny_doctor("a", at=north_of_here(2)), tiny_doctor("b", capacity="full")
    with tiny_index(engine_url, [free, full]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            found = await ask(client, near=HERE, open_only=True)
    assert (ids(found), found["relaxed"]) == ([free.id], [])


async def test_a_name_not_found_in_a_town_is_found_in_the_country_the_nearest_first(engine_url: str) -> None:
    near = tiny_doctor("near", last="Вовк", at=(50.25, 33.0))
    far = tiny_doctor("far", last="Вовк", at=(50.25, 36.0))
    with tiny_index(engine_url, [far, near]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            found = await ask(client, q="Вовк Бердичів", kind="primary_care")
    assert ids(found) == [near.id, far.id]
    assert what(found)[-1] == "country"
    assert found["area"]["kind"] == "country"
    assert "від центру міста" in found["hits"][0]["headline"]


async def test_facilities_are_loosened_too_and_their_pages_go_on(engine_url: str) -> None:
    places = [tiny_facility(f"f{n}", name="Добробут", at=(50.25, 33.0 + n)) for n in range(3)]
    with tiny_index(engine_url, [tiny_doctor("a", facility="Добробут")], places) as index:
        async with engine_client(engine_url, index.prefix) as client:
            asked = {"q": "Добробут", "settlement": "Бердичів", "page_size": 2}
            first = await ask(client, "/v1/facilities", **asked)
            second = await ask(client, "/v1/facilities", **asked, cursor=first["next_cursor"])
    assert what(first)[-1] == "country"
    assert second["relaxed"] == first["relaxed"]
    assert len({hit["division_id"] for hit in (*first["hits"], *second["hits"])}) == 3


async def test_doctors_of_a_facility_the_town_does_not_have_are_the_doctors_of_the_town(engine_url: str) -> None:
    there = tiny_doctor("there", facility="Поліклініка №7", at=(50.25, 36.0))
    here = tiny_doctor("here", at=BERDYCHIV, settlement=BERDYCHIV_CODE)
    with tiny_index(engine_url, [there, here]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            found = await ask(client, q="сімейний лікар поліклініка №7 Бердичів")
    assert (ids(found), what(found)) == ([here.id], ["facility"])


async def test_the_facility_of_a_known_doctor_is_preferred_and_said(engine_url: str) -> None:
    known = tiny_doctor("known", division="one", legal_entity="Наш", capacity="full", at=north_of_here(1), active=False)
    same = tiny_doctor("same", division="one", legal_entity="Наш", at=north_of_here(1))
    nearer = tiny_doctor("nearer", at=north_of_here(0.9))
    with tiny_index(engine_url, [known, nearer, same]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            plain = await ask(client, near=HERE)
            liked = await ask(client, near=HERE, like_doctor=known.id, language="en")
            unknown = await client.post("/v1/search", json={"near": HERE, "like_doctor": stable_id("employee", "x")})
    assert ids(plain) == [nearer.id, same.id]
    assert ids(liked) == [same.id, nearer.id]
    assert liked["hits"][0]["headline"].endswith("at the same place as the doctor you chose")
    [part] = [part for part in liked["hits"][1]["parts"] if part["signal"] == "same_facility"]
    assert (part["points"], part["reason"]["uk"]) == (0, "в іншому закладі")
    assert unknown.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in unknown.json()["errors"]] == [
        ("like_doctor", "doctor_unknown")
    ]


async def test_a_person_with_three_places_is_one_hit_with_the_best_place_first(engine_url: str) -> None:
    posts = [
        tiny_doctor("far", party="p", at=north_of_here(3)),
        tiny_doctor("best", party="p", at=north_of_here(0.5)),
        tiny_doctor("middle", party="p", at=north_of_here(2)),
    ]
    others = [
        OtherPlacePart(employee_id=post.id, active=True, location=post.place.location) for post in posts if post.place
    ]
    posts = [
        msgspec.structs.replace(post, other_places=tuple(other for other in others if other.employee_id != post.id))
        for post in posts
    ]
    rival = tiny_doctor("rival", at=north_of_here(1))
    with tiny_index(engine_url, [*posts, rival]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            pages = [await ask(client, near=HERE, page_size=1)]
            while pages[-1]["next_cursor"]:
                pages.append(await ask(client, near=HERE, page_size=1, cursor=pages[-1]["next_cursor"]))
    assert [found for page in pages for found in ids(page)] == [posts[1].id, rival.id]
    assert pages[0]["total"]["value"] == 2
    assert [place["employee_id"] for place in pages[0]["hits"][0]["other_places"]] == [posts[2].id, posts[0].id]


async def test_old_counts_rank_below_fresh_ones_by_the_date_of_the_index(engine_url: str) -> None:
    old, fresh = tiny_doctor("old", as_of=AS_OF - timedelta(days=3)), tiny_doctor("fresh", tie=1)
    with tiny_index(engine_url, [old, fresh]) as index:
        config = stub_config(opensearch_url=engine_url, index_prefix=index.prefix, search_timeout_s=10.0)
        engine = OpenSearchEngine(config)

        async def meta(_: str) -> dict[str, Any]:
            return {"data_date": AS_OF.isoformat()}

        engine.index_meta = meta  # type: ignore[method-assign]
        async with client_of(api_over(engine, config=config)) as client:
            found = await ask(client, near=HERE)
    assert ids(found) == [fresh.id, old.id]
    [part] = [part for part in found["hits"][1]["parts"] if part["signal"] == "freshness"]
    assert part["reason"]["uk"] == "дані 3 дні тому"
