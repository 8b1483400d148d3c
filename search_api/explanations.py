"""The public contract of explanations: where a doctor stands in a search and why, or how the search itself was made."""

from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

from search_api.answer_parts import Answer, Distance, Labelled
from search_api.responses import Area, Hit, How, ReadingDocument, Reason, Relaxed, ScorePart, Total, Understood


class ExplainedDoctor(Answer):
    """The doctor the question is about, shortly; `distance` from the point of this search."""

    employee_id: str
    division_id: str | None
    name: str
    speciality: Labelled | None
    division_name: str | None
    settlement: str | None
    distance: Distance | None


class Excluded(Answer):
    """One filter or rule that keeps the doctor out.

    `fact`: inactive (with the reason in `code`), kind, age, speciality, open_only, contract_only, gender, open_at,
    division, legal_entity, area, facility, name, or other_place: the person is shown with the post `employee_id`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "fact": "area",
                    "code": "area_radius",
                    "text": {
                        "uk": "До місця роботи 1,4 км, а шукали в радіусі 0,3 км: на 1,1 км далі",
                        "en": "The place of work is 1.4 km away and 0.3 km were searched: 1.1 km beyond",
                    },
                }
            ]
        }
    )

    fact: str
    code: str
    text: Reason
    employee_id: str | None = None


class CannotChange(Answer):
    """A fact about the patient or the register that no other search would change."""

    fact: str
    code: str
    text: Reason


class ChangeTold(Answer):
    """A change that brings the doctor to `position` (1 to 3).

    `query` holds the fields of the search to send otherwise, null to leave one out; it is null itself where only the
    doctor's data would have to change. `verified_by`: the changed search was run (`query`), or the score the doctor
    would have was compared with those the engine gave (`score`).
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kinds": ["nearer"],
                    "text": {
                        "uk": "Потрапить у перші три, якщо бути на 0,4 км ближче до лікаря",
                        "en": "Would be among the first three if you are 0.4 km nearer to the doctor",
                    },
                    "query": {"near": {"lat": 49.89519, "lon": 28.59866}},
                    "position": 2,
                    "verified_by": "query",
                }
            ]
        }
    )

    kinds: list[str] = Field(description="names of `ranking/whynot/changes.toml`, one or two")
    text: Reason
    query: dict[str, Any] | None
    position: int
    verified_by: Literal["query", "score"]


class DoctorExplained(Answer):
    """Where a doctor stands in a search and why; if absent, what excluded them; what would bring them up.

    `position` counts people, exactly within the first 1,000 documents, else as `more_than`. `changes`: what would bring
    the doctor into the first three, the smallest first: one change before two, then by the effort for the patient;
    empty for those who stand there and where `cannot_change` says why. `all_tried` is false when trips or time ran out
    before every change was tried.
    """

    request_id: str
    took_ms: float
    as_of: datetime | None
    understood: Understood
    reading: How
    area: Area
    relaxed: list[Relaxed]
    doctor: ExplainedDoctor
    found: bool
    position: Total | None
    equals: int | None = Field(
        description="beyond the first three: how many of the first 1,000 have the same score; their order changes daily"
    )
    score: float | None
    parts: list[ScorePart]
    headline: str | None
    excluded_by: list[Excluded]
    changes: list[ChangeTold]
    cannot_change: list[CannotChange]
    all_tried: bool


class Plan(Answer):
    """What the search became: its ground and why, whom it counts, what orders equals today."""

    area: Area
    source: str
    scores_distance: bool = Field(description="whether distance ranks: only where the patient is known to be")
    pivot_km: float = Field(description="the distance that halves the distance signal")
    specialities: list[str]
    kind: str
    age: int | None
    tie: str


class SearchExplained(Answer):
    """How a search was read, planned and asked: `body` is what the engine got, `hits` are the first with their parts.

    A view for those who look after the service. It holds nothing of the caller but what the caller has just sent.
    """

    request_id: str
    took_ms: float
    as_of: datetime | None
    understood: Understood
    reading: How
    readings: list[ReadingDocument]
    plan: Plan
    relaxed: list[Relaxed]
    index: str
    body: dict[str, Any]
    hits: list[Hit]
