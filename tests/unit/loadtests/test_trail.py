"""What can be followed from earlier answers."""

from typing import Any

from loadtests import calls
from loadtests.answers import Answer
from loadtests.calls import Call, NextPage, OpenHit
from loadtests.trail import MOST_PAGES, THINK_S, Trail


def _search(**body: Any) -> Call:
    return calls.search("search", body)


def _answered(*hits: str, cursor: str | None = "c") -> Answer:
    return Answer(hits=hits, cursor=cursor)


def test_a_page_repeats_the_request_with_the_cursor() -> None:
    trail = Trail()
    trail.note(0, 0.0, _search(q="а", age=4), _answered("e1", cursor="c0"))
    page = trail.resolve(1, 5.0, NextPage("next_page"))
    assert page is not None
    assert (page.kind, page.body) == ("next_page", {"q": "а", "age": 4, "cursor": "c0"})


def test_nothing_is_followed_before_a_patient_has_looked_at_it() -> None:
    trail = Trail()
    trail.note(0, 1.0, _search(q="а"), _answered("e1"))
    assert trail.resolve(1, 1.0 + THINK_S - 0.1, NextPage("next_page")) is None
    assert trail.resolve(1, 1.0 + THINK_S - 0.1, OpenHit("card", 0.0)) is None
    assert trail.resolve(1, 1.0 + THINK_S, NextPage("next_page")) is not None


def test_the_latest_request_is_followed_whenever_its_answer_came() -> None:
    trail = Trail()
    trail.note(1, 1.0, _search(q="б"), _answered("e2", cursor="c1"))
    trail.note(0, 0.0, _search(q="а"), _answered("e1", cursor="c0"))
    page = trail.resolve(2, 9.0, NextPage("next_page"))
    assert page is not None
    assert page.body == {"q": "б", "cursor": "c1"}


def test_a_cursor_is_used_once() -> None:
    trail = Trail()
    trail.note(0, 0.0, _search(q="а"), _answered("e1"))
    assert trail.resolve(1, 9.0, NextPage("next_page")) is not None
    assert trail.resolve(2, 9.0, NextPage("next_page")) is None


def test_pages_go_on_to_a_depth_and_no_deeper() -> None:
    trail, call = Trail(), _search(q="а")
    trail.note(0, 0.0, call, _answered("e1"))
    followed = 0
    for number in range(1, 10):
        page = trail.resolve(number, 10.0 * number, NextPage("next_page"))
        if page is None:
            break
        followed += 1
        trail.note(number, 10.0 * number, page, _answered("e1", cursor=f"c{number}"))
    assert followed == MOST_PAGES - 1


def test_failed_and_empty_answers_lead_nowhere() -> None:
    trail = Trail()
    trail.note(0, 0.0, _search(q="а"), Answer(reason="503"))
    trail.note(1, 0.0, _search(q="б"), _answered())
    assert trail.resolve(2, 9.0, NextPage("next_page")) is None
    assert trail.resolve(3, 9.0, OpenHit("card", 0.5)) is None


def test_the_last_page_has_none_after_it_but_its_hits_can_be_opened() -> None:
    trail = Trail()
    trail.note(0, 0.0, _search(q="а"), _answered("e1", "e2", cursor=None))
    assert trail.resolve(1, 9.0, NextPage("next_page")) is None
    card = trail.resolve(2, 9.0, OpenHit("card", 0.99))
    assert card is not None
    assert card.path == "/v1/doctors/e2"


def test_a_planned_request_is_sent_as_planned() -> None:
    call = _search(q="а")
    assert Trail().resolve(0, 0.0, call) is call


def test_old_answers_are_forgotten() -> None:
    trail = Trail()
    for number in range(5_000):
        trail.note(number, 0.0, _search(q=str(number)), _answered("e1", cursor=f"c{number}"))
    followed = [trail.resolve(number, 9.0, NextPage("next_page")) for number in range(5_000, 10_000)]
    assert sum(page is not None for page in followed) == 1_000
