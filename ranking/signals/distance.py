"""Distance from the patient: pivot / (pivot + distance), 1 at the door, ½ at the pivot. Nothing without an origin."""

from ranking.documents import LOCATION, Document, distance_from, point_clause
from ranking.signals.signal import Clause, Intent, Reason, Signal


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
    origin = intent.where.origin
    km = distance_from(document, origin) if origin else None
    if km is None:
        return None
    return Reason(f"{_shown(km).replace('.', ',')} км", f"{_shown(km)} km")


def _shown(km: float) -> str:
    return f"{km:.1f}" if km < 10 else f"{km:.0f}"


DISTANCE = Signal("distance", _value, _clauses, _reason)
