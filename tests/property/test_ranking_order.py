"""What must be true of every order: nearer never lower, a filter never adds, parts add up, pages partition."""

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.documents import DoctorDocument
from ranking import (
    FacilityOf,
    Kind,
    Point,
    SearchIntent,
    Sort,
    Wishes,
    group_people,
    load_weights,
    rank,
    rungs_of,
    score_document,
)
from tests.support.indexing import AS_OF, stable_id, tiny_doctor
from tests.support.ranking import DAY, HOME, intent_near, name_words, near_home, north_of, ranked_ids, stored

WEIGHTS = load_weights()
SURNAMES = ["Петренко", "Гончар", "Ґончар", "Нечуй-Левицька", "Коваленко"]
km = st.floats(0, 40, allow_nan=False)


@st.composite
def doctors(draw: st.DrawFn) -> list[DoctorDocument]:
    count = draw(st.integers(0, 8))
    return [
        tiny_doctor(
            f"doctor {number}",
            last=draw(st.sampled_from(SURNAMES)),
            speciality=draw(st.sampled_from(["FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN", "SURGEON"])),
            at=draw(st.one_of(st.none(), km.map(lambda far: north_of(HOME, far)))),
            party=draw(st.sampled_from(["one", "two", "three", f"own {number}"])),
            gender=draw(st.sampled_from(["MALE", "FEMALE"])),
            capacity=draw(st.sampled_from(["free", "nearly_full", "full", "unknown"])),
            contract=draw(st.booleans()),
            active=draw(st.booleans()),
            precision=draw(st.sampled_from(["address", "settlement", "hromada"])),
            tie=draw(st.integers(0, 3)),
        )
        for number in range(count)
    ]


filters: dict[str, st.SearchStrategy[Any]] = {
    "specialities": st.sampled_from([("THERAPIST",), ("FAMILY_DOCTOR", "PEDIATRICIAN")]),
    "age": st.integers(0, 100),
    "open_only": st.just(True),
    "contract_only": st.just(True),
    "gender": st.sampled_from(["MALE", "FEMALE"]),
    "open_at": st.integers(0, 7 * 24 * 60 - 1),
    "names": st.sampled_from(SURNAMES).map(lambda surname: name_words(surname=surname)),
}
some_filters = st.fixed_dictionaries({}, optional=filters)
kinds = st.sampled_from(list(Kind))


@given(doctors(), some_filters, some_filters, kinds)
def test_filter_never_adds_hits(documents: list[DoctorDocument], asked: dict, more: dict, kind: Kind) -> None:
    before = set(ranked_ids(documents, intent_near(kind=kind, **asked)))
    after = set(ranked_ids(documents, intent_near(kind=kind, **{**more, **asked})))
    assert after <= before


wishes = st.builds(
    Wishes,
    gender=st.none() | st.sampled_from(["MALE", "FEMALE"]),
    open_at=st.none() | st.integers(0, 7 * 24 * 60 - 1),
    facility_of=st.none() | st.just(FacilityOf(stable_id("division", "doctor 1"), None)),
    language=st.none() | st.just("hu"),
)


@given(doctors(), some_filters, wishes)
def test_wishes_neither_add_nor_remove_hits(documents: list[DoctorDocument], asked: dict, wished: Wishes) -> None:
    plain, wishing = intent_near(**asked), intent_near(**asked, wishes=wished, as_of=AS_OF)
    assert set(ranked_ids(documents, plain)) == set(ranked_ids(documents, wishing))


@given(doctors(), wishes)
def test_who_meets_no_wish_and_who_meets_all_differ_by_less_than_a_grade(
    documents: list[DoctorDocument], wished: Wishes
) -> None:
    intent = intent_near(names=name_words(surname=SURNAMES[1]), wishes=wished, as_of=AS_OF)
    grades = [hit.parts[0].points for hit in rank([stored(each) for each in documents], intent, WEIGHTS, DAY)]
    assert grades == sorted(grades, reverse=True)


@given(doctors())
def test_each_rung_of_the_ladder_only_adds_hits(documents: list[DoctorDocument]) -> None:
    intent = intent_near(specialities=("PEDIATRICIAN",), open_only=True, understood=frozenset({"specialities", "kind"}))
    found = [set(ranked_ids(documents, each)) for each in (intent, *(rung.intent for rung in rungs_of(intent)))]
    assert len(found) > 1
    assert all(fewer <= more for fewer, more in pairwise(found))


@given(doctors(), km, km)
def test_wider_radius_never_loses_hits(documents: list[DoctorDocument], one: float, other: float) -> None:
    narrow, wide = sorted((one, other))
    found = [set(ranked_ids(documents, SearchIntent(where=near_home(radius)))) for radius in (narrow, wide)]
    assert found[0] <= found[1]


@given(km, km, st.sampled_from(["free", "full"]), st.booleans(), st.sampled_from([1.0, 3.0, 10.0]))
def test_closer_never_ranks_lower_all_else_equal(
    one: float, other: float, capacity: str, contract: bool, pivot_km: float
) -> None:
    near, far = sorted((one, other))
    twins = [
        tiny_doctor(key, at=north_of(HOME, distance), capacity=capacity, contract=contract)
        for key, distance in (("far", far), ("near", near))
    ]
    intent = SearchIntent(where=near_home(pivot_km=pivot_km))
    far_hit, near_hit = (score_document(stored(twin), intent, WEIGHTS) for twin in twins)
    assert far_hit is not None
    assert near_hit is not None
    assert near_hit.score >= far_hit.score


@given(doctors(), some_filters)
def test_parts_add_up_and_signals_never_outweigh_a_grade(documents: list[DoctorDocument], asked: dict) -> None:
    for hit in rank([stored(document) for document in documents], intent_near(**asked), WEIGHTS, DAY):
        assert abs(sum(part.points for part in hit.parts) - hit.score) <= 1e-6 * max(hit.score, 1)
        signals = [part for part in hit.parts if part.signal != "name"]
        assert sum(part.points for part in signals) <= 1 + 1e-9
        assert all(0 <= part.value <= 1 for part in signals)


@given(doctors(), st.randoms(use_true_random=False), st.sampled_from(list(Sort)))
def test_order_does_not_depend_on_the_order_of_documents(
    documents: list[DoctorDocument], random: Any, sort: Sort
) -> None:
    shuffled = documents[:]
    random.shuffle(shuffled)
    intent = intent_near(kind=Kind.ALL, sort=sort)
    assert ranked_ids(shuffled, intent) == ranked_ids(documents, intent)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 100))
def test_coordinates_around_zero_work(lat: float, lon: float, radius_km: float) -> None:
    document = stored(tiny_doctor("a", at=(0.0, 0.0)))
    intent = SearchIntent(where=near_home(radius_km, origin=Point(lat, lon)))
    hit = score_document(document, intent, WEIGHTS)
    assert (hit is not None) == ((lat**2 + lon**2) ** 0.5 * 111.195 <= radius_km) or abs(
        (lat**2 + lon**2) ** 0.5 * 111.195 - radius_km
    ) < 0.1


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=30),
    st.integers(1, 6),
    st.integers(0, 6),
)
def test_pages_partition_people(posts: list[tuple[int, bool]], page_size: int, over_fetch: int) -> None:
    """Whatever the pages and however many documents are fetched, each person is shown once and none is lost."""
    parties = [str(party) for party, _ in posts]
    hits = [
        {
            "_id": str(number),
            "sort": [number],
            "_source": {"party": {"id": party}, "other_places": [{}] if parties.count(party) > 1 else []},
        }
        for number, party in enumerate(parties)
    ]
    seen: list[str] = []
    marks: frozenset[str] = frozenset()
    start = 0
    while True:
        fetched = hits[start : start + page_size + over_fetch]
        page = group_people(fetched, marks, page_size)
        seen += [person.best["_source"]["party"]["id"] for person in page.people]
        if page.after is None:
            break
        start, marks = page.after[0] + 1, page.shown
    assert len(seen) == len(set(seen))
    assert set(seen) == set(parties)
