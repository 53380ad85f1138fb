"""The messages between parent and child: a value as JSON, followed by a text.

Neither side trusts the other. `index.packing.unpack` checks the documents that are received.
"""

import json
from struct import Struct
from typing import IO, Any

from index.packing import in_base64
from index.utf8 import encoded_parts

TOO_MUCH_MEMORY = 3
"""Exit code of a child that reached its memory limit."""

_LENGTHS = Struct("<QQQ")
"""Header of a message: the lengths of its JSON, its text and its data, in bytes."""


def send(stream: IO[bytes], value: object, text: str = "", data: bytes = b"") -> None:
    """Write a message with `value`, which consists of JSON values and bytes, `text`, and the `data` of a file."""
    header, length = json.dumps(value, default=in_base64).encode(), sum(map(len, encoded_parts(text)))
    stream.write(_LENGTHS.pack(len(header), length, len(data)))
    stream.write(header)
    for part in encoded_parts(text):
        stream.write(part)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], longest: int) -> tuple[Any, str, bytes]:
    """Return the value, the text and the data of the next message. Tuples arrive as lists, and bytes in Base64.

    Raises:
        EOFError: the stream ends inside the message.
        ValueError, TypeError: the data is not a message, or is longer than `longest` bytes.
    """
    header, body, rest = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header + body + rest > longest:
        raise ValueError(f"A message of {header + body + rest:,} bytes is too long.")
    return (
        json.loads(_exactly(stream, header)),
        _exactly(stream, body).decode(),
        _exactly(stream, rest),
    )


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
