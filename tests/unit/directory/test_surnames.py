"""The file of surnames that exist: made of the name lexicon, read without it, its faults said in one sentence."""

from pathlib import Path

import pytest

from directory.surnames import SurnamesUnreadable, build_surnames, load_surnames


def test_the_file_holds_normalised_surnames_and_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.gz", tmp_path / "b.gz"
    number = build_surnames(first)
    build_surnames(second)
    surnames = load_surnames(first)
    assert len(surnames) == number > 100_000
    assert {"коваленко", "шевчук", "дем'яненко"} <= surnames
    assert first.read_bytes() == second.read_bytes()


def test_a_missing_file_says_who_makes_it(tmp_path: Path) -> None:
    with pytest.raises(SurnamesUnreadable, match="likar up"):
        load_surnames(tmp_path / "nothing.gz")


def test_a_damaged_file_says_to_delete_it(tmp_path: Path) -> None:
    path = tmp_path / "torn.gz"
    path.write_bytes(b"torn")
    with pytest.raises(SurnamesUnreadable, match="delete it"):
        load_surnames(path)
