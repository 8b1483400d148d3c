"""Reading searches against one index: what a search means there, with the doctor it is likened to looked up."""

from collections.abc import Callable

from ranking import FacilityOf
from search_api.call import Call
from search_api.errors import Fault, RequestFaulty
from search_api.kyiv import kyiv_time
from search_api.requests import SearchRequest
from search_api.services.paging import Began
from search_api.services.wanted import ReadRequest, read_search

Reader = Callable[[SearchRequest], ReadRequest]


async def reader_of(call: Call, began: Began, like_doctor: str | None) -> Reader:
    """A reader of searches on the index and day of `began`; it raises what `read_search` does.

    One look-up when `like_doctor` is given, which raises RequestFaulty for a doctor nobody knows; none otherwise.
    """
    knowledge = began.index.knowledge
    assert knowledge is not None, "a doctors' index is always loaded with its knowledge"
    facility_of = None if like_doctor is None else await _facility_of(call, began, like_doctor)

    def read(search: SearchRequest) -> ReadRequest:
        return read_search(
            search,
            day=began.day,
            gazetteer=call.api.gazetteer,
            knowledge=knowledge,
            language=call.language,
            now=kyiv_time(call.now),
            as_of=began.index.counted_at or began.index.data_date,
            facility_of=None if search.like_doctor is None else facility_of,
        )

    return read


async def _facility_of(call: Call, began: Began, employee_id: str) -> FacilityOf:
    """Where a given doctor works, also one no longer in force."""
    document = await call.document("doctor", began.index.name, employee_id)
    if document is None:
        raise RequestFaulty((Fault("like_doctor", "doctor_unknown"),))
    return FacilityOf((document.get("division") or {}).get("id"), (document.get("legal_entity") or {}).get("id"))
