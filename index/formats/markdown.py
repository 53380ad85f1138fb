"""Markdown: the source text, with a section for each heading."""

import re
from collections.abc import Iterator

from index.block import plain_blocks
from index.document import Place
from index.formats.content import Content, section

_LINE = re.compile(r"^.*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*\n")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SIGNS = re.compile(r" {0,3}#{1,6}(?=[ \t])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:[>|]|(?:[-+*]|\d{1,9}[.)])[ \t]|([-*_])(?:[ \t]*\1){2,}+[ \t]*$)")
"""The beginning of a line that an underline does not make a heading: blank, code, rule, quotation, table or list."""


def read_markdown(text: str) -> Content:
    """Return `text` unchanged, with a section for each heading as defined by CommonMark.

    Headings inside lists and quotations are ignored.
    """
    headings = [(start, heading) for start, heading in _headings(text) if heading]
    places = tuple(Place(start, section(heading)) for start, heading in headings)
    return Content(text, places, plain_blocks(text, frozenset(start for start, _ in headings)))


def _headings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the words of each heading."""
    front_matter = _FRONT_MATTER.match(text)
    fence, paragraph = "", None
    for line in _LINE.finditer(text, front_matter.end() if front_matter else 0):
        mark = _FENCE.match(line[0])
        if fence:
            if mark and mark[1].startswith(fence) and line[0].strip() == mark[1]:
                fence = ""
        elif mark:
            fence, paragraph = mark[1], None
        elif signs := _SIGNS.match(line[0]):
            yield line.start(), _without_closing_signs(line[0][signs.end() :].strip())
            paragraph = None
        elif paragraph and _UNDERLINE.match(line[0]):
            yield paragraph.start(), paragraph[0].strip()
            paragraph = None
        else:
            paragraph = None if _NO_PARAGRAPH.match(line[0]) else line


def _without_closing_signs(heading: str) -> str:
    words = heading.rstrip("#")
    return words.rstrip() if not words or words[-1].isspace() else heading
