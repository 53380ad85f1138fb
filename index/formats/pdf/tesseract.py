"""The program Tesseract, and the lines that it recognises in a picture."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import numpy as np

from index.formats.normal import normalised
from index.formats.pdf.tilt import Picture
from index.formats.scans import program

_LONGEST = 120
"""Seconds that recognising one picture may take. A page takes one or two."""

_TILES = 8
"""Parts across and down in which the light on the paper is measured."""

_UNEVEN = 50
"""Smallest difference, of 255, between the lightest and the darkest paper from which one threshold does not do."""

_SAUVOLA = 2
"""Tesseract's number for a threshold that follows the light. One for all of the picture reads specks better."""

_ENGLISH = "eng"

_MOST_OTHERS = 4
"""Other languages that are read beside English at most. Each takes a tenth more time, and some accuracy."""

_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})


class Unrecognised(Exception):
    """Tesseract recognised nothing in a picture, because it failed. The message is the cause."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A word. Lengths are in pixels from the upper left corner.

    Attributes:
        text: its characters.
        left: its left edge.
        top: its upper edge.
        right: its right edge.
        bottom: its lower edge.
        sureness: how sure Tesseract is of it, of 100.
    """

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sureness: int


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line of words, in the order of reading. Lengths are in pixels from the upper left corner.

    Attributes:
        words: its words, at least one.
        left: its left edge.
        right: its right edge.
        baseline: the height of its baseline at its left edge.
        slope: how far the baseline falls with each pixel to the right.
        size: its height from ascenders to descenders.
        descent: its depth below the baseline.
        turn: the direction in which it is written, in degrees anticlockwise: 0, 90, 180 or 270.
    """

    words: tuple[Recognised, ...]
    left: int
    right: int
    baseline: float
    slope: float
    size: float
    descent: float
    turn: int


def recognised_lines(picture: Picture, resolution: int) -> list[RecognisedLine]:
    """Return the lines in a picture, in the order of reading.

    Args:
        picture: the picture.
        resolution: its pixels in an inch.

    Raises:
        Unrecognised: Tesseract is missing, fails, takes too long, or its output cannot be read.
    """
    height, width = picture.shape
    data = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    named = program() or "tesseract"
    options = ["--dpi", str(resolution), "--psm", "1", "-c", "tessedit_create_hocr=1"]
    if _is_unevenly_lit(picture):
        options += ["-c", f"thresholding_method={_SAUVOLA}"]
    try:
        command = [named, "-", "-", "-l", "+".join(_languages(named)), *options]
        done = _run(command, data)
        return list(_lines(ElementTree.fromstring(done.stdout)))
    except subprocess.TimeoutExpired as error:
        raise Unrecognised(f"it takes longer than {_LONGEST} s") from error
    except subprocess.CalledProcessError as error:
        raise Unrecognised(_said(error)) from error
    except OSError as error:
        raise Unrecognised(f"it cannot be started: {error.strerror}") from error
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Unrecognised("its output is not hOCR") from error


def _run(command: Sequence[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program on one thread. Several of its threads wait for each other, and take four times as long."""
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=data, capture_output=True, timeout=_LONGEST, check=True, env=alone)


@cache
def _languages(named: str) -> tuple[str, ...]:
    """Return the languages that the program can read, English first; English alone if they are too many."""
    told = _run([named, "--list-langs"]).stdout.decode("utf-8", "replace").splitlines()[1:]
    others = sorted(each for each in told if each.isalpha() and each not in {_ENGLISH, "osd", "equ"})
    english = (_ENGLISH,) if _ENGLISH in told or not others else ()
    return (*english, *others) if len(others) <= _MOST_OTHERS else (english or tuple(others[:1]))


def _said(error: subprocess.CalledProcessError) -> str:
    """Return what Tesseract said as it failed, on one line."""
    said = " ".join(error.stderr.decode("utf-8", "replace").split())
    return normalised(said)[:200] or f"it ended with code {error.returncode}"


def _is_unevenly_lit(picture: Picture) -> bool:
    """Return whether the paper is much lighter at one place than at another, as in a photograph of a page."""
    rows = (part for part in np.array_split(picture[::4, ::4], _TILES))
    paper = [np.percentile(tile, 80) for row in rows for tile in np.array_split(row, _TILES, axis=1) if tile.size]
    lightest, darkest = np.percentile(paper, (95, 5)) if paper else (0.0, 0.0)
    return bool(lightest - darkest >= _UNEVEN)


def _lines(output: ElementTree.Element) -> Iterator[RecognisedLine]:
    """Yield the lines of Tesseract's output.

    Source: https://kba.github.io/hocr-spec/1.2/
    """
    for span in output.iter():
        if span.get("class") in _LINES and (words := tuple(_words(span))):
            said = _properties(span)
            left, _, right, bottom = map(int, said["bbox"])
            slope, rise = map(float, said.get("baseline", ("0", "0")))
            size, descent = float(said["x_size"][0]), float(said["x_descenders"][0])
            turn = round(float(said.get("textangle", ["0"])[0])) % 360
            yield RecognisedLine(words, left, right, bottom + rise, slope, size, descent, turn)


def _words(line: ElementTree.Element) -> Iterator[Recognised]:
    for span in line.iter():
        text = "".join(normalised("".join(span.itertext())).split())
        if span.get("class") == "ocrx_word" and text:
            said = _properties(span)
            left, top, right, bottom = map(int, said["bbox"])
            yield Recognised(text, left, top, right, bottom, round(float(said["x_wconf"][0])))


def _properties(span: ElementTree.Element) -> Mapping[str, list[str]]:
    """Return the properties in a title such as `bbox 12 30 80 45; x_wconf 93`."""
    parts = (part.split() for part in span.get("title", "").split(";"))
    return {name: values for name, *values in filter(None, parts)}
