"""Small doctors and queries for tests of the evaluation."""

from typing import Any

from ranking.evaluation.doctors import Doctors
from ranking.evaluation.hand_written import WrittenQuery
from ranking.evaluation.judging import Reply
from ranking.evaluation.results import Results, judge_all
from ranking.evaluation.truth import KnownItem, TrueIntent

CITY, VILLAGE, ELSEWHERE = "UA-city", "UA-village", "UA-elsewhere"
CENTRE = (50.0, 30.0)


def stored(
    key: str,
    *,
    last: str = "Коваленко",
    first: str = "Олена",
    second: str = "Іванівна",
    speciality: str = "FAMILY_DOCTOR",
    settlement: str = CITY,
    raion: str = "raion-1",
    hromada: str = "hromada-1",
    km_north: float = 0.0,
    capacity: str | None = "free",
    party: str | None = None,
    facility: str = "Амбулаторія №1",
    active: bool = True,
    primary_care: bool = True,
    district: str | None = None,
    ages: tuple[int, int] = (0, 200),
) -> dict[str, Any]:
    """A stored document of a doctor `km_north` of the centre."""
    return {
        "active": active,
        "declarable": active and primary_care,
        "kind": "primary_care" if primary_care else "specialist",
        "employee": {"id": key},
        "party": {"id": party or f"party of {key}", "gender": "FEMALE"},
        "name": {"last": last, "first": first, "second": second},
        "speciality": {"officio": speciality},
        "ages": {"min": ages[0], "max": ages[1]} if primary_care else None,
        "place": {
            "settlement": settlement,
            "raion": raion,
            "hromada": hromada,
            "district": district,
            "location": {"lat": CENTRE[0] + km_north / 111.195, "lon": CENTRE[1]},
        },
        "capacity": {"state": capacity} if capacity else None,
        "division": {"name": facility},
        "legal_entity": {"public_name": "Центр первинної допомоги №9"},
    }


def doctors(*documents: dict[str, Any]) -> Doctors:
    return Doctors(documents)


def item(text: str, truth: TrueIntent, *, name: str = "clean", half: str = "test", number: int = 0) -> KnownItem:
    return KnownItem(name, half, text, text, truth, (), number)


def written(text: str, *, name: str = "clean", half: str = "test", **expect: Any) -> WrittenQuery:
    return WrittenQuery(name, text, "a test", half, expect=expect)


def reply(*hits: str, status: int = 200, **understood: Any) -> Reply:
    return Reply(status, understood, hits)


def results_of(known: list[tuple[KnownItem, Reply]], hand: list[tuple[WrittenQuery, Reply]], found: Doctors) -> Results:
    return judge_all(
        [each for each, _ in known],
        [each for _, each in known],
        [each for each, _ in hand],
        [each for _, each in hand],
        found,
    )
