"""The rows that Milvus stores for a document: its passages, the pieces of its text, and when it was added and removed.

An *incarnation* is a document id with the number of times that the document was removed before. A *version* is an
incarnation with a checksum of its title, text and passages. The keys show the type of a row:

- `id-removals` is an incarnation;
- `incarnation-checksum` is a version;
- `version/number` is a passage or a piece of text of that version.

In the schema of Milvus, the field with the key of the version is called `printing`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from index.collection import EncodedDocument
from index.document import Document
from index.errors import CitedError
from index.packing import in_base64, pack, unpack
from index.passage import Passage
from index.text.words import words

LONGEST_STRING = 65_535
"""Longest Milvus string, in bytes of UTF-8. A longer text is stored in several pieces."""


@dataclass(frozen=True, slots=True)
class Version:
    """The content of a row `added`, which names the current version of an incarnation.

    Attributes:
        key: the key of the version.
        added: when it was added, in nanoseconds since 1970.
        pieces: number of rows with pieces of its text.
        passages: number of rows with its passages.
        source: the source of the document.
        title: the title that people gave the document; empty if it has the one that was stored with its text.
    """

    key: str
    added: int
    pieces: int
    passages: int
    source: str
    title: str = ""

    @property
    def row(self) -> dict[str, Any]:
        """The row `added` that makes this version the current one. A release that knows no titles can read it."""
        content = astuple(self) if self.title else astuple(self)[:-1]
        return row(f"{incarnation_of(self.key)}/added", json.dumps(content, ensure_ascii=False))


def row(key: str, content: str = "", version: str = "") -> dict[str, Any]:
    """Return a row of `DOCUMENTS`: a piece of a version's text, or `added` or `removed` of an incarnation."""
    kind = "text" if version else key.partition("/")[2]
    return {"id": key, "kind": kind, "printing": version, "content": content, "unused": [0.0, 0.0]}


def passage_rows(key: str, document: EncodedDocument) -> Iterator[dict[str, Any]]:
    """Yield a row for each passage of the version `key`."""
    for number, (passage, vector) in enumerate(zip(document.passages, document.vectors, strict=True)):
        yield {
            "id": f"{key}/{number}",
            "printing": key,
            "start": passage.span.start,
            "end": passage.span.end,
            "words": " ".join(words(passage.indexed_text)),
            "vector": vector,
        }


def version_of(key: str) -> str:
    """Return the version that a row's key belongs to."""
    return key.partition("/")[0]


def incarnation_of(version: str) -> str:
    """Return the incarnation that a version belongs to."""
    return version.rpartition("-")[0]


def document_of(key: str) -> str:
    """Return the id of the document that a row's key belongs to."""
    return key.partition("-")[0]


def visible(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Version]:
    """Return incarnation → current version, for each row `added` without a row `removed`."""
    incarnations = {key.partition("/")[0] for key in rows} - {key.removesuffix("/removed") for key in rows}
    return {incarnation: Version(*json.loads(rows[f"{incarnation}/added"]["content"])) for incarnation in incarnations}


def as_text(document: Document) -> str:
    """Return a document without its source as JSON."""
    fields = {name: value for name, value in pack(document).items() if name not in {"source", "unread"}}
    return json.dumps({"text": document.text} | fields, ensure_ascii=False, default=in_base64)


def as_document(text: str, version: Version) -> Document | None:
    """Return the document from which `as_text` made `text`, or None if `text` is damaged."""
    with suppress(CitedError, ValueError, TypeError, KeyError):
        fields = json.loads(text)
        fields |= {"source": version.source, "title": version.title or fields["title"]}
        return unpack(fields["text"], fields)  # older releases did not store all fields
    return None


def checksum(text: str, passages: Sequence[Passage]) -> str:
    """Return a checksum of a text and its passages' spans, in hexadecimal digits."""
    spans = [(passage.span.start, passage.span.end) for passage in passages]
    return f"{crc32(repr(spans).encode(), crc32(text.encode())):08x}"


def in_pieces(text: str) -> list[str]:
    """Cut `text` between characters into pieces of at most `LONGEST_STRING` bytes."""
    data = text.encode()
    cuts = [0]
    while cuts[-1] < len(data):
        cut = min(cuts[-1] + LONGEST_STRING, len(data))
        while cut < len(data) and data[cut] & 0b1100_0000 == 0b1000_0000:  # within a character
            cut -= 1
        cuts.append(cut)
    return [data[start:end].decode() for start, end in pairwise(cuts)]
