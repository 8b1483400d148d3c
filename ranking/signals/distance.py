"""Distance from the patient: pivot / (pivot + distance), 1 at the door, ½ at the pivot. Nothing without an origin."""

from directory.places import Precision
from ranking.documents import LOCATION, Document, distance_from, field_of, point_clause
from ranking.intent import OriginSource
from ranking.reasons import catalogue, decimal, say
from ranking.signals.signal import Clause, Intent, Reason, Signal

# Below this the points themselves are not worth the digits.
_CLOSE_KM = 0.05
# The error of these points is of kilometres (search notes §5): their distance is said with «about».
_VAGUE = {Precision.HROMADA.value, Precision.RAION.value, Precision.OBLAST.value}


def _value(document: Document, intent: Intent) -> float:
    where = intent.where
    km = distance_from(document, where.origin) if where.origin and where.scores_distance else None
    return 0.0 if km is None else where.pivot_km / (where.pivot_km + km)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    where = intent.where
    if where.origin is None or not where.scores_distance:
        return []
    feature = {"field": LOCATION, "origin": point_clause(where.origin), "pivot": f"{where.pivot_km}km"}
    return [{"distance_feature": {**feature, "boost": weight, "_name": DISTANCE.name}}]


def _reason(document: Document, intent: Intent) -> Reason | None:
    where = intent.where
    km = distance_from(document, where.origin) if where.origin else None
    if km is None:
        return None
    far = _far(km)
    if field_of(document, "place.precision") in _VAGUE:
        far = say("distance_about", far=far)
    if where.origin_source is OriginSource.SETTLEMENT:
        centre = f"centre_{where.origin_category}"
        return say("distance_settlement", far=far, centre=say(centre if centre in catalogue() else "centre_unknown"))
    return say("distance_patient", far=far)


def _far(km: float) -> Reason:
    if km < _CLOSE_KM:
        return say("far_close")
    metres = round(km * 100) * 10
    if metres < 1_000:
        return say("far_m", m=metres)
    tenths = decimal(km, 1)
    return say("far_km", km=tenths if float(tenths.en) < 10 else decimal(km, 0))


DISTANCE = Signal("distance", _value, _clauses, _reason)
