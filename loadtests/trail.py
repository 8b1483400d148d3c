"""What was answered lately, so that the next page and the card of a hit can be asked as patients ask them."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from loadtests import calls
from loadtests.answers import Answer
from loadtests.calls import Call, NextPage, OpenHit, Wanted

THINK_S = 2.0
"""A patient looks at a page this long before going on; by then its answer is there unless the server stalls."""

MOST_PAGES = 3
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Answered:
    at_s: float
    body: Mapping[str, Any]
    hits: tuple[str, ...]
    cursor: str | None
    page: int


class Trail:
    """Answers to follow, by the number of their request.

    Which one is followed depends on numbers and intended times only, never on when answers came, so the same seed
    against the same data sends the same requests as long as answers take less than `THINK_S`.
    """

    def __init__(self) -> None:
        self._answered: OrderedDict[int, _Answered] = OrderedDict()
        self._pages: dict[int, int] = {}

    def resolve(self, number: int, at_s: float, wanted: Wanted) -> Call | None:
        """The request to send for what was planned; None when there is nothing to follow."""
        if isinstance(wanted, Call):
            return wanted
        return self._page(number, at_s, wanted) if isinstance(wanted, NextPage) else self._card(at_s, wanted)

    def note(self, number: int, at_s: float, call: Call, answer: Answer) -> None:
        """Keep a good answer to a search; `at_s` is the intended start of its request."""
        page = self._pages.pop(number, 1)
        if answer.reason is not None or not call.followable or call.body is None or not answer.hits:
            return
        self._answered[number] = _Answered(at_s, call.body, answer.hits, answer.cursor, page)
        while len(self._answered) > _KEPT:
            self._answered.popitem(last=False)

    def _page(self, number: int, at_s: float, wanted: NextPage) -> Call | None:
        open_ended = (
            found
            for found, answered in self._answered.items()
            if answered.cursor and answered.page < MOST_PAGES and answered.at_s <= at_s - THINK_S
        )
        latest = max(open_ended, default=None)
        if latest is None:
            return None
        before = self._answered[latest]
        self._answered[latest] = replace(before, cursor=None)
        self._pages[number] = before.page + 1
        return calls.search(wanted.kind, {**before.body, "cursor": before.cursor})

    def _card(self, at_s: float, wanted: OpenHit) -> Call | None:
        seen = (found for found, answered in self._answered.items() if answered.at_s <= at_s - THINK_S)
        latest = max(seen, default=None)
        if latest is None:
            return None
        hits = self._answered[latest].hits
        # Squared: the first hits of a page are opened most.
        return calls.card(wanted.kind, hits[int(wanted.pick**2 * len(hits))])
