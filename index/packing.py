"""A document as simple values: what is stored of it, and sent to another process, besides its text."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from index import block, emphasis, table
from index.document import Document, Fact, Place


def pack(document: Document) -> dict[str, Any]:
    """Return the fields of `document` except its text: strings, lists of JSON values, and `boxes`, which are bytes."""
    return {
        "title": document.title,
        "source": document.source,
        "places": list(map(astuple, document.places)),
        "blocks": block.pack(document.blocks),
        "facts": list(map(astuple, document.facts)),
        "unread": list(document.unread),
        "tables": table.pack(document.tables),
        "boxes": document.boxes,
        "emphasis": emphasis.pack(document.emphasis),
    }


def unpack(text: str, fields: Mapping[str, Any]) -> Document:
    """Return the document with this `text` and the fields that `pack` returned.

    Fields that are missing are empty, except for title and source. `boxes` may be in Base64, as in JSON.

    Raises:
        CitedError, KeyError, TypeError, ValueError: the fields are not a result of `pack` for this text.
    """
    boxes = fields.get("boxes", b"")
    return Document(
        text,
        fields["title"],
        fields["source"],
        tuple(Place(*place) for place in fields.get("places", ())),
        block.unpack(fields.get("blocks", "")),
        tuple(Fact(*fact) for fact in fields.get("facts", ())),
        tuple(fields.get("unread", ())),
        table.unpack(fields.get("tables", "")),
        boxes if isinstance(boxes, bytes) else b64decode(boxes, validate=True),
        emphasis.unpack(fields.get("emphasis", "")),
    )


def in_base64(data: bytes) -> str:
    """Return bytes as JSON can hold them; the `default` of `json.dumps` for the result of `pack`."""
    return b64encode(data).decode()
