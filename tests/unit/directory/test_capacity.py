from datetime import UTC, datetime, timedelta

from directory.capacity import Capacity, CapacityRule, CapacityState, judge_capacity

NOW = datetime(2026, 3, 3, tzinfo=UTC)
RULE = CapacityRule(nearly_full_margin=50, max_age=timedelta(days=7))


def judged(
    limit: int | None = 1800,
    count: int | None = 1000,
    as_of: datetime | None = NOW,
    specialities: tuple[str, ...] = ("FAMILY_DOCTOR",),
) -> Capacity:
    return judge_capacity(limit=limit, count=count, as_of=as_of, now=NOW, officio_specialities=specialities, rule=RULE)


def test_places_left_are_free() -> None:
    assert judged().state is CapacityState.FREE


def test_count_at_the_limit_is_full_and_above_it_is_never_clamped() -> None:
    assert judged(count=1800).state is CapacityState.FULL
    assert judged(count=2427).free == -627


def test_last_places_are_nearly_full() -> None:
    assert judged(count=1750).state is CapacityState.NEARLY_FULL
    assert judged(count=1749).state is CapacityState.FREE


def test_no_row_is_unknown_never_free() -> None:
    assert judged(limit=None, count=None).state is CapacityState.UNKNOWN
    assert judged(count=None).shown_state is CapacityState.UNKNOWN


def test_negative_numbers_are_a_bad_row() -> None:
    assert judged(count=-1).state is CapacityState.UNKNOWN


def test_old_counts_are_unknown() -> None:
    assert judged(as_of=NOW - timedelta(days=8)).state is CapacityState.UNKNOWN
    assert judged(as_of=NOW - timedelta(days=7)).state is CapacityState.FREE
    assert judged(as_of=None).state is CapacityState.UNKNOWN


def test_an_old_pediatrician_post_holds_a_family_doctor_at_nine_hundred() -> None:
    capacity = judged(limit=900, count=899, specialities=("FAMILY_DOCTOR", "PEDIATRICIAN"))
    assert (capacity.state, capacity.limiting_speciality) == (CapacityState.NEARLY_FULL, "PEDIATRICIAN")


def test_another_upstream_limit_is_a_mismatch_shown_by_upstreams_numbers() -> None:
    capacity = judged(limit=1500, count=1500)
    assert (capacity.state, capacity.shown_state) == (CapacityState.MISMATCH, CapacityState.FULL)


def test_specialities_outside_primary_care_set_no_limit() -> None:
    assert judged(limit=1800, specialities=("CARDIOLOGIST",)).state is CapacityState.FREE
