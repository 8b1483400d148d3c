"""Where one doctor stands in a search and why; if nowhere, what keeps them out, and what would bring them up."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ranking.documents import field_of
from ranking.query import tie_field
from ranking.query.facets import EXACT_UP_TO
from ranking.whynot import FIRST, Miss, find_misses
from search_api import rendering
from search_api.call import Call
from search_api.errors import NotFound
from search_api.requests import ExplainRequest
from search_api.services.changes import Trials, Tried
from search_api.services.edits import Edits, find_singles
from search_api.services.first_people import FirstPeople, Trips, body_of, find_first, together
from search_api.services.ground import describe_area, describe_relaxed
from search_api.services.paging import Began, ask, begin
from search_api.services.reading import reader_of
from search_api.services.reasons import take_score_apart
from search_api.services.search import show_hit
from search_api.services.understood import describe_how, describe_readings, describe_understood
from search_api.services.wanted import ReadRequest
from search_api.services.whynot_texts import change_texts, describe_miss, describe_other_place

MOST_TRIPS = 12
SHOWN = 5
_MOST_POSTS = 50
# Facts about the patient or the register: no other search and no free place would help.
_UNCHANGEABLE = ("age", "inactive")

Hit = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Standing:
    """`hit` is the doctor's own (None when they are no hit), `place` their place among people («more than» when
    `deeper`), `equals` how many others share their score, `instead` the post that stands for them."""

    hit: Hit | None = None
    place: int | None = None
    deeper: bool = False
    equals: int | None = None
    instead: str | None = None
    posts: tuple[Hit, ...] = ()


async def explain_doctor(call: Call, request: ExplainRequest, employee_id: str) -> dict[str, Any]:
    """See `DoctorExplained`; raises NotFound, and what a search raises. At most twelve trips to the engine."""
    call.state["kind"] = "explain"
    search = request.as_search()
    began = await begin(call, "doctors", search)
    reader = await reader_of(call, began, request.like_doctor)
    read, edits = reader(search), Edits(request, reader)
    # Two trips are look-ups: the doctor, and the one to whom others are likened.
    trips = Trips(MOST_TRIPS - 2)
    document, asked = await together(
        call.document("doctor", began.index.name, employee_id), find_first(call, began, read, trips)
    )
    if document is None:
        raise NotFound
    where, gazetteer, language = asked.intent.where, call.api.gazetteer, call.language
    view = call.view((where.origin.lat, where.origin.lon) if where.origin else None)
    present = rendering.with_current_capacity(document, view)
    misses = find_misses(present, asked.intent)
    standing = await _stand(call, began, asked, document, trips)
    excluded: list[dict[str, Any]] = []
    if standing.instead is not None:
        excluded = [describe_other_place(standing.instead)]
    elif standing.hit is None:
        # The engine has the last word: where our rules see no reason, that is said rather than made up.
        unknown = [] if misses else [Miss("engine", "engine")]
        excluded = [describe_miss(miss, present, gazetteer, _age_group(read)) for miss in (*misses, *unknown)]
    changes = await _changes(call, began, edits, document, asked, standing, excluded, trips)
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "as_of": began.index.data_date,
        "understood": describe_understood(read, gazetteer, language),
        "reading": describe_how(read, gazetteer, language),
        "area": describe_area(where, gazetteer, language),
        "relaxed": describe_relaxed(asked.rung.loosened, language),
        "doctor": _doctor(document, view),
        "found": standing.hit is not None,
        "position": {"value": standing.place, "relation": "more_than" if standing.deeper else "exact"}
        if standing.place is not None
        else None,
        "equals": standing.equals,
        **_score(standing.hit, asked, present, call),
        "excluded_by": excluded,
        **changes,
    }


def _age_group(read: ReadRequest) -> str | None:
    """«child» or «adult» where the text says no more of the age than this; a parameter always says it in years."""
    wishes = read.understanding.best.wishes
    return wishes.age_group if wishes.age is None else None


async def _stand(call: Call, began: Began, asked: FirstPeople, document: rendering.Document, trips: Trips) -> _Standing:
    """Where the doctor stands: among the first people known already, else by their posts and the order of all."""
    employee_id, party_id = field_of(document, "employee.id"), field_of(document, "party.id")
    posts: tuple[Hit, ...] = tuple(hit for hit in asked.hits if field_of(hit["_source"], "party.id") == party_id)
    own = _post(posts, employee_id)
    if own is None:
        posts = await _posts(call, began, asked, party_id, trips)
        own = _post(posts, employee_id)
    if own is None:
        return _Standing(posts=posts)
    if own is not posts[0]:
        return _Standing(instead=field_of(posts[0]["_source"], "employee.id"), posts=posts)
    place = asked.place_of(employee_id)
    if place is not None and place <= FIRST:
        return _Standing(own, place)
    return await _among_all(call, began, asked, own, posts, trips)


def _post(posts: tuple[Hit, ...], employee_id: str) -> Hit | None:
    return next((hit for hit in posts if field_of(hit["_source"], "employee.id") == employee_id), None)


async def _posts(call: Call, began: Began, asked: FirstPeople, party_id: str, trips: Trips) -> tuple[Hit, ...]:
    """The hits of one person in the order of the answer, scores of their clauses included."""
    trips.take()
    body = body_of(call, began, asked.intent, _MOST_POSTS)
    body["query"]["bool"]["filter"].append({"term": {"party.id": party_id}})
    return tuple((await ask(call, "explain", began, body, scores=True))["hits"]["hits"])


async def _among_all(
    call: Call, began: Began, asked: FirstPeople, own: Hit, posts: tuple[Hit, ...], trips: Trips
) -> _Standing:
    """The place among people, and how many share the score (or the distance), both counted over 1,000 documents."""
    trips.take()
    body = body_of(call, began, asked.intent, EXACT_UP_TO)
    body |= {"_source": False, "docvalue_fields": ["party.number"], "track_total_hits": False}
    order = [
        (hit["fields"]["party.number"][0], hit["sort"][0])
        for hit in (await ask(call, "explain", began, body))["hits"]["hits"]
    ]
    me = field_of(own["_source"], "party.number")
    people = dict(reversed(order))
    before = list(dict.fromkeys(person for person, _ in order))
    equals = sum(people[person] == own["sort"][0] for person in people if person != me)
    if me not in people:
        return _Standing(own, len(people), deeper=True, equals=equals, posts=posts)
    return _Standing(own, before.index(me) + 1, equals=equals, posts=posts)


async def _changes(
    call: Call,
    began: Began,
    edits: Edits,
    document: rendering.Document,
    asked: FirstPeople,
    standing: _Standing,
    excluded: list[dict[str, Any]],
    trips: Trips,
) -> dict[str, Any]:
    """The part of the answer about changes; nothing to change for those who stand there, or whom no search may find."""
    fixed = [{key: miss[key] for key in ("fact", "code", "text")} for miss in excluded if miss["fact"] in _UNCHANGEABLE]
    first = standing.place is not None and standing.place <= FIRST
    tried = Tried()
    if not fixed and not first:
        trials = Trials(call, began, edits, document, asked, trips)
        trials.learn(standing.posts)
        singles = await asyncio.to_thread(find_singles, edits, document, call.api.gazetteer)
        tried = await trials.run(singles)
    return {
        "changes": [
            {
                "kinds": [change.kind.name for change in found.changes],
                "text": change_texts(found.changes),
                "query": found.query,
                "position": found.place,
                "verified_by": found.verified_by,
            }
            for found in tried.worked
        ],
        "cannot_change": fixed,
        "all_tried": tried.complete,
    }


def _doctor(document: rendering.Document, view: rendering.View) -> dict[str, Any]:
    name = document["name"]
    return {
        "employee_id": document["employee"]["id"],
        "division_id": field_of(document, "division.id"),
        "name": " ".join(filter(None, (name["last"], name["first"], name.get("second")))),
        "speciality": rendering.speciality(field_of(document, "speciality.officio"), view.language),
        "division_name": field_of(document, "division.name"),
        "settlement": field_of(document, "place.settlement_name"),
        "distance": rendering.distance(document, view),
    }


def _score(hit: Hit | None, asked: FirstPeople, present: rendering.Document, call: Call) -> dict[str, Any]:
    if hit is None:
        return {"score": None, "parts": [], "headline": None}
    return take_score_apart({**hit, "_source": present}, asked.intent, call.language)


async def explain_search(call: Call, request: ExplainRequest) -> dict[str, Any]:
    """See `SearchExplained`; raises what a search raises. As many trips to the engine as the search itself makes."""
    call.state["kind"] = "explain"
    search = request.as_search()
    began = await begin(call, "doctors", search)
    read = (await reader_of(call, began, request.like_doctor))(search)
    asked = await find_first(call, began, read, Trips(MOST_TRIPS))
    where, gazetteer, language = asked.intent.where, call.api.gazetteer, call.language
    view = call.view((where.origin.lat, where.origin.lon) if where.origin else None)
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "as_of": began.index.data_date,
        "understood": describe_understood(read, gazetteer, language),
        "reading": describe_how(read, gazetteer, language),
        "readings": describe_readings(read.understanding, gazetteer, language),
        "plan": {
            "area": describe_area(where, gazetteer, language),
            "source": where.source.value,
            "scores_distance": where.scores_distance,
            "pivot_km": where.pivot_km,
            "specialities": list(asked.intent.specialities),
            "kind": asked.intent.kind.value,
            "age": asked.intent.age,
            "tie": tie_field(began.day),
        },
        "relaxed": describe_relaxed(asked.rung.loosened, language),
        "index": began.index.name,
        "body": body_of(call, began, asked.intent, SHOWN),
        "hits": [show_hit(person.best, asked.intent, view) for person in asked.people[:SHOWN]],
    }
