"""Where a doctor would stand among others, people counted once, by the Python face of the score."""

from collections.abc import Iterable
from datetime import date

from ranking.documents import Document, field_of
from ranking.intent import SearchIntent
from ranking.score import rank
from ranking.signals.weights import Weights

# «The first three»: what a patient sees before scrolling.
FIRST = 3


def place_among(
    document: Document, others: Iterable[Document], intent: SearchIntent, weights: Weights, day: date
) -> int | None:
    """The 1-based place of the document's person among the persons of `others`, with the document itself as their post.

    None when the document is no hit, or another post of the same person stands before it. `others` may hold the
    document as it is stored: `document` takes its place.
    """
    employee_id = field_of(document, "employee.id")
    rivals = [other for other in others if field_of(other, "employee.id") != employee_id]
    before: set[str] = set()
    for hit in rank([document, *rivals], intent, weights, day):
        party_id = str(field_of(hit.document, "party.id"))
        if field_of(hit.document, "employee.id") == employee_id:
            return None if party_id in before else len(before) + 1
        before.add(party_id)
    return None
