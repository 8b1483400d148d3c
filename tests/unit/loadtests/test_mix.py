"""The shares of what is asked."""

from collections import Counter
from random import Random

import pytest

from loadtests.calls import Call, NextPage, OpenHit, Wanted
from loadtests.mix import SHARES, CabinetMix
from loadtests.points import Points, Zipf
from tests.unit.loadtests.lexicons import a_lexicon

_DRAWN = 20_000


@pytest.fixture(scope="module")
def mix() -> CabinetMix:
    return CabinetMix(a_lexicon())


@pytest.fixture(scope="module")
def drawn(mix: CabinetMix) -> list[Wanted]:
    rng = Random(1)
    return [mix.draw(rng, at_s=100.0) for _ in range(_DRAWN)]


def _calls(drawn: list[Wanted], kind: str) -> list[Call]:
    return [call for call in drawn if isinstance(call, Call) and call.kind == kind]


def test_kinds_come_in_their_shares(drawn: list[Wanted]) -> None:
    counts, whole = Counter(wanted.kind for wanted in drawn), sum(SHARES.values())
    assert set(counts) == set(SHARES)
    for kind, share in SHARES.items():
        assert counts[kind] / _DRAWN == pytest.approx(share / whole, abs=0.01)


def test_searching_alone_is_70_structured_20_by_name_7_pages_3_cards(drawn: list[Wanted]) -> None:
    counts = Counter(wanted.kind for wanted in drawn)
    searching = sum(counts[kind] for kind in ("search", "name_search", "next_page", "card"))
    for kind, share in (("search", 0.70), ("name_search", 0.20), ("next_page", 0.07), ("card", 0.03)):
        assert counts[kind] / searching == pytest.approx(share, abs=0.012)


def test_at_least_30_percent_of_the_searches_come_from_cold_points(mix: CabinetMix, drawn: list[Wanted]) -> None:
    assert drawn
    assert 0.30 <= mix.cold_share <= 0.70
    seen: set[tuple[float, float]] = set()
    fresh = searches = 0
    for call in (*_calls(drawn, "search"), *_calls(drawn, "name_search")):
        searches += 1
        near = call.body.get("near") if call.body else None
        if near and (point := (near["lat"], near["lon"])) not in seen:
            seen.add(point)
            fresh += 1
    assert fresh / searches >= 0.30


def test_points_repeat_too(drawn: list[Wanted]) -> None:
    points = [str(call.body["near"]) for call in _calls(drawn, "search") if call.body and "near" in call.body]
    assert len(set(points)) < 0.8 * len(points)


def test_large_cities_are_asked_about_by_a_power_law(drawn: list[Wanted]) -> None:
    named = Counter(
        call.body["settlement"] for call in _calls(drawn, "search") if call.body and "settlement" in call.body
    )
    assert named["Місто 0"] / named["Місто 1"] == pytest.approx(2**1.1, rel=0.15)
    assert named["Місто 0"] / named["Місто 9"] == pytest.approx(10**1.1, rel=0.3)


def test_every_search_says_where(drawn: list[Wanted]) -> None:
    for call in (*_calls(drawn, "search"), *_calls(drawn, "name_search"), *_calls(drawn, "facilities")):
        assert call.body is not None
        assert {"near", "settlement"} & set(call.body) or " Місто " in str(call.body["q"])


def test_only_what_was_asked_from_a_point_is_sorted_or_bounded_by_distance(drawn: list[Wanted]) -> None:
    for call in _calls(drawn, "search"):
        if call.body and {"radius_km", "sort"} & set(call.body):
            assert "near" in call.body


def test_age_and_birth_date_are_never_both_given(drawn: list[Wanted]) -> None:
    patients = [set(call.body or ()) & {"age", "birth_date"} for call in _calls(drawn, "search")]
    assert {"age"} in patients
    assert {"birth_date"} in patients
    assert all(len(patient) < 2 for patient in patients)


def test_maps_stay_on_earth_and_around_the_country(drawn: list[Wanted]) -> None:
    maps = _calls(drawn, "map")
    assert maps
    for call in maps:
        west, south, east, north = map(float, call.path.split("bbox=")[1].split("&")[0].split("%2C"))
        assert 0 < west < east < 60
        assert 30 < south < north < 65


def test_nothing_is_followed_before_anything_can_be_answered() -> None:
    mix, rng = CabinetMix(a_lexicon()), Random(1)
    assert all(isinstance(mix.draw(rng, at_s=1.0), Call) for _ in range(2_000))
    assert any(isinstance(mix.draw(rng, at_s=4.0), NextPage | OpenHit) for _ in range(2_000))


def test_points_of_a_place_of_one_clinic_stay_cold_when_its_middle_is_used_up() -> None:
    place, points, rng = a_lexicon().places[100], Points(), Random(1)
    drawn = [points.draw(place, rng) for _ in range(5_000)]
    assert sum(point.cold for point in drawn) / len(drawn) > 0.5


def test_zipf_draws_every_rank_and_the_first_most() -> None:
    ranks, rng = Zipf(5, s=1.0), Random(1)
    counts = Counter(ranks.draw(rng) for _ in range(20_000))
    assert set(counts) == set(range(5))
    assert counts[0] / counts[4] == pytest.approx(5, rel=0.15)
