"""The quotes that were cited before: in answers that the user rated, and in conversations that were kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from index import Collection
from qa.share.feedback import rated_quotes
from qa.share.lines import values

CONVERSATIONS = "conversations"
"""The folder inside a collection's own that holds its conversations, each as lines of JSON."""


class Cited(NamedTuple):
    """A span that was cited: the id of its document, its offsets in it, and in what kind of answer it was."""

    document: str
    start: int
    end: int
    where: str


def cited_before(collection: Collection) -> list[Cited]:
    """Return the spans that were cited of the documents of `collection`, each once."""
    rated = (Cited(each["document"], each["start"], each["end"], "an answer that you rated") for each in rated_quotes())
    folder = getattr(collection, "path", None)
    files = sorted(Path(folder, CONVERSATIONS).glob("*.jsonl")) if folder else []
    kept = (
        Cited(document, start, end, "a conversation that was kept")
        for file in files
        for record in values(file)
        for document, start, end in _spans(record)
    )
    found: dict[tuple[str, int, int], Cited] = {}
    for each in (*rated, *kept):
        found.setdefault(each[:3], each)
    return list(found.values())


def _spans(value: Any) -> Iterator[tuple[str, int, int]]:
    """Yield the document, start and end of each citation anywhere in a record."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _spans(inner)
    if isinstance(value, dict) and isinstance(value.get("document"), str) and isinstance(value.get("span"), dict):
        start, end = (value["span"].get(name) for name in ("start", "end"))
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            yield value["document"], start, end
