"""All words of a list within a few slips of a typed one: exact, in a fraction of a millisecond over half a million.

Cheap tests leave few words to compare in full: the length; the letters that only one of the two words has, since a slip
takes away one letter at most and adds one at most; and the same of letters that a word has twice or more.
All words of a length are looked at at once.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

# Letters fall on 64 bits by their code: Cyrillic, Latin and the apostrophe hardly collide.
_BITS = 63
_BLOCK = 16_384
_ONE = np.uint64(1)
_Sets = np.ndarray[tuple[int], np.dtype[np.uint64]]


class NearWords:
    """Looks for near words among `words`, which must be distinct; longer ones than 40 letters are left out."""

    def __init__(self, words: Sequence[str]) -> None:
        kept = [word for word in words if 0 < len(word) <= 40]
        lengths = np.fromiter(map(len, kept), dtype=np.int8, count=len(kept))
        in_order = np.argsort(lengths, kind="stable")
        self._words = np.array(kept, dtype=object)[in_order]
        self._once, self._twice = _letter_sets(self._words.tolist())
        self._starts = np.searchsorted(lengths[in_order], np.arange(43, dtype=np.int8)).tolist()

    def within(self, word: str, slips: int) -> list[tuple[str, int]]:
        """(word, slips) of all words that `slips` or fewer insertions, losses, changes or swaps of letters apart.

        The word itself is not among them; no order is promised. Nothing is near no word.
        """
        shortest, longest = max(len(word) - slips, 1), min(len(word) + slips, 40)
        if shortest > longest or not word:
            return []
        low, high = self._starts[shortest], self._starts[longest + 1]
        once, twice = (sets[0] for sets in _letter_sets([word]))
        others = np.bitwise_count(self._once[low:high] ^ once)
        near = np.flatnonzero(others <= 2 * slips)
        theirs, theirs_twice = self._once[low:high][near], self._twice[low:high][near]
        lost = np.bitwise_count(once & ~theirs) + np.bitwise_count(twice & ~theirs_twice)
        added = np.bitwise_count(theirs & ~once) + np.bitwise_count(theirs_twice & ~twice)
        words = self._words[low:high][near[(lost <= slips) & (added <= slips)]].tolist()
        if not words:
            return []
        apart = cdist([word], words, scorer=OSA.distance, score_cutoff=slips, dtype=np.uint8)[0]
        return [(words[at], int(apart[at])) for at in np.flatnonzero((apart <= slips) & (apart > 0)).tolist()]


def _letter_sets(words: Sequence[str]) -> tuple[_Sets, _Sets]:
    """Of each word the letters it has, and the letters it has twice or more."""
    once, twice = np.zeros(len(words), dtype=np.uint64), np.zeros(len(words), dtype=np.uint64)
    for start in range(0, len(words), _BLOCK):
        block = words[start : start + _BLOCK]
        width = max(map(len, block))
        letters = np.array(block, dtype=f"U{width}").view(np.uint32).reshape(len(block), width)
        bits = np.left_shift(_ONE, (letters & _BITS).astype(np.uint64))
        bits[letters == 0] = 0
        have, again = once[start : start + len(block)], twice[start : start + len(block)]
        for at in range(width):
            again |= have & bits[:, at]
            have |= bits[:, at]
    return once, twice
