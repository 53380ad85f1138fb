"""What Milvus holds of a document: the rows of its passages, of its text, and of its coming and going.

An *edition* is a document's id and how often it has been removed before; a *printing* is an edition and a checksum of
its title, text and passages. Keys say which is which: `id-removals` is an edition, `edition-checksum` a printing, and
`printing/number` one of its passages or pieces of text.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from index.block import pack, unpack
from index.collection import EncodedDocument
from index.document import Document, Fact, Place
from index.errors import CitedError
from index.passage import Passage
from index.text.words import words

LONGEST_STRING = 65_535
"""Bytes of UTF-8 that a Milvus string can hold; a longer text is kept in several."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What the row `added` says: which printing counts, since when, in nanoseconds, its rows by kind, its source."""

    key: str
    added: int
    pieces: int
    passages: int
    source: str


def row(key: str, content: str = "", printing: str = "") -> dict[str, Any]:
    """Return a row of `DOCUMENTS`: a piece of a printing's text, or an edition's `added` or `removed`."""
    kind = "text" if printing else key.partition("/")[2]
    return {"id": key, "kind": kind, "printing": printing, "content": content, "unused": [0.0, 0.0]}


def passage_rows(key: str, document: EncodedDocument) -> Iterator[dict[str, Any]]:
    for number, (passage, vector) in enumerate(zip(document.passages, document.vectors, strict=True)):
        yield {
            "id": f"{key}/{number}",
            "printing": key,
            "start": passage.span.start,
            "end": passage.span.end,
            "words": " ".join(words(passage.text)),
            "vector": vector,
        }


def printing_of(key: str) -> str:
    return key.partition("/")[0]


def edition_of(printing: str) -> str:
    return printing.rpartition("-")[0]


def document_of(key: str) -> str:
    return key.partition("-")[0]


def visible(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Printing]:
    """Return, by edition, what each row `added` says to which there is no row `removed`."""
    editions = {key.partition("/")[0] for key in rows} - {key.removesuffix("/removed") for key in rows}
    return {edition: Printing(*json.loads(rows[f"{edition}/added"]["content"])) for edition in editions}


def as_text(document: Document) -> str:
    """Return all of a document but its source, as JSON."""
    fields = {
        "text": document.text,
        "title": document.title,
        "places": list(map(astuple, document.places)),
        "blocks": pack(document.blocks),
        "facts": list(map(astuple, document.facts)),
    }
    return json.dumps(fields, ensure_ascii=False)


def as_document(text: str, source: str) -> Document | None:
    """Return the document of which `as_text` made `text`, or None where it has made no such text."""
    with suppress(CitedError, ValueError, TypeError, KeyError):
        fields = json.loads(text)
        return Document(
            fields["text"],
            fields["title"],
            source,
            tuple(Place(*place) for place in fields["places"]),
            unpack(fields.get("blocks", "")),  # which older versions did not keep
            tuple(Fact(*fact) for fact in fields.get("facts", [])),
        )
    return None


def checksum(text: str, passages: Sequence[Passage]) -> str:
    spans = [(passage.span.start, passage.span.end) for passage in passages]
    return f"{crc32(repr(spans).encode(), crc32(text.encode())):08x}"


def in_pieces(text: str) -> list[str]:
    """Cut `text` between characters into pieces that Milvus can hold."""
    data = text.encode()
    cuts = [0]
    while cuts[-1] < len(data):
        cut = min(cuts[-1] + LONGEST_STRING, len(data))
        while cut < len(data) and data[cut] & 0b1100_0000 == 0b1000_0000:  # within a character
            cut -= 1
        cuts.append(cut)
    return [data[start:end].decode() for start, end in pairwise(cuts)]
