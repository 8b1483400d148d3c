"""Other ways to ask the same: what goes first, which words of a text go, and that nothing else changes."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from ranking import Kind, OriginSource, Point, RadiusSource, SearchIntent, TakenAs, Token, Where, Wishes
from search_api.errors import PlaceNeeded
from search_api.requests import ExplainRequest, SearchRequest
from search_api.services.edits import Edits, find_singles, let_go
from search_api.services.wanted import ReadRequest
from tests.support.api import BERDYCHIV_CODE, small_gazetteer
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE, tiny_doctor
from tests.support.ranking import HOME, name_words, north_of, stored

WOMEN, PLACES, THERAPIST = "жінка", "місця", "терапевт"


def read(search: SearchRequest) -> ReadRequest:
    """A reading of few words: «жінка» is a wish, «місця» a filter, «терапевт» a speciality, a capital begins a name."""
    typed = (search.q or "").split()
    if search.near is None and search.settlement is None:
        raise PlaceNeeded
    code = search.settlement
    where = Where(
        RadiusSource.ASKED if search.radius_km else RadiusSource.PLANNED,
        HOME,
        OriginSource.PATIENT if search.near else OriginSource.SETTLEMENT,
        Point(search.near.lat, search.near.lon) if search.near else HOME,
        search.radius_km or 5.0,
        area=None if code is None else cast(Any, _area(code)),
    )
    specialities = tuple(search.speciality) or (("THERAPIST",) if THERAPIST in typed else ())
    intent = SearchIntent(
        where,
        specialities=specialities,
        names=name_words(unassigned=" ".join(word for word in typed if word.istitle())),
        kind=Kind(search.kind or "primary_care"),
        age=search.age,
        open_only=search.open_only or PLACES in typed,
        contract_only=search.contract_only,
        gender=search.gender,
        wishes=Wishes(gender="FEMALE" if WOMEN in typed else None),
    )
    scrap = Token("є", TakenAs.FILLER, None)
    tokens = (scrap,) if "є" in typed and PLACES not in typed else ()
    understanding = SimpleNamespace(best=SimpleNamespace(tokens=tokens))
    return ReadRequest(cast(Any, understanding), cast(Any, None), (), intent)


def _area(code: str) -> Any:
    from ranking import Area, AreaLevel

    return Area(AreaLevel.SETTLEMENT, code, "там")


def edits(**fields: Any) -> Edits:
    return Edits(ExplainRequest(**{"near": {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}, **fields}), read)


def kinds(of: Edits, **doctor: Any) -> dict[str, dict[str, Any]]:
    found = find_singles(of, stored(tiny_doctor("a", **doctor)), small_gazetteer())
    return {change.kind.name: dict(change.query) for change in found}


DOCTOR = stored(tiny_doctor("a", last="Бондар", first="Олена"))


def test_a_parameter_goes_before_any_word() -> None:
    assert let_go(edits(gender="FEMALE", q="лікар"), DOCTOR, "gender") == ({"gender": None}, "")


def test_the_one_word_that_says_a_wish_goes() -> None:
    assert let_go(edits(q="лікар жінка поруч"), DOCTOR, "gender") == ({"q": "лікар поруч"}, WOMEN)


def test_a_wish_said_twice_goes_twice() -> None:
    found = let_go(edits(gender="FEMALE", q="лікар жінка"), DOCTOR, "gender")
    assert found == ({"gender": None, "q": "лікар"}, WOMEN)


def test_what_was_not_asked_for_cannot_go() -> None:
    assert let_go(edits(q="лікар"), DOCTOR, "gender") is None
    assert let_go(edits(), DOCTOR, "open_only") is None


def test_a_text_of_nothing_but_the_wish_is_left_out() -> None:
    assert let_go(edits(q="місця"), DOCTOR, "open_only") == ({"q": None}, PLACES)


def test_no_scrap_of_a_wish_is_left_behind() -> None:
    assert let_go(edits(q="лікар є місця"), DOCTOR, "open_only") == ({"q": "лікар"}, "є місця")


def test_no_other_wish_goes_along() -> None:
    both = edits(q="жінка-місця")

    def reads_both(search: SearchRequest) -> ReadRequest:
        return read(search.model_copy(update={"q": (search.q or "").replace("-", " ")}))

    assert let_go(Edits(both.request, reads_both), DOCTOR, "gender") is None


def test_a_search_that_is_none_any_more_is_no_way_out() -> None:
    without_place = Edits(ExplainRequest(settlement=ZHYTOMYR_CODE), read)
    assert let_go(without_place, DOCTOR, "place_open") is None
    assert let_go(edits(settlement=ZHYTOMYR_CODE), DOCTOR, "place_open") == ({"settlement": None}, "")


def test_of_a_name_only_what_the_doctor_does_not_meet_goes() -> None:
    found = let_go(edits(q="Бондар Марія терапевт"), DOCTOR, "name")
    assert found == ({"q": "Бондар терапевт"}, "Марія")


def test_edits_made_before_are_kept() -> None:
    made = {"q": "лікар місця"}
    assert let_go(edits(q="лікар жінка місця"), DOCTOR, "open_only", made) == ({"q": "лікар"}, PLACES)


def test_a_reading_is_made_once_a_search() -> None:
    calls: list[str] = []

    def counted(search: SearchRequest) -> ReadRequest:
        calls.append(search.model_dump_json())
        return read(search)

    of = Edits(edits(q="лікар жінка поруч").request, counted)
    for _ in range(3):
        let_go(of, DOCTOR, "gender")
    assert len(calls) == len(set(calls))


def test_the_radius_that_reaches_the_doctor_is_rounded_up_so_that_it_does() -> None:
    assert kinds(edits(radius_km=5.0), at=north_of(HOME, 7.23))["wider"] == {"radius_km": 7.3}
    assert "wider" not in kinds(edits(radius_km=5.0), at=north_of(HOME, 4))
    assert "wider" not in kinds(edits(radius_km=5.0), at=north_of(HOME, 240))


def test_another_place_is_offered_only_where_one_was_asked_for_or_the_doctor_is_out_of_reach() -> None:
    there: dict[str, Any] = {"settlement": BERDYCHIV_CODE, "at": (49.8978, 28.6025)}
    assert kinds(edits(settlement=ZHYTOMYR_CODE), **there)["place"] == {"settlement": BERDYCHIV_CODE}
    assert kinds(edits(), **there)["place"] == {"settlement": BERDYCHIV_CODE}
    assert "place" not in kinds(edits(settlement=ZHYTOMYR_CODE))
    assert "place" not in kinds(edits())


def test_nearer_needs_to_know_where_patient_and_doctor_are() -> None:
    assert "nearer" in kinds(edits())
    assert "nearer" not in kinds(edits(), at=None)
    assert "nearer" not in kinds(Edits(ExplainRequest(settlement=ZHYTOMYR_CODE), read))


def test_the_doctors_data_change_only_where_they_could_be_better() -> None:
    assert not {"with_places", "with_contract"} & set(kinds(edits()))
    assert {"with_places", "with_contract"} <= set(kinds(edits(), capacity="full", contract=False))


def test_the_speciality_of_the_doctor_takes_the_place_of_the_one_asked_for() -> None:
    found = kinds(edits(speciality=["PEDIATRICIAN"], kind="primary_care"), speciality="THERAPIST")
    assert found["speciality"] == {"speciality": ["THERAPIST"], "kind": None}
    assert found["speciality_open"] == {"speciality": None}


def test_the_last_resort_keeps_what_the_patient_is() -> None:
    asked: Callable[..., Edits] = edits
    found = kinds(asked(age=40, gender="MALE", radius_km=3.0, q="терапевт"))["by_name"]
    assert found == {"gender": None, "radius_km": None, "q": "Петренко Олена Іванівна"}
