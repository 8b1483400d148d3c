"""From what was said about place to the ground of the search: every search has an area, and says why this one."""

from collections.abc import Iterable

from ranking.density import PIVOT_CITY_KM, Density, density_pivot_km, plan_radius_km
from ranking.intent import Area, AreaLevel, OriginNeeded, OriginSource, PlaceNeeded, Point, RadiusSource, Where

# A settlement with a page of suitable doctors of its own needs no surroundings.
ENOUGH_IN_SETTLEMENT = 20
QUARTER_KM = 3.0


def plan_where(
    *,
    density: Density,
    near: Point | None = None,
    area: Area | None = None,
    radius_km: float | None = None,
    specialities: Iterable[str] | None = None,
    by_name: bool = False,
    by_facility: bool = False,
) -> Where:
    """The ground of a search from what was said: a point, an area, a radius, a name.

    `near` is the patient's point, `area` the asked-for place. An asked radius is never widened; around the settlement
    when there is no `near`. A settlement with fewer than a page of doctors of `specialities` (None = all) takes its
    surroundings in. `by_facility` (a facility or legal entity by id) and `by_name` (words of a person's or facility's
    name) search the whole country when no area was said. Raises PlaceNeeded when nothing says where to look, and
    OriginNeeded for a radius around nowhere.
    """
    wanted = None if specialities is None else tuple(specialities)
    origin = near or (area.point if area else None)
    origin_source = None if origin is None else OriginSource.PATIENT if near else OriginSource.SETTLEMENT
    origin_category = area.category if area and not near else ""
    pivot_km = density_pivot_km(origin, density) if origin else PIVOT_CITY_KM

    def where(
        source: RadiusSource,
        *,
        center: Point | None = None,
        radius_km: float | None = None,
        area: Area | None = None,
        widened: bool = False,
    ) -> Where:
        return Where(source, origin, origin_source, center, radius_km, area, widened, pivot_km, origin_category)

    if radius_km is not None:
        if origin is None:
            raise OriginNeeded("radius_km needs a point to measure from: give near or settlement")
        kept = area if near or (area and area.level is not AreaLevel.SETTLEMENT) else None
        return where(RadiusSource.ASKED, center=origin, radius_km=radius_km, area=kept)
    if area is not None and area.level is AreaLevel.QUARTER and area.point is not None:
        # Nobody keeps a register of quarters: the ground is a circle around the middle of this one.
        planned_km = max(plan_radius_km(area.point, wanted, density), QUARTER_KM)
        return where(RadiusSource.PLANNED, center=area.point, radius_km=planned_km, area=area)
    if area is not None:
        center = area.point
        small = area.level is AreaLevel.SETTLEMENT and density.doctors_in(area.code, wanted) < ENOUGH_IN_SETTLEMENT
        if not small or center is None:
            return where(RadiusSource.SETTLEMENT, area=area)
        planned_km = plan_radius_km(center, wanted, density)
        return where(RadiusSource.PLANNED, center=center, radius_km=planned_km, area=area, widened=True)
    if by_facility:
        return where(RadiusSource.FACILITY)
    if by_name:
        return where(RadiusSource.COUNTRY)
    if near is not None:
        return where(RadiusSource.PLANNED, center=near, radius_km=plan_radius_km(near, wanted, density))
    raise PlaceNeeded("nothing says where to look: give near, settlement, a facility, or a name or place in q")
