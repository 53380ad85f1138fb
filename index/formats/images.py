"""Pictures of pages (.png, .jpg, .tiff and others), which are read as a PDF of scanned pages."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from index.formats.content import Content, NoContent, Told
from index.formats.pdf import read_pdf
from index.formats.scans import Scanned

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")

_WEBP = (b"RIFF", b"WEBP")
"""The first and the third four bytes of a WebP."""

_LONG = 11.7
"""Length of the longer side, in inches, of a picture that does not state its resolution: that of A4."""

_STATED = range(100, 1201)
"""Pixels in an inch that are believed. Cameras state 72, and mean nothing."""

_MOST = 500
"""Pictures in a file at most. A film has more."""


def is_image(data: bytes) -> bool:
    """Return whether `data` is a picture in a known format."""
    return data.startswith(_SIGNATURES) or (data[:4], data[8:12]) == _WEBP


def read_image(data: bytes, *, ocr: bool = False, told: Told | None = None) -> Content:
    """Return the text that is recognised in a picture, or in each of several, with pages as places.

    Args:
        data: the file.
        ocr: whether its text is recognised, by the program Tesseract. Otherwise nothing can be read.
        told: as for `index.formats.read.read`.

    Raises:
        NoContent: the file is damaged, or has no text.
    """
    if not ocr:
        raise Scanned(ocr=False, what="an image")
    try:
        content = read_pdf(as_pdf(data), ocr=True, told=told)
    except Scanned as error:
        raise Scanned(ocr=True, what="an image", trouble=error.trouble) from error
    return replace(content, facts=())  # those of the PDF, which is new


def as_pdf(data: bytes) -> bytes:
    """Return a PDF with a page for each picture in a file.

    Raises:
        NoContent: the file is damaged, or its pictures are too large or too many.
    """
    from PIL import Image, UnidentifiedImageError

    file = BytesIO()
    try:
        with Image.open(BytesIO(data)) as opened:
            if getattr(opened, "n_frames", 1) > _MOST:
                raise NoContent(f"holds more than {_MOST} pictures; split it")
            first, *others = _pictures(opened)
        first.save(file, "PDF", save_all=True, append_images=others, resolution=first.info["resolution"], quality=90)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise NoContent("is an image that is damaged, or too large; get or make it again") from error
    return file.getvalue()


def _pictures(opened: "Image") -> Iterator["Image"]:
    """Yield the pictures in a file, as they are shown, each with its resolution."""
    from PIL import ImageOps, ImageSequence

    for frame in ImageSequence.Iterator(opened):
        picture = ImageOps.exif_transpose(frame)
        if picture.mode == "1":
            picture = picture.convert("L")
        if picture.mode not in {"L", "RGB"}:
            flat = picture.convert("RGBA")
            picture = flat.convert("RGB")
            picture.paste((255, 255, 255), mask=flat.getchannel("A").point(lambda alpha: 255 - alpha))
        stated = round(float(frame.info.get("dpi", (0, 0))[0]))
        picture.info["resolution"] = stated if stated in _STATED else max(picture.size) / _LONG
        yield picture
