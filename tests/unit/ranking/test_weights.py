"""The weights file: complete, explained, and each weight alive."""

import re

import pytest

from ranking import SIGNALS, WeightsError, load_weights, parse_weights, rank
from ranking.signals.weights import SIGNAL_NAMES, Weight, Weights
from tests.support.indexing import tiny_doctor
from tests.support.ranking import DAY, HOME, intent_near, north_of, stored

ENTRY = '[{name}]\nvalue = {value}\nwhy = "so"\nsince = "2026-03-02"\nevidence = "none"\n'


def file_of(**values: object) -> str:
    return "".join(ENTRY.format(name=name, value=value) for name, value in values.items())


GOOD = {"distance": 0.4, "capacity": 0.3, "contract": 0.2, "precision": 0.1}


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
        (file_of(**{**GOOD, "distance": 0.5}), "sum to 1.1"),
        (file_of(**{**GOOD, "distance": 0.5, "precision": 0.0}), "«precision» is 0.0"),
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


@pytest.mark.parametrize("moved", SIGNAL_NAMES)
def test_moving_each_weight_changes_some_order(moved: str) -> None:
    """Each pair trades one signal against the rest: with nearly all weight its bearer leads, without it the other."""
    better = {
        "distance": tiny_doctor("a", capacity="full", contract=False, precision="settlement"),
        "capacity": tiny_doctor("a", at=north_of(HOME, 20), contract=False, precision="settlement"),
        "contract": tiny_doctor("a", at=north_of(HOME, 20), capacity="full", precision="settlement"),
        "precision": tiny_doctor("a", at=north_of(HOME, 20), capacity="full", contract=False),
    }[moved]
    other = {
        "distance": tiny_doctor("b", at=north_of(HOME, 20)),
        "capacity": tiny_doctor("b", capacity="full"),
        "contract": tiny_doctor("b", contract=False),
        "precision": tiny_doctor("b", precision="settlement"),
    }[moved]

    def first(weight: float) -> str:
        rest = (1 - weight) / (len(SIGNAL_NAMES) - 1)
        about = {name: weight if name == moved else rest for name in SIGNAL_NAMES}
        day = load_weights().about[moved].since
        weights = Weights({name: Weight(value, "why", day, "none") for name, value in about.items()})
        hits = rank([stored(better), stored(other)], intent_near(), weights, DAY)
        return str(hits[0].document["employee"]["id"])

    assert first(0.97) == better.id
    assert first(0.03) == other.id
