"""The order a real engine gives: two or three documents, one assertion; and both faces of the score agree."""

import json
import random
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from directory.documents import DoctorDocument, FacilityDocument
from ranking import (
    Area,
    AreaLevel,
    FacilityIntent,
    FacilityWords,
    Kind,
    NameWord,
    Page,
    Point,
    RadiusSource,
    SearchIntent,
    Sort,
    Where,
    build_facilities_body,
    build_search_body,
    explain,
    group_people,
    load_weights,
    rank,
)
from tests.support.indexing import ZHYTOMYR_CODE, TinyIndex, tiny_doctor, tiny_facility, tiny_index
from tests.support.ranking import DAY, HOME, intent_near, name_words, near_home, north_of, stored

pytestmark = pytest.mark.engine

WEIGHTS = load_weights()


@dataclass(frozen=True)
class Corpus:
    """A few documents in a real engine."""

    url: str
    index: TinyIndex
    keys: dict[str, str]

    def search(self, intent: SearchIntent, page: Page = Page(50), day: date = DAY) -> dict[str, Any]:
        return self._post(self.index.doctors, build_search_body(intent, WEIGHTS, page, day))

    def order(self, intent: SearchIntent, day: date = DAY) -> str:
        """The keys of the hits in order, as one word."""
        return "".join(self.keys[hit["_id"]] for hit in self.search(intent, day=day)["hits"]["hits"])

    def facilities(self, intent: FacilityIntent) -> str:
        answer = self._post(self.index.facilities, build_facilities_body(intent, WEIGHTS, Page(50), DAY))
        return "".join(self.keys[hit["_id"]] for hit in answer["hits"]["hits"])

    def _post(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.url}/{index}/_search?include_named_queries_score=true",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return dict(json.load(answer))


@pytest.fixture
def corpus(engine_url: str) -> Any:
    """`with corpus(a=…, b=…) as found`: documents under one-letter keys."""

    @contextmanager
    def put(**documents: DoctorDocument | FacilityDocument) -> Iterator[Corpus]:
        doctors = [document for document in documents.values() if isinstance(document, DoctorDocument)]
        facilities = [document for document in documents.values() if isinstance(document, FacilityDocument)]
        with tiny_index(engine_url, doctors, facilities) as index:
            yield Corpus(engine_url, index, {document.id: key for key, document in documents.items()})

    return put


def test_exact_name_beats_the_same_sound_however_near(corpus: Any) -> None:
    exact = tiny_doctor("x", last="Гончар", at=north_of(HOME, 40), capacity="full", contract=False)
    sound = tiny_doctor("y", last="Ґончар")
    with corpus(a=sound, b=exact) as found:
        assert found.order(intent_near(names=name_words(surname="Гончар"))) == "ba"


def test_name_typed_in_latin_is_found_by_sound(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", last="Шевченко"), b=tiny_doctor("y", last="Вовк")) as found:
        assert found.order(intent_near(names=name_words(surname="Shevchenko"))) == "a"


def test_unassigned_word_finds_surname_and_given_name(corpus: Any) -> None:
    documents = {"a": tiny_doctor("x", first="Роман"), "b": tiny_doctor("y", last="Роман"), "c": tiny_doctor("z")}
    with corpus(**documents) as found:
        assert sorted(found.order(intent_near(names=name_words(unassigned="Роман")))) == ["a", "b"]


def test_part_of_a_double_surname_finds_it(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", last="Нечуй-Левицька")) as found:
        assert found.order(intent_near(names=name_words(surname="Левицька"))) == "a"
        assert found.order(intent_near(names=name_words(surname="Нечуй-Левицька"))) == "a"


def test_nearer_wins_when_all_else_equal(corpus: Any) -> None:
    with corpus(
        a=tiny_doctor("x", at=north_of(HOME, 3)), b=tiny_doctor("y", at=north_of(HOME, 1)),
        c=tiny_doctor("z", at=north_of(HOME, 2)),
    ) as found:  # fmt: skip
        assert found.order(intent_near()) == "bca"


def test_free_wins_before_nearly_full_unknown_and_full(corpus: Any) -> None:
    with corpus(
        a=tiny_doctor("w", capacity="full"), b=tiny_doctor("x", capacity="unknown"),
        c=tiny_doctor("y", capacity="nearly_full"), d=tiny_doctor("z", capacity="free"),
    ) as found:  # fmt: skip
        assert found.order(intent_near()) == "dcba"


def test_contract_wins_before_none(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", contract=False), b=tiny_doctor("y")) as found:
        assert found.order(intent_near()) == "ba"


def test_exact_place_wins_before_a_vague_one(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", precision="hromada"), b=tiny_doctor("y", precision="settlement"),
                c=tiny_doctor("z")) as found:  # fmt: skip
        assert found.order(intent_near()) == "cba"


def test_zero_coordinates_work(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", at=(0.0, 0.05)), b=tiny_doctor("y", at=(0.0, 0.0)), c=tiny_doctor("z")) as found:
        assert found.order(SearchIntent(where=near_home(10, origin=Point(0.0, 0.0)))) == "ba"


def test_nearest_goes_by_distance_alone(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", at=north_of(HOME, 2)),
                b=tiny_doctor("y", at=north_of(HOME, 1), capacity="full", contract=False)) as found:  # fmt: skip
        assert found.order(intent_near(sort=Sort.NEAREST)) == "ba"
        assert found.order(intent_near()) == "ab"


def test_doctor_without_a_point_is_found_by_name_in_the_country(corpus: Any) -> None:
    country = SearchIntent(where=Where(RadiusSource.COUNTRY), names=name_words(surname="Петренко"))
    with corpus(a=tiny_doctor("x", at=None), b=tiny_doctor("y", at=(0.0, 0.0))) as found:
        assert found.order(country) == "a"


def test_settlement_with_surroundings_holds_both(corpus: Any) -> None:
    area = Area(AreaLevel.SETTLEMENT, ZHYTOMYR_CODE, "Житомир", HOME)
    where = Where(RadiusSource.PLANNED, HOME, None, HOME, 5.0, area, widened=True)
    with corpus(
        a=tiny_doctor("x", at=None),
        b=tiny_doctor("y", settlement="UA00", at=north_of(HOME, 4)),
        c=tiny_doctor("z", settlement="UA00", at=north_of(HOME, 6)),
    ) as found:
        assert sorted(found.order(SearchIntent(where=where))) == ["a", "b"]


def test_age_keeps_those_who_may_register_the_patient(corpus: Any) -> None:
    with corpus(
        a=tiny_doctor("w", speciality="THERAPIST"), b=tiny_doctor("x", speciality="PEDIATRICIAN"),
        c=tiny_doctor("y", speciality="FAMILY_DOCTOR"), d=tiny_doctor("z", speciality="SURGEON"),
    ) as found:  # fmt: skip
        assert sorted(found.order(intent_near(age=17))) == ["b", "c"]
        assert sorted(found.order(intent_near(age=18))) == ["a", "c"]
        assert found.order(intent_near(kind=Kind.SPECIALIST, age=18)) == "d"
        assert sorted(found.order(intent_near(kind=Kind.ALL, age=18))) == ["a", "c", "d"]


def test_open_at_the_asked_minute(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", open_minutes=((480, 1080),)), b=tiny_doctor("y", open_minutes=())) as found:
        assert found.order(intent_near(open_at=480)) == "a"
        assert found.order(intent_near(open_at=1079)) == "a"
        assert found.order(intent_near(open_at=1080)) == ""


def test_facility_by_kind_number_and_word(corpus: Any) -> None:
    with corpus(a=tiny_doctor("x", facility="Амбулаторія №1"), b=tiny_doctor("y", facility="Амбулаторія №2")) as found:
        assert found.order(intent_near(facility=FacilityWords(numbers=("2",), kinds=("AMBULATORY",)))) == "b"
        assert (
            found.order(intent_near(facility=FacilityWords(words=(NameWord.of("ambulatoria"),), numbers=("1",)))) == "a"
        )
        assert found.order(intent_near(facility=FacilityWords(kinds=("FAP",)))) == ""


def test_facilities_by_words_nearer_first_and_only_in_force(corpus: Any) -> None:
    with corpus(
        a=tiny_facility("x", at=north_of(HOME, 2)),
        b=tiny_facility("y", at=north_of(HOME, 1)),
        c=tiny_facility("z", active=False),
        d=tiny_facility("w", name="Поліклініка №2", legal_entity="Медікум"),
    ) as found:
        ambulatory = FacilityIntent(where=near_home(), facility=FacilityWords(kinds=("AMBULATORY",)))
        assert found.facilities(ambulatory) == "ba"
        assert found.facilities(FacilityIntent(where=near_home(), sort=Sort.NEAREST)) == "dba"


def test_equals_keep_their_order_within_the_day_and_change_it_over_the_week(corpus: Any) -> None:
    documents = {key: tiny_doctor(key) for key in "abcdef"}
    shuffled = {}
    for number, (key, document) in enumerate(documents.items()):
        ties = {f"d{day}": (number * 7919 + day * 104_729) % 1_000 for day in range(7)}
        shuffled[key] = _with_ties(document, ties)
    with corpus(**shuffled) as found:
        assert found.order(intent_near()) == found.order(intent_near())
        week = {found.order(intent_near(), day=date(2026, 3, day)) for day in range(2, 9)}
    assert len(week) > 1


def _with_ties(document: DoctorDocument, ties: dict[str, int]) -> DoctorDocument:
    fields = {field: getattr(document, field) for field in document.__struct_fields__}
    return DoctorDocument(**{**fields, "tie": ties})


def _generated(count: int) -> list[DoctorDocument]:
    """Doctors of every kind there is, the same in every run."""
    dice = random.Random(20260302)
    return [
        tiny_doctor(
            f"generated {number}",
            last=dice.choice(["Гончар", "Ґончар", "Вовк", "Нечуй-Левицька"]),
            first=dice.choice(["Роман", "Олена"]),
            speciality=dice.choice(["FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN", "SURGEON"]),
            at=None if dice.random() < 0.05 else north_of(HOME, dice.uniform(0, 60)),
            party=f"party {dice.randrange(count)}",
            gender=dice.choice(["MALE", "FEMALE"]),
            capacity=dice.choice(["free", "nearly_full", "full", "unknown"]),
            contract=dice.random() < 0.8,
            active=dice.random() < 0.9,
            precision=dice.choice(["address", "settlement", "hromada"]),
            facility=dice.choice(["Амбулаторія №1", "Поліклініка №2"]),
            settlement=dice.choice([ZHYTOMYR_CODE, "UA00"]),
            open_minutes=dice.choice([((480, 1080),), ((540, 800), (900, 1000))]),
            tie=dice.randrange(1 << 62),
        )
        for number in range(count)
    ]


GENERATED = _generated(120)
AREA = Area(AreaLevel.SETTLEMENT, ZHYTOMYR_CODE, "Житомир", HOME)
INTENTS = {
    "around": intent_near(),
    "nearest": intent_near(sort=Sort.NEAREST),
    "all kinds": intent_near(kind=Kind.ALL, age=10),
    "specialists": intent_near(kind=Kind.SPECIALIST),
    "filters": intent_near(open_only=True, contract_only=True, gender="FEMALE", open_at=500),
    "surname": intent_near(names=name_words(surname="Гончар")),
    "any part": intent_near(kind=Kind.ALL, names=name_words(unassigned="Роман Гончар")),
    "country": SearchIntent(where=Where(RadiusSource.COUNTRY), names=name_words(surname="Вовк"), kind=Kind.ALL),
    "country, nearest": SearchIntent(
        where=Where(RadiusSource.COUNTRY, HOME), names=name_words(surname="Вовк"), kind=Kind.ALL, sort=Sort.NEAREST
    ),
    "settlement": SearchIntent(where=Where(RadiusSource.SETTLEMENT, area=AREA), kind=Kind.ALL),
    "settlement, widened": SearchIntent(
        where=Where(RadiusSource.PLANNED, HOME, None, HOME, 5.0, AREA, widened=True, pivot_km=10.0), kind=Kind.ALL
    ),
    "facility": intent_near(facility=FacilityWords(numbers=("2",), kinds=("POLYCLINIC",))),
}


@pytest.fixture(scope="module")
def generated(engine_url: str) -> Iterator[Corpus]:
    with tiny_index(engine_url, GENERATED) as index:
        yield Corpus(engine_url, index, {document.id: document.id for document in GENERATED})


@pytest.mark.parametrize("name", INTENTS)
def test_python_face_gives_the_hits_order_and_scores_of_the_engine(generated: Corpus, name: str) -> None:
    intent = INTENTS[name]
    expected = rank([stored(document) for document in GENERATED], intent, WEIGHTS, DAY)
    hits = generated.search(intent, Page(200))["hits"]["hits"]
    assert expected
    assert [hit["_id"] for hit in hits] == [scored.document["employee"]["id"] for scored in expected]
    for hit, scored in zip(hits, expected, strict=True):
        assert hit["_score"] == pytest.approx(scored.score, rel=1e-5)


@pytest.mark.parametrize("name", INTENTS)
def test_parts_add_up_to_the_score_of_the_engine(generated: Corpus, name: str) -> None:
    for hit in generated.search(INTENTS[name])["hits"]["hits"]:
        parts = explain(hit.get("matched_queries", {}), WEIGHTS)
        assert sum(part.points for part in parts) == pytest.approx(hit["_score"], rel=1e-6, abs=1e-7)
        assert all(-1e-6 <= part.value <= 1 + 1e-6 for part in parts)


@pytest.mark.parametrize("name", INTENTS)
@pytest.mark.parametrize("page_size", [1, 7])
def test_pages_partition_the_people(generated: Corpus, name: str, page_size: int) -> None:
    """Page by page, each person once, none lost; documents without a point have their pages too."""
    intent = INTENTS[name]
    every = generated.search(intent, Page(200))
    people = [hit["_source"]["party"]["id"] for hit in every["hits"]["hits"]]
    several = {party for party in people if people.count(party) > 1}
    seen: list[str] = []
    after, marks = None, frozenset[str]()
    for _ in range(len(people) + 1):
        hits = generated.search(intent, Page(page_size + 2, after=after))["hits"]["hits"]
        for hit in hits:
            hit["_source"]["other_places"] = [{}] if hit["_source"]["party"]["id"] in several else []
        page = group_people(hits, marks, page_size)
        if page.after is None:
            break
        seen += [person.best["_source"]["party"]["id"] for person in page.people]
        after, marks = page.after, page.shown
    assert sorted(seen) == sorted(set(people))
    assert every["aggregations"]["persons"]["value"] == len(set(people))


def test_filter_never_adds_hits_and_facets_tell_what_it_leaves(generated: Corpus) -> None:
    before = generated.search(intent_near(kind=Kind.ALL), Page(200, facets=True))
    everyone = {hit["_id"] for hit in before["hits"]["hits"]}
    for bucket in before["aggregations"]["speciality"]["buckets"]:
        narrowed = generated.search(intent_near(kind=Kind.ALL, specialities=(bucket["key"],)), Page(200))
        assert {hit["_id"] for hit in narrowed["hits"]["hits"]} <= everyone
        assert narrowed["aggregations"]["persons"]["value"] == bucket["persons"]["value"]
