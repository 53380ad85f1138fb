"""UTF-8 a part at a time, so that a long text is never in memory twice."""

from collections.abc import Iterator

PART = 1_000_000
"""Code points of a part."""


def encoded_parts(text: str) -> Iterator[bytes]:
    """Yield `text` in UTF-8, a part at a time.

    Raises:
        UnicodeEncodeError: the text contains a lone surrogate.
    """
    for start in range(0, len(text), PART):
        yield text[start : start + PART].encode()
