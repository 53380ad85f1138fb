"""The messages between parent and child: a value as JSON, followed by a text.

Neither side trusts the other. The constructors of `index.document` rebuild received values and check them.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from struct import Struct
from typing import IO, Any

from index import block, table
from index.document import Document, Fact, Place
from index.utf8 import encoded_parts

TOO_MUCH_MEMORY = 3
"""Exit code of a child that reached its memory limit."""

_LENGTHS = Struct("<QQQ")
"""Header of a message: the lengths of its JSON, its text and its data, in bytes."""

_PARTS = {part.__name__: part for part in (Place, Fact)}
"""Class name → class, for the dataclasses that a document contains."""


def send(stream: IO[bytes], value: object, text: str = "", data: bytes = b"") -> None:
    """Write a message with `value`, which consists of JSON values and `_PARTS`, `text`, and the `data` of a file."""
    header, length = json.dumps(value, default=_named).encode(), sum(map(len, encoded_parts(text)))
    stream.write(_LENGTHS.pack(len(header), length, len(data)))
    stream.write(header)
    for part in encoded_parts(text):
        stream.write(part)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], longest: int) -> tuple[Any, str, bytes]:
    """Return the value, the text and the data of the next message. Tuples arrive as lists.

    Raises:
        EOFError: the stream ends inside the message.
        ValueError, TypeError: the data is not a message, or is longer than `longest` bytes.
    """
    header, body, rest = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header + body + rest > longest:
        raise ValueError(f"A message of {header + body + rest:,} bytes is too long.")
    return (
        json.loads(_exactly(stream, header), object_hook=_built),
        _exactly(stream, body).decode(),
        _exactly(stream, rest),
    )


def without_text(document: Document) -> dict[str, object]:
    """Return the fields of `document` except its text."""
    names = (field.name for field in fields(Document) if field.init and field.name != "text")
    packed = {"blocks": block.pack(document.blocks), "tables": table.pack(document.tables)}
    packed["boxes"] = b64encode(document.boxes).decode()
    return {name: getattr(document, name) for name in names} | packed


def with_text(values: Mapping[str, Any], text: str) -> Document:
    """Return the document with this `text` and the fields that `without_text` returned."""
    parts = {name: _as_tuple(value) for name, value in values.items()}
    unpacked = {"blocks": block.unpack(values["blocks"]), "tables": table.unpack(values["tables"])}
    return Document(text, **parts | unpacked | {"boxes": b64decode(values["boxes"], validate=True)})


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _named(part: object) -> dict[str, list[object]]:
    if not is_dataclass(part) or isinstance(part, type):
        raise TypeError(f"{part!r} cannot be sent.")
    return {type(part).__name__: [getattr(part, field.name) for field in fields(part)]}


def _built(values: dict[str, Any]) -> object:
    name = next(iter(values), "")
    return _PARTS[name](*map(_as_tuple, values[name])) if name in _PARTS else values


def _as_tuple(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value
