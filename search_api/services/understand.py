"""What a text says, read against the index in service; nothing is searched."""

from typing import Any

from ranking import Point, merge, understand
from search_api.call import Call
from search_api.kyiv import kyiv_time
from search_api.requests import UnderstandRequest
from search_api.services.understood import describe_how, describe_readings, describe_understood
from search_api.services.wanted import UnderstoodText, chosen_place


async def understand_text(call: Call, request: UnderstandRequest) -> dict[str, Any]:
    """See `UnderstandResponse`; raises RequestFaulty for an unknown settlement, and EngineFault."""
    call.state["kind"] = "understand"
    index = await call.api.serving.index("doctors")
    knowledge = index.knowledge
    assert knowledge is not None, "a doctors' index is always loaded with its knowledge"
    gazetteer, language = call.api.gazetteer, call.language
    near = Point(request.near.lat, request.near.lon) if request.near else None
    chosen = chosen_place(request.settlement, near, gazetteer, language)
    understanding = understand(request.q, knowledge.lexicons, near=near, now=kyiv_time(call.now))
    wanted = merge(
        understanding.best,
        specialities=tuple(dict.fromkeys(code.upper() for code in request.speciality)),
        place=chosen.place if chosen else None,
    )
    read = UnderstoodText(understanding, wanted, chosen.alternatives if chosen else ())
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "understood": describe_understood(read, gazetteer, language),
        "reading": describe_how(read, gazetteer, language),
        "readings": describe_readings(understanding, gazetteer, language),
    }
