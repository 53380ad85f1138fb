"""Boxes: where the words of a text are on the pages of its file."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # NumPy takes a tenth of a second to load, and most documents have no boxes
    import numpy as np
    import numpy.typing as npt

_UNITS = 10
"""Units of a stored length in a point."""

_FIELDS = 8


class Box(NamedTuple):
    """The box of a word, or of the part of a word on one line.

    Lengths are in points (1/72 inch), from the lower left corner of the page as it is shown: cropped and rotated.

    Attributes:
        start: offset of its first code point.
        end: offset after its last code point, greater than `start`.
        line: a number that the boxes of one line share.
        page: number of its page, from 1.
        left: its left edge.
        bottom: its bottom edge.
        right: its right edge.
        top: its top edge.
    """

    start: int
    end: int
    line: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


class Rectangle(NamedTuple):
    """A rectangle on a page. Lengths are those of `Box`."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def pack(boxes: "Sequence[Box] | npt.NDArray[np.float64]") -> bytes:
    """Return boxes in the order of the text in a short form. Edges are moved outwards to a tenth of a point.

    An array has shape `(boxes, 8)`: the fields of each box.

    >>> rectangles(pack([Box(0, 4, 1, 1, 50, 700, 71, 711), Box(5, 8, 1, 1, 74, 700, 90, 711)]), 0, 8, 8)
    (Rectangle(page=1, left=50.0, bottom=700.0, right=90.0, top=711.0),)
    """
    import numpy as np

    if not len(boxes):
        return b""
    numbers = np.array(boxes, dtype=np.float64)
    numbers[:, 4:] *= _UNITS
    numbers[:, 4:6] = np.floor(numbers[:, 4:6] + 1e-6)
    numbers[:, 6:] = np.ceil(numbers[:, 6:] - 1e-6)
    limits = np.iinfo(np.int32)
    whole = np.clip(numbers, limits.min, limits.max).astype(np.int32)
    # Differences are small, and equal bytes beside each other are short when compressed.
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, _FIELDS), dtype=np.int32)).astype("<i4")
    packer = zlib.compressobj(strategy=zlib.Z_RLE)  # five times as fast as the default, and 2 % longer
    return packer.compress(np.ascontiguousarray(steps.view(np.uint8).T).tobytes()) + packer.flush()


@lru_cache(maxsize=4)
def unpack(packed: bytes, length: int) -> "npt.NDArray[np.int32]":
    """Return the boxes from which `pack` made these bytes, with edges in tenths of a point.

    Args:
        packed: the short form.
        length: length of the text, in code points.

    Returns:
        Shape `(boxes, 8)`: the fields of `Box`.

    Raises:
        ValueError: `packed` is not a result of `pack` for such a text.
    """
    import numpy as np

    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(packed, 4 * _FIELDS * length + 1)
    except zlib.error as error:
        raise ValueError("The boxes of the words are damaged.") from error
    if len(data) % (4 * _FIELDS) or len(data) > 4 * _FIELDS * length:
        raise ValueError("The boxes of the words are damaged.")
    steps = np.frombuffer(data, dtype=np.uint8).reshape(4 * _FIELDS, -1).T
    numbers: npt.NDArray[np.int32] = np.cumsum(np.ascontiguousarray(steps).view("<i4"), axis=0, dtype=np.int32)
    starts, ends = numbers[:, 0], numbers[:, 1]
    is_in_order = (starts < ends).all() and (ends[:-1] <= starts[1:]).all()
    if not is_in_order or (len(numbers) and not 0 <= starts[0] < ends[-1] <= length):
        raise ValueError("The boxes of the words are damaged.")
    return numbers


def rectangles(packed: bytes, start: int, end: int, length: int) -> tuple[Rectangle, ...]:
    """Return a rectangle for each line that has words between two offsets, in the order of the text.

    Args:
        packed: the boxes of a text, as `pack` returns them.
        start: offset of the first code point.
        end: offset after the last code point.
        length: length of the text, in code points.
    """
    if not packed:
        return ()
    numbers = unpack(packed, length)
    first = int(numbers[:, 1].searchsorted(start, side="right"))
    last = int(numbers[:, 0].searchsorted(end, side="left"))
    found = []
    for (_, page), group in groupby(numbers[first:last].tolist(), key=lambda box: (box[2], box[3])):
        lefts, bottoms, rights, tops = zip(*(box[4:] for box in group), strict=True)
        edges = (min(lefts), min(bottoms), max(rights), max(tops))
        found.append(Rectangle(page, *(edge / _UNITS for edge in edges)))
    return tuple(found)


def on_page(packed: bytes, page: int, length: int) -> list[Box]:
    """Return the boxes on a page, in the order of the text.

    Args:
        packed: the boxes of a text, as `pack` returns them.
        page: number of the page, from 1.
        length: length of the text, in code points.
    """
    if not packed:
        return []
    numbers = unpack(packed, length)
    found = numbers[numbers[:, 3] == page].tolist()
    return [Box(*each[:4], *(edge / _UNITS for edge in each[4:])) for each in found]
