"""One person is one hit, over all pages."""

from typing import Any

from ranking import group_people, party_mark


def hit(document: str, party: str, posts: int = 1) -> dict[str, Any]:
    others = [{"employee_id": "x"}] * (posts - 1)
    return {"_id": document, "sort": [document], "_source": {"party": {"id": party}, "other_places": others}}


def test_best_place_leads_and_the_others_follow() -> None:
    page = group_people([hit("1", "a", 2), hit("2", "b"), hit("3", "a", 2)], (), 10)
    assert [(person.best["_id"], [other["_id"] for other in person.others]) for person in page.people] == [
        ("1", ["3"]),
        ("2", []),
    ]
    assert not page.is_full


def test_page_ends_after_its_last_person_and_the_next_begins_there() -> None:
    page = group_people([hit("1", "a"), hit("2", "b"), hit("3", "c")], (), 2)
    assert [person.best["_id"] for person in page.people] == ["1", "2"]
    assert page.after == ("2",)
    assert page.is_full


def test_further_posts_right_behind_are_used_up() -> None:
    page = group_people([hit("1", "a", 2), hit("2", "a", 2), hit("3", "b")], (), 1)
    assert page.after == ("2",)


def test_person_of_an_earlier_page_is_passed_over() -> None:
    first = group_people([hit("1", "a", 2), hit("2", "b")], (), 1)
    assert first.shown == {party_mark("a")}
    second = group_people([hit("2", "b"), hit("3", "a", 2), hit("4", "c")], first.shown, 2)
    assert [person.best["_id"] for person in second.people] == ["2", "4"]


def test_only_people_with_several_posts_are_remembered() -> None:
    assert group_people([hit("1", "a"), hit("2", "b", 3)], (), 5).shown == {party_mark("b")}


def test_no_hits_no_page() -> None:
    page = group_people([], {"mark"}, 5)
    assert (page.people, page.after, page.shown, page.is_full) == ((), None, {"mark"}, False)


def test_page_of_people_already_shown_still_moves_on() -> None:
    page = group_people([hit("1", "a", 2)], {party_mark("a")}, 5)
    assert page.people == ()
    assert page.after == ("1",)


def test_mark_does_not_reveal_the_person() -> None:
    mark = party_mark("3f2504e0-4f89-11d3-9a0c-0305e82c3301")
    assert len(mark) == 12
    assert mark not in "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
