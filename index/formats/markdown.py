"""Markdown: the source text without what is struck or commented out, with a section for each heading."""

import re
from collections.abc import Iterator, Sequence

from index.block import plain_blocks
from index.document import Fact, Place
from index.formats.aligned import aligned_rows
from index.formats.content import Content, section
from index.formats.delimiters import markdown_emphasis, without_signs
from index.formats.facts import facts, first_of_each
from index.formats.front_matter import front_matter
from index.formats.pandoc_tables import with_whole_rows
from index.formats.plain import plain_tables
from index.formats.raised import lowered, raised

_LINE = re.compile(r"^.*$", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SIGNS = re.compile(r" {0,3}#{1,6}(?=[ \t])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_ROW = re.compile(r"\n(?=.*[^\s|]).*\|.*")
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:[>|]|(?:[-+*]|\d{1,9}[.)])[ \t]|([-*_])(?:[ \t]*\1){2,}+[ \t]*$)")
"""The beginning of a line that an underline does not make a heading: blank, code, rule, quotation, table or list."""

_UNSEEN = re.compile(
    r"""
    (?P<code>^[ ]{0,3}(?P<fence>`{3,}|~{3,}).*?(?:^[ ]{0,3}(?P=fence)|\Z)|(?P<ticks>`{1,3})[^`\n]+(?P=ticks))
    |^[ ]{0,3}<!--.*?(?:-->|\Z)|[ ]?<!--(?:(?!<!--|-->)[^\n]|\n(?![ \t]*\n))*-->
    |[ ]?\{:?[ ]?[.\#][^{}\n]{1,200}\}[ \t]*$|(?<=[\])`])\{:?[ ]?[.\#][^{}\n]{1,200}\}
    |^[ ]{0,3}\[(?://|\#|comment)\]:[ ](?:\#|<>)[^\n]*
    |[ ]?(?<![\\~])~~(?=[^~\s])[^~\n]+(?:\n(?!\s*\n)[^~\n]+)*~~(?!~)
    |[ ]?<(?P<tag>del|s|strike)(?:\s[^<>]*)?>(?:(?!</?(?P=tag)\b|\n[ \t]*\n).){0,2000}</(?P=tag)\s*>
    |[ ]?<(?P<hidden>\w{1,20})(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*?
     \s(?:hidden(?=[\s>=])|style\s*=\s*["'][^"'<>]*\bdisplay\s*:\s*none\b)[^<>]*>
     (?:(?!</?(?P=hidden)\b).){0,5000}</(?P=hidden)\s*>
    |<(?P<moved>sup|sub)>(?P<words>[^<>\n]{1,40})</(?P=moved)>|(?<=[\w)])\^(?P<power>[^\s^]{1,10})\^(?!\w*\^)
    """,
    re.MULTILINE | re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""Code, which is seen as it is typed; what a reader of the page does not see or sees struck through; attributes;
raised text."""


def read_markdown(text: str) -> Content:
    """Return what is to be read of `text`, with a section for each heading as defined by CommonMark, and its tables.

    Comments, struck words and hidden elements are left out, and their line ends kept. Raised text is written as in
    other formats. Headings inside lists and quotations are ignored.
    Rows need no bars at their ends, as in GitHub's Markdown. The title is that of the front matter, or the heading with
    which the text begins.
    """
    text = with_whole_rows(_UNSEEN.sub(_seen, text))
    headings = [(start, without_signs(heading)) for start, heading in _headings(text) if heading]
    places = tuple(Place(start, section(heading)) for start, heading in headings)
    rows = frozenset(_rows(text)) | aligned_rows(text, is_ruled=True)
    blocks = plain_blocks(text, frozenset(start for start, _ in headings), rows)
    emphasis = markdown_emphasis(_without_code(text), [block.start for block in blocks])
    tables = plain_tables(text, blocks)
    return Content(text, places, blocks, _facts(text, headings), tables=tables, emphasis=emphasis)


def _seen(found: re.Match[str]) -> str:
    """Return code as it is, raised text as such, and of the rest the line ends, or a space that parts two words."""
    if found["code"]:
        return found[0]
    if moved := found["words"] or found["power"]:
        line = found.string[max(0, found.start() - 20) : found.start()].rpartition("\n")[2]
        return lowered(moved, line) if (found["moved"] or "").lower() == "sub" else raised(moved, line)
    parts_words = found[0][0] == " " and found.string[found.end() : found.end() + 1].isalnum()
    return "\n" * found[0].count("\n") or " " * parts_words


def _without_code(text: str) -> str:
    """Return the text with spaces in the place of its front matter and its code."""
    end = front_matter(text)[0]
    masked = _UNSEEN.sub(lambda found: " " * len(found[0]) if found["code"] else found[0], text[end:])
    return " " * end + masked


def _facts(text: str, headings: Sequence[tuple[int, str]]) -> tuple[Fact, ...]:
    end, said = front_matter(text)
    title = next((heading for start, heading in headings[:1] if not text[end:start].strip()), "")
    return first_of_each([*facts("the front matter", **said), *facts("the first heading", title=title)])


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
    fence, paragraph = "", None
    for line in _LINE.finditer(text, front_matter(text)[0]):
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
