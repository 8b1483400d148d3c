from typing import Any

from loadtests.gather import make_lexicon


def division(number: int, region: str | None, settlement: str = "ЖИТОМИР") -> dict[str, Any]:
    address = {"area": "ЖИТОМИРСЬКА", "settlement": settlement, "settlement_type": "CITY", "settlement_id": "s-1"}
    return {
        "id": f"d-{number}",
        "status": "ACTIVE",
        "name": "Амбулаторія",
        "location": {"latitude": 50.25, "longitude": 28.66},
        "addresses": [address | ({"region": region} if region else {})],
    }


def test_a_city_whose_rows_name_different_raions_is_one_city_that_can_be_asked_for() -> None:
    rows = [division(1, "ЖИТОМИРСЬКИЙ"), division(2, None), division(3, "СТАРИЙ"), division(4, None, "М. ЖИТОМИР")]
    employees = [
        {
            "status": "APPROVED",
            "is_active": True,
            "party_id": "p",
            "division_id": "d-1",
            "speciality": {"speciality": "THERAPIST"},
        }
    ]
    parties = [{"id": "p", "last_name": "Коваленко", "first_name": "Олена"}]
    lexicon = make_lexicon(rows, employees, parties, seed=1)
    assert [(place.name, place.divisions) for place in lexicon.places] == [("Житомир", 4)]
    assert [place.name for place in lexicon.typed_places()] == ["Житомир"]
