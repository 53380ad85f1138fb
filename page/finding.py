"""Exact words in documents."""

import re
from collections.abc import Iterable, Iterator

from index import Document, Span

LONGEST = 200
"""Characters that can be looked for at most."""

MOST = 200
"""Places that are found at most."""

AROUND = 60
"""Characters before and after the words that are shown with them."""


def found_in(documents: Iterable[Document], wanted: str) -> Iterator[tuple[Document, Span]]:
    """Yield where documents have the words `wanted`, in any case, with any white space between them."""
    words = wanted.split()
    if not words:
        return
    pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
    for document in documents:
        for match in pattern.finditer(document.text):
            yield document, Span(*match.span())


def around(document: Document, span: Span) -> tuple[str, str]:
    """Return what stands before and after a span, cut between words where that is possible."""
    before = document.text[max(0, span.start - AROUND) : span.start]
    after = document.text[span.end : span.end + AROUND]
    if span.start > AROUND and " " in before:
        before = "…" + before[before.index(" ") :]
    if span.end + AROUND < len(document.text) and " " in after:
        after = after[: after.rindex(" ") + 1] + "…"
    return before, after
