"""Smoke queries: what a freshly filled index must find before it may serve."""

from dataclasses import dataclass
from typing import Any

from directory.documents import DoctorDocument, FacilityDocument, PlacePart
from directory.schema import Alias
from indexer.lifecycle import SmokeQuery


@dataclass
class SmokeSamples:
    """Remembers one telling document of each index while they are written, to ask for it afterwards."""

    doctor: DoctorDocument | None = None
    facility: FacilityDocument | None = None

    def see_doctor(self, document: DoctorDocument) -> None:
        if self.doctor is None and document.active and document.name.surname_key and _has_point(document.place):
            self.doctor = document

    def see_facility(self, document: FacilityDocument) -> None:
        if self.facility is None and document.active and document.facility.keys and _has_point(document.place):
            self.facility = document

    def queries(self, alias: Alias) -> list[SmokeQuery]:
        """Queries over the fields every search leans on: names, point, opening, words; empty when nothing in force with
        a point was written, as in a registry of closed places."""
        if alias == "doctors":
            return _doctor_queries(self.doctor) if self.doctor else []
        return _facility_queries(self.facility) if self.facility else []


def _doctor_queries(document: DoctorDocument) -> list[SmokeQuery]:
    own = {"term": {"employee.id": document.id}}
    clauses: dict[str, dict[str, Any]] = {
        "a doctor by surname": {"term": {"name.surname": document.name.surname[0]}},
        "a doctor by the sound of the surname": {"term": {"name.surname_key": document.name.surname_key[0]}},
        "a doctor by the beginning of the name": _typed(document.name.typing[0], "name.typing"),
        "a doctor by place": _near(document.place),
    }
    if document.hours and document.hours.open:
        clauses["a doctor by opening hours"] = {"term": {"hours.open": document.hours.open[0].gte}}
    return [
        SmokeQuery(about, {"bool": {"filter": [own, {"term": {"active": True}}, clause]}}, expected_id=document.id)
        for about, clause in clauses.items()
    ]


def _facility_queries(document: FacilityDocument) -> list[SmokeQuery]:
    own = {"term": {"division.id": document.id}}
    clauses: dict[str, dict[str, Any]] = {
        "a facility by the sound of its name": {"term": {"facility.keys": document.facility.keys[0]}},
        "a facility by the beginning of its name": _typed(document.facility.typing[0], "facility.typing"),
        "a facility by place": _near(document.place),
    }
    return [
        SmokeQuery(about, {"bool": {"filter": [own, {"term": {"active": True}}, clause]}}, expected_id=document.id)
        for about, clause in clauses.items()
    ]


def _typed(text: str, field: str) -> dict[str, Any]:
    fields = [field, f"{field}._2gram", f"{field}._3gram"]
    return {"multi_match": {"query": text[: max(1, len(text) - 1)], "type": "bool_prefix", "fields": fields}}


def _near(place: PlacePart | None) -> dict[str, Any]:
    point = place.location if place else None
    if point is None:
        return {"match_none": {}}
    return {"geo_distance": {"distance": "1km", "place.location": {"lat": point.lat, "lon": point.lon}}}


def _has_point(place: PlacePart | None) -> bool:
    return place is not None and place.location is not None
