"""One doctor, one facility, by id: also those no longer in force, saying so (domain rules §7)."""

from typing import Any

from search_api import rendering
from search_api.call import Call
from search_api.errors import NotFound


async def show_doctor(call: Call, employee_id: str) -> dict[str, Any]:
    """The card of one employment, see `DoctorCard`; raises NotFound."""
    document = await call.document("doctor", call.api.config.alias("doctors"), employee_id)
    if document is None:
        raise NotFound
    view = call.view(None)
    employee = document["employee"]
    return {
        "employee_id": employee["id"],
        "division_id": (document.get("division") or {}).get("id"),
        "kind": document["kind"],
        "active": document["active"],
        "declarable": document["declarable"],
        "inactive_reasons": rendering.inactive_reasons(document, call.language),
        "position": employee.get("position"),
        "status": employee["status"],
        "start_date": employee.get("start_date"),
        "end_date": employee.get("end_date"),
        "verification_status": document["party"].get("verification_status"),
        "doctor": rendering.person(document, call.language),
        "ages": rendering.ages(document),
        "division": rendering.division(document, call.language),
        "legal_entity": rendering.legal_entity(document),
        "capacity": rendering.capacity(document, view),
        "contract": rendering.contract(document),
        "hours_today": rendering.today(document, view),
        "week": rendering.week((document.get("hours") or {}).get("week")),
        "roles": [
            {
                "speciality": rendering.speciality(role.get("speciality"), call.language),
                "condition": role.get("condition"),
                "division_id": role.get("division_id"),
                "division_name": role.get("division_name"),
                "week": rendering.week(role.get("week")),
            }
            for role in document.get("roles", ())
        ],
        "other_places": rendering.other_places(document, view, only_active=False),
        "quality_flags": list(document.get("quality_flags", ())),
        "sources": dict(document.get("sources", {})),
    }


async def show_facility(call: Call, division_id: str) -> dict[str, Any]:
    """The card of one division, see `FacilityCard`; raises NotFound."""
    document = await call.document("facility", call.api.config.alias("facilities"), division_id)
    if document is None:
        raise NotFound
    return {
        **facility_hit(document, call.view(None)),
        "week": rendering.week((document.get("hours") or {}).get("week")),
        "quality_flags": list(document.get("quality_flags", ())),
        "sources": dict(document.get("sources", {})),
    }


def facility_hit(document: rendering.Document, view: rendering.View) -> dict[str, Any]:
    """A facility as lists show it, see `FacilityHit`."""
    return {
        "division_id": document["division"]["id"],
        "active": document["active"],
        "inactive_reasons": rendering.inactive_reasons(document, view.language),
        "division": rendering.division(document, view.language),
        "legal_entity": rendering.legal_entity(document),
        "distance": rendering.distance(document, view),
        "contract": rendering.contract(document),
        "hours_today": rendering.today(document, view),
        "doctors": rendering.facility_doctors(document, view),
    }
