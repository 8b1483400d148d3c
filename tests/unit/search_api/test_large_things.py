import gc
import sys
from collections.abc import Iterator

import pytest

from search_api.large_things import keep_what_lives, large_things_made


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    threshold, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    sys.setswitchinterval(turn)


def _settings() -> tuple[tuple[int, int, int], float]:
    return gc.get_threshold(), sys.getswitchinterval()


def test_old_objects_are_not_collected_and_turns_are_short_while_large_things_are_made() -> None:
    before = _settings()
    with large_things_made():
        assert gc.isenabled()
        assert gc.get_threshold()[1] > 1_000 * before[0][1]
        assert sys.getswitchinterval() < before[1]
    assert _settings() == before


def test_overlapping_makings_leave_everything_as_it_was_before_the_first() -> None:
    before = _settings()
    one, other = large_things_made(), large_things_made()
    one.__enter__()
    other.__enter__()
    during = _settings()
    one.__exit__(None, None, None)
    assert _settings() == during
    other.__exit__(None, None, None)
    assert _settings() == before


def test_a_failed_making_leaves_everything_as_it_was() -> None:
    before = _settings()
    with pytest.raises(ValueError, match="broken"), large_things_made():
        raise ValueError("broken")
    assert _settings() == before


def test_what_lives_is_kept_out_of_later_collections() -> None:
    keep_what_lives()
    assert gc.get_freeze_count() > 1_000
