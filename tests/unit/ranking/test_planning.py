"""The ground of a search: which of point, settlement, radius and name decides."""

import pytest

from ranking import Area, AreaLevel, Density, OriginNeeded, OriginSource, PlaceNeeded, Point, RadiusSource, plan_where
from tests.support.ranking import HOME

NOWHERE = Density([])
CITY = Area(AreaLevel.SETTLEMENT, "UA18M1", "Житомир", HOME)
BIG = Density([], {("UA18M1", "THERAPIST"): 200})


def test_nothing_said_asks_for_the_place() -> None:
    with pytest.raises(PlaceNeeded):
        plan_where(density=NOWHERE)


def test_point_alone_gets_a_planned_radius() -> None:
    where = plan_where(density=NOWHERE, near=HOME)
    assert (where.source, where.center, where.origin_source) == (RadiusSource.PLANNED, HOME, OriginSource.PATIENT)
    assert where.radius_km == 200
    assert where.scores_distance


def test_asked_radius_is_kept_as_it_is() -> None:
    where = plan_where(density=NOWHERE, near=HOME, radius_km=1.5)
    assert (where.source, where.radius_km) == (RadiusSource.ASKED, 1.5)


def test_radius_around_a_settlement_replaces_its_borders() -> None:
    where = plan_where(density=BIG, area=CITY, radius_km=5.0)
    assert (where.center, where.area) == (HOME, None)
    assert where.scores_distance


def test_radius_around_the_patient_within_a_settlement() -> None:
    point = Point(50.2, 28.6)
    where = plan_where(density=BIG, near=point, area=CITY, radius_km=5.0)
    assert (where.center, where.area, where.widened) == (point, CITY, False)


def test_radius_around_nowhere_is_refused() -> None:
    with pytest.raises(OriginNeeded, match="radius_km"):
        plan_where(density=NOWHERE, radius_km=5.0)


def test_settlement_with_doctors_enough_is_searched_alone() -> None:
    where = plan_where(density=BIG, area=CITY, specialities=["THERAPIST"])
    assert (where.source, where.area, where.radius_km) == (RadiusSource.SETTLEMENT, CITY, None)
    assert not where.scores_distance
    assert where.origin_source is OriginSource.SETTLEMENT


def test_patients_point_ranks_by_distance_within_a_settlement() -> None:
    assert plan_where(density=BIG, near=HOME, area=CITY, specialities=["THERAPIST"]).scores_distance


def test_settlement_with_too_few_takes_its_surroundings_in() -> None:
    where = plan_where(density=BIG, area=CITY, specialities=["SURGEON"])
    assert (where.source, where.area, where.widened) == (RadiusSource.PLANNED, CITY, True)
    assert where.center == HOME
    assert where.scores_distance


def test_region_is_searched_whole() -> None:
    oblast = Area(AreaLevel.OBLAST, "UA18", "Житомирська", HOME)
    assert plan_where(density=NOWHERE, area=oblast).source is RadiusSource.SETTLEMENT


def test_place_without_a_point_is_searched_by_its_code() -> None:
    hamlet = Area(AreaLevel.SETTLEMENT, "UA1", "Хутір", None)
    where = plan_where(density=NOWHERE, area=hamlet)
    assert (where.source, where.origin) == (RadiusSource.SETTLEMENT, None)


def test_name_alone_is_sought_in_the_whole_country() -> None:
    where = plan_where(density=NOWHERE, by_name=True)
    assert (where.source, where.origin) == (RadiusSource.COUNTRY, None)


def test_name_with_a_point_is_sought_everywhere_nearer_first() -> None:
    where = plan_where(density=NOWHERE, near=HOME, by_name=True)
    assert where.source is RadiusSource.COUNTRY
    assert where.scores_distance


def test_facility_by_id_needs_no_place() -> None:
    assert plan_where(density=NOWHERE, by_facility=True).source is RadiusSource.FACILITY
