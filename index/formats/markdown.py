"""Markdown: the source text, with a section for each heading."""

import re
from collections.abc import Iterator

from index.block import plain_blocks
from index.document import Place
from index.formats.content import Content, section
from index.formats.plain import plain_tables

_LINE = re.compile(r"^.*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*\n")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SIGNS = re.compile(r" {0,3}#{1,6}(?=[ \t])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_ROW = re.compile(r"\n(?=.*[^\s|]).*\|.*")
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:[>|]|(?:[-+*]|\d{1,9}[.)])[ \t]|([-*_])(?:[ \t]*\1){2,}+[ \t]*$)")
"""The beginning of a line that an underline does not make a heading: blank, code, rule, quotation, table or list."""


def read_markdown(text: str) -> Content:
    """Return `text` unchanged, with a section for each heading as defined by CommonMark, and its tables.

    Headings inside lists and quotations are ignored. Rows need no bars at their ends, as in GitHub's Markdown.
    """
    headings = [(start, heading) for start, heading in _headings(text) if heading]
    places = tuple(Place(start, section(heading)) for start, heading in headings)
    blocks = plain_blocks(text, frozenset(start for start, _ in headings), frozenset(_rows(text)))
    return Content(text, places, blocks, tables=plain_tables(text, blocks))


def _rows(text: str) -> Iterator[int]:
    """Yield the offsets of the rows of tables: the line above each rule with bars, and the lines below it."""
    for rule in _RULE.finditer(text):
        header = text.rfind("\n", 0, max(rule.start() - 1, 0)) + 1
        if "|" in text[header : rule.start()]:
            yield header
            row = _ROW.match(text, rule.end())
            while row:
                yield row.start() + 1
                row = _ROW.match(text, row.end())


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
