"""Pictures of the pages of a PDF, or of a file of pictures."""

import struct
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pypdfium2

from index.errors import UnreadableFile
from index.formats.content import NoContent
from index.formats.images import as_pdf, is_image

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FIRST = b"%PDF-"

_MOST_PIXELS = 16_000_000
"""Pixels of a picture at most; a higher one has fewer pixels across than were asked for."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"

_COLOURS = {1: 0, 3: 2}
"""Number of channels of a picture → its type of colours in a PNG: greys, or red, green and blue."""

_EFFORT = 1
"""Effort of the compression, from 1 to 9. Pages are mostly white, and are sent to this machine only."""

Edges = Sequence[float]
"""The left, bottom, right and top edges of a part of a page, in points from its lower left corner as it is shown."""

Spot = tuple[Edges, Sequence[int]]
"""A part of a page, and its colour in a picture: red, green and blue, each from 0 to 255."""


class Drawing:
    """A PDF, or a file of pictures, whose pages are drawn.

    Args:
        data: the file.

    Raises:
        UnreadableFile: `data` is no PDF that can be opened.
    """

    def __init__(self, data: bytes) -> None:
        try:
            data = as_pdf(data) if is_image(data) else data
            self._document = pypdfium2.PdfDocument(data[max(0, data.find(_FIRST)) :])
        except (pypdfium2.PdfiumError, NoContent) as error:
            raise UnreadableFile("The file is no PDF, so it has no pages to show; read its text.") from error
        self._document.init_forms()

    def sizes(self) -> list[tuple[float, float]]:
        """Return the width and height of each page as it is shown, cropped and rotated, in points."""
        return [self._document.get_page_size(number) for number in range(len(self._document))]

    def png(self, number: int, width: int, part: Edges | None = None, spots: Sequence[Spot] = ()) -> bytes:
        """Return the picture of a page, with its annotations and what is filled into its form, as a PNG.

        Args:
            number: number of the page, from 1.
            width: pixels across; fewer if the picture would have more than `_MOST_PIXELS`.
            part: the part of the page to show; by default, all of it.
            spots: the parts to mark, each with its colour, in this order.

        Raises:
            UnreadableFile: there is no such page, or it is damaged.
        """
        try:
            page = self._document[number - 1] if number >= 1 else None
        except (IndexError, pypdfium2.PdfiumError):
            page = None
        if page is None:
            raise UnreadableFile(f"Page {number} cannot be shown; read its text.")
        whole = page.get_size()
        left, bottom, right, top = part or (0.0, 0.0, *whole)
        across, up = max(1.0, right - left), max(1.0, top - bottom)
        scale = min(width / across, (_MOST_PIXELS / (across * up)) ** 0.5)
        crop = (left, bottom, whole[0] - right, whole[1] - top)
        picture = page.render(scale=scale, crop=tuple(max(0.0, edge) for edge in crop), rev_byteorder=True)
        try:
            pixels = picture.to_numpy()
            for edges, colour in spots:
                _mark(pixels, [scale * (edge - (bottom, left)[n % 2 == 0]) for n, edge in enumerate(edges)], colour)
            return _png(pixels)
        finally:
            picture.close()
            page.close()


def _mark(pixels: "npt.NDArray[np.uint8]", edges: Sequence[float], colour: Sequence[int]) -> None:
    """Colour a part of a picture, `(height, width, 3)`, like a marker pen. Edges are in pixels from the lower left."""
    import numpy as np

    height, width = pixels.shape[:2]
    left, bottom, right, top = (round(edge) for edge in edges)
    rows = slice(max(0, height - top), max(0, height - bottom))
    columns = slice(max(0, left), max(0, min(width, right)))
    pixels[rows, columns] = np.minimum(pixels[rows, columns], np.array(colour, dtype=np.uint8))


def _png(pixels: "npt.NDArray[np.uint8]") -> bytes:
    """Return pixels, `(height, width, 3)`, as a PNG; in greys if it has no other colours.

    Source: https://www.w3.org/TR/png-3/
    """
    import numpy as np

    first = pixels[:, :, :1]
    if (pixels == first).all():
        pixels = first
    height, width, channels = pixels.shape
    rows = np.zeros((height, 1 + width * channels), dtype=np.uint8)  # each row is stored behind its filter: 0, none
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOURS[channels], 0, 0, 0)
    content = zlib.compress(rows.tobytes(), _EFFORT)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
