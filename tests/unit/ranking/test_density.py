"""How wide a circle must be to hold about three pages of doctors."""

import math

import pytest

from ranking import Density, Point, TileCount, density_pivot_km, plan_radius_km
from ranking.density import DENSITY_ZOOM, ENOUGH_DOCTORS, RADII_KM
from tests.support.ranking import HOME, north_of


def tile_at(lat: float, lon: float, speciality: str = "THERAPIST", doctors: int = 1) -> TileCount:
    across = 1 << DENSITY_ZOOM
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across
    return TileCount(DENSITY_ZOOM, int((lon + 180) / 360 * across), int(y), speciality, doctors)


def many_at(km: float, doctors: int = ENOUGH_DOCTORS, speciality: str = "THERAPIST") -> TileCount:
    return tile_at(*north_of(HOME, km), speciality, doctors)


@pytest.mark.parametrize(("km", "radius_km"), [(0, 3), (4, 5), (8, 10), (20, 25), (40, 50), (80, 100), (160, 200)])
def test_smallest_radius_that_holds_three_pages(km: float, radius_km: float) -> None:
    assert plan_radius_km(HOME, ["THERAPIST"], Density([many_at(km)])) == radius_km


def test_widest_radius_where_doctors_are_few_or_none() -> None:
    assert plan_radius_km(HOME, ["THERAPIST"], Density([many_at(0, ENOUGH_DOCTORS - 1)])) == RADII_KM[-1]
    assert plan_radius_km(HOME, None, Density([])) == RADII_KM[-1]


def test_only_suitable_specialities_count() -> None:
    density = Density([many_at(0, speciality="SURGEON"), many_at(40)])
    assert plan_radius_km(HOME, ["THERAPIST"], density) == 50
    assert plan_radius_km(HOME, ["THERAPIST", "SURGEON"], density) == 3
    assert plan_radius_km(HOME, None, density) == 3


@pytest.mark.parametrize("radius_km", RADII_KM)
def test_count_in_a_circle_is_about_that_of_an_even_plain(radius_km: float) -> None:
    """One doctor a tile over a wide plain: the circle's count is its area over the area of a tile, within a quarter."""
    middle = tile_at(HOME.lat, HOME.lon)
    reach = int(2 * radius_km / 1.5) + 3
    density = Density(
        TileCount(DENSITY_ZOOM, middle.x + dx, middle.y + dy, "THERAPIST", 1)
        for dx in range(-reach, reach + 1)
        for dy in range(-reach, reach + 1)
    )
    tile_km = 40_075 * math.cos(math.radians(HOME.lat)) / (1 << DENSITY_ZOOM)
    expected = math.pi * radius_km**2 / tile_km**2
    assert density.doctors_within(HOME, radius_km, None) == pytest.approx(expected, rel=0.25)


def test_pivot_is_short_in_a_city_and_long_in_the_country() -> None:
    assert density_pivot_km(HOME, Density([many_at(2)])) == 3.0
    assert density_pivot_km(HOME, Density([many_at(40)])) == 10.0


def test_settlements_are_counted_by_code_and_speciality() -> None:
    density = Density([], {("UA18M1", "THERAPIST"): 7, ("UA18M1", "SURGEON"): 2})
    assert density.doctors_in("UA18M1", ["THERAPIST"]) == 7
    assert density.doctors_in("UA18M1", None) == 9
    assert density.doctors_in("UA00", None) == 0


def test_tile_of_the_engine_is_read_and_nonsense_refused() -> None:
    assert TileCount.parse("14/9498/5535", "THERAPIST", 3) == TileCount(14, 9498, 5535, "THERAPIST", 3)
    with pytest.raises(ValueError):
        TileCount.parse("14/9498", "THERAPIST", 3)


def test_too_coarse_tiles_are_refused() -> None:
    with pytest.raises(ValueError, match="zoom"):
        Density([TileCount(10, 1, 1, "THERAPIST", 1)])


@pytest.mark.parametrize("point", [Point(0.0, 0.0), Point(89.9, 179.9), Point(-89.9, -179.9), Point(90.0, 0.0)])
def test_any_point_on_earth_gets_a_radius(point: Point) -> None:
    assert plan_radius_km(point, None, Density([many_at(0)])) == RADII_KM[-1]
