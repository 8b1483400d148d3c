"""The weights file: complete, explained, and each weight alive."""

import re
from datetime import timedelta
from typing import Any

import pytest

from ranking import SIGNALS, FacilityOf, WeightsError, Wishes, load_weights, parse_weights, rank
from ranking.signals.weights import SIGNAL_NAMES, Weight, Weights
from tests.support.indexing import AS_OF, ZHYTOMYR, stable_id, tiny_doctor
from tests.support.ranking import DAY, HOME, intent_near, north_of, stored

ENTRY = '[{name}]\nvalue = {value}\nwhy = "so"\nsince = "2026-03-02"\nevidence = "none"\n'


def file_of(**values: object) -> str:
    return "".join(ENTRY.format(name=name, value=value) for name, value in values.items())


GOOD = dict.fromkeys(SIGNAL_NAMES, 0.1) | {"distance": 0.2}
WISHES = Wishes(gender="FEMALE", open_at=600, facility_of=FacilityOf(stable_id("division", "known")))


def test_weights_of_the_product_sum_to_one_and_say_why() -> None:
    weights = load_weights()
    assert sum(weights.values()) == pytest.approx(1.0)
    assert all(len(about.why) > 20 for about in weights.about.values())


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    assert tuple(signal.name for signal in SIGNALS) == SIGNAL_NAMES
    assert set(load_weights()) == set(SIGNAL_NAMES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (file_of(distance=1.0), "«capacity» is missing"),
        (file_of(**GOOD, moon=0.0), "«moon»"),
        (file_of(**{**GOOD, "distance": 0.3}), "sum to 1.1"),
        (file_of(**{**GOOD, "distance": 0.3, "precision": 0.0}), "«precision» is 0.0"),
        (file_of(**{**GOOD, "distance": '"much"'}), "«distance»: value must be a number"),
        (file_of(**GOOD).replace('why = "so"', 'why = ""', 1), "must say something"),
        (file_of(**GOOD).replace('why = "so"\n', "", 1), "key «why» is missing"),
        (file_of(**GOOD).replace('why = "so"', 'why = "so"\nwhat = 1', 1), "key «what» is not known"),
        (file_of(**GOOD).replace("2026-03-02", "spring", 1), "since must be a day"),
        ("distance = 1", "must be a table"),
        ("[distance", "not TOML"),
    ],
)
def test_faulty_weights_are_refused_by_name(text: str, fault: str) -> None:
    with pytest.raises(WeightsError, match=re.escape(fault)):
        parse_weights(text)


@pytest.mark.parametrize("moved", [name for name in SIGNAL_NAMES if name != "language"])
def test_moving_each_weight_changes_some_order(moved: str) -> None:
    """Each pair trades one signal against the rest: with nearly all weight its bearer leads, without it the other."""
    worst: dict[str, Any] = {
        "at": north_of(HOME, 20), "capacity": "full", "contract": False, "open_minutes": ((900, 1000),),
        "gender": "MALE", "precision": "settlement", "as_of": AS_OF - timedelta(days=30),
    }  # fmt: skip
    best: dict[str, Any] = {
        "at": ZHYTOMYR, "capacity": "free", "contract": True, "open_minutes": ((480, 1080),),
        "gender": "FEMALE", "precision": "address", "as_of": AS_OF, "division": "known",
    }  # fmt: skip
    field = {"distance": "at", "hours": "open_minutes", "same_facility": "division", "freshness": "as_of"}.get(
        moved, moved
    )
    better = tiny_doctor("a", **{**worst, field: best[field]})
    other = tiny_doctor("b", **{**best, field: worst.get(field)})

    def first(weight: float) -> str:
        rest = (1 - weight) / (len(SIGNAL_NAMES) - 1)
        about = {name: weight if name == moved else rest for name in SIGNAL_NAMES}
        day = load_weights().about[moved].since
        weights = Weights({name: Weight(value, "why", day, "none") for name, value in about.items()})
        hits = rank([stored(better), stored(other)], intent_near(wishes=WISHES, as_of=AS_OF), weights, DAY)
        return str(hits[0].document["employee"]["id"])

    assert first(0.97) == better.id
    assert first(0.03) == other.id


def test_languages_are_not_known_so_that_weight_moves_nobody() -> None:
    document, intent = stored(tiny_doctor("a")), intent_near(wishes=Wishes(language="hu"))
    language = next(signal for signal in SIGNALS if signal.name == "language")
    reason = language.reason(document, intent)
    assert (language.value(document, intent), language.clauses(intent, 1.0)) == (0.0, [])
    assert reason is not None
    assert "не знає" in reason.uk
    assert language.reason(document, intent_near()) is None
