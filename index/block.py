"""Blocks: the headings, paragraphs, list items and table rows that partition a text. Finds them in plain text."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Kind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    ROW = "table row"


class Role(StrEnum):
    """The role of a block: main text, or something set apart from it."""

    TEXT = ""
    NAVIGATION = "navigation"
    TEASER = "teaser"
    ADVERTISEMENT = "advertisement"
    COMMENT = "comment"
    NOTICE = "notice"
    ASIDE = "aside"
    HEADER = "page header"
    FOOTER = "page footer"
    QUOTED = "quoted message"


class Block(NamedTuple):
    """A heading, paragraph, list item or table row. It reaches to the next block.

    Attributes:
        start: offset of its first code point.
        kind: heading, paragraph, list item or table row.
        role: main text, or something set apart from it.
    """

    start: int
    kind: Kind = Kind.PARAGRAPH
    role: Role = Role.TEXT


_KINDS = dict(zip("hpir", Kind, strict=True))
_ROLES = dict(zip("_NTDCOAHFQ", Role, strict=True))
_KIND_LETTERS, _ROLE_LETTERS = ({value: key for key, value in names.items()} for names in (_KINDS, _ROLES))
_PACKED = re.compile(r"([hpir])([_NTDCOAHFQ])(\d+)")

_LONGEST_WRAPPED = 120
"""Longest line, in code points, of a paragraph that was wrapped at a fixed width."""

_SHORTEST_WRAPPED = 45
"""Smallest length, in code points, of the longest line of such a paragraph."""

_LONGEST_HEADING = 80
"""Longest line of plain text, in code points, that may be a heading."""

_SAMPLE = 2_000
"""Lines from which the width of wrapped lines is estimated."""

_SPLIT = 100_000
"""Code points that are split into lines at once."""

_NUMBER = re.compile(r"\(?\d{1,3}(?:(?:\.\d{1,3}){1,4}[.)]?|[.)])[ \t]+(?=\S)")
_BULLET = re.compile(r"(?:[-*+•‣◦▪·–—☐☑☒✓✗]|\(?[a-z]\)|\(?[ivx]{1,5}\))[ \t]+(?=\S)")
_LONGEST_LABEL = 46
_LABEL = re.compile(r"[*_]*[^\W\d_][\w .,'’&/()-]{0,40}:[*_]*[ \t]+\S")
_CONTINUING = re.compile(r"(?=[^\W\d_A-Z])[^\W\d_]++(?!\S*[@./_]\w)")
"""The beginning of a line that starts with a lower-case word and not with an address."""

_QUOTING = "> \t\r\f\v\xa0\u3000"
"""Characters that indent a line, or mark it as quoted in an e-mail."""

_SENTENCE_END = (".", "!", "?", ":", ";", "…")


class _Line(NamedTuple):
    """A line that contains words.

    Attributes:
        start: offset of its first word.
        words: the line without indentation and trailing white space.
        indent: indentation, in code points.
        is_row: whether it is a row of a table.
        is_plain: whether it is certainly not a row, and begins with no number, bullet or label.
    """

    start: int
    words: str
    indent: int
    is_row: bool
    is_plain: bool


def pack(blocks: Sequence[Block]) -> str:
    """Return `blocks` as a short text for storage.

    >>> pack([Block(0, Kind.HEADING), Block(12, Kind.PARAGRAPH, Role.COMMENT)])
    'h_0pC12'
    """
    return "".join(f"{_KIND_LETTERS[kind]}{_ROLE_LETTERS[role]}{start}" for start, kind, role in blocks)


def unpack(packed: str) -> tuple[Block, ...]:
    """Return the blocks from which `pack` made this text.

    Raises:
        ValueError: `packed` is not a result of `pack`.
    """
    if _PACKED.sub("", packed):
        raise ValueError(f"{packed[:20]!r} says nothing of blocks.")
    found = map(re.Match.groups, _PACKED.finditer(packed))
    return tuple(Block(int(start), _KINDS[kind], _ROLES[role]) for kind, role, start in found)


def breaks(blocks: Sequence[Block], start: int, end: int) -> tuple[int, ...]:
    """Return the offsets, relative to `start`, at which blocks begin after `start` and before `end`."""
    first = bisect_left(blocks, start + 1, key=lambda block: block.start)
    last = bisect_left(blocks, end, key=lambda block: block.start)
    return tuple(block.start - start for block in blocks[first:last])


def plain_blocks(text: str, headings: Set[int] = frozenset(), rows: Set[int] = frozenset()) -> tuple[Block, ...]:
    """Return the blocks of plain text.

    Blank lines separate blocks. The lines of a paragraph that was wrapped at a fixed width are one block. List items,
    table rows and lines that begin with a label are blocks of their own. So is any other line that had room for the
    first word of the next line.

    Args:
        text: a text with at least one word.
        headings: offsets of lines that are known to be headings.
        rows: offsets of lines that are known to be rows of tables. Lines with a tab, or a bar at the start, are too.
    """
    usual = _usual_width(text)
    blocks: list[Block] = []
    last = -1
    for lines in _groups(text, rows):
        found = list(_blocks_of(lines, usual, headings))
        blocks += found[1:] if lines[0].start == last else found
        last = lines[-1].start
    return (Block(0, *blocks[0][1:]), *blocks[1:]) if blocks else (Block(0),)


def _groups(text: str, rows: Set[int] = frozenset()) -> Iterator[list[_Line]]:
    """Yield groups of consecutive lines with words.

    A group of more than `_SAMPLE` lines is split. Each further group begins with the last line of the one before it.
    """
    group: list[_Line] = []
    start = 0
    for line in _lines(text):
        words = line.strip()
        indent = 0
        if words[:1] == ">" or line[:1].isspace():
            indent = len(line) - len(line.lstrip(_QUOTING))
            words = words.lstrip(_QUOTING)
        if words[:1].isalnum() or any(map(str.isalnum, words)):
            begins = words[:_LONGEST_LABEL]
            is_row = "\t" in words or words[0] == "|" or start in rows
            is_plain = not is_row and begins[0].isalpha() and ":" not in begins and ")" not in begins[:6]
            group.append(_Line(start + indent, words, indent, is_row, is_plain))
        elif group:
            yield group
            group = []
        if len(group) > _SAMPLE:
            yield group
            group = group[-1:]
        start += len(line) + 1
    if group:
        yield group


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of `text` without splitting all of it at once."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start + _SPLIT)
        end = len(text) if end < 0 else end
        yield from text[start:end].split("\n")
        start = end + 1


def _usual_width(text: str) -> int:
    """Return the 90th percentile of line lengths among the first lines that have a successor in their group."""
    lengths: list[int] = []
    for group in _groups(text):
        lengths += (line.indent + len(line.words) for line in group[:-1])
        if len(lengths) > _SAMPLE:
            break
    return sorted(lengths)[len(lengths) * 9 // 10] if lengths else 0


def _blocks_of(lines: Sequence[_Line], usual: int, headings: Set[int]) -> Iterator[Block]:
    """Yield the blocks of a group of lines without a blank line between them."""
    width = max(line.indent + len(line.words) for line in lines)
    limit = width if len(lines) > 3 else max(usual, width)
    if not _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED or not _is_wrapped(lines, limit):
        limit = 0
    last: _Line | None = None
    kind = Kind.PARAGRAPH
    for number, line in enumerate(lines):
        is_heading = line.start - line.indent in headings
        if not last or is_heading or kind == Kind.HEADING or not _goes_on(last, line, kind, limit):
            following = lines[number + 1] if number + 1 < len(lines) else None
            kind = Kind.HEADING if is_heading else _kind(line, last, following)
            yield Block(line.start, kind)
        last = line


def _is_wrapped(lines: Sequence[_Line], width: int) -> bool:
    """Return whether most lines had no room for the first word of the next, as in text wrapped at a width."""
    pairs = pairwise(lines)
    ends = [_is_full(line, following, width) for line, following in pairs if not _begins_item(following)]
    return bool(ends) and sum(ends) >= 0.75 * len(ends)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Return whether `line` had no room for the first word of the next one."""
    first = following.words.find(" ")
    return line.indent + len(line.words) + 1 + (first if first >= 0 else len(following.words)) > width


def _goes_on(last: _Line, line: _Line, kind: Kind, width: int) -> bool:
    """Return whether `line` belongs to the same block as `last`. `width` is 0 if the text is not wrapped."""
    words = line.words
    is_full = width > 0 and _is_full(last, line, width)
    if is_full and line.is_plain and last.is_plain:
        return True
    if line.is_row or last.is_row:
        return False
    has_ended = last.words.endswith(_SENTENCE_END)
    if _begins_item(line) and not (is_full and not has_ended and words[0].isdigit()):
        return False
    if ":" in words[:_LONGEST_LABEL] and _LABEL.match(words) and (not is_full or has_ended or _LABEL.match(last.words)):
        return False
    if kind == Kind.ITEM and line.indent > last.indent:
        return True
    return is_full or (words[0].islower() and _CONTINUING.match(words) is not None)


def _begins_item(line: _Line) -> bool:
    words = line.words
    if line.is_plain:
        return False
    if words[0].isalpha():
        return ")" in words[1:6] and _BULLET.match(words) is not None
    return (_NUMBER.match(words) or _BULLET.match(words)) is not None


def _kind(line: _Line, last: _Line | None, following: _Line | None) -> Kind:
    """Return the kind of the block that begins with `line`. Its neighbours are None if a blank line separates them."""
    if line.is_row:
        return Kind.ROW
    is_short = len(line.words) <= _LONGEST_HEADING and not line.words.endswith((*_SENTENCE_END, ","))
    is_listed = any(each and _NUMBER.match(each.words) for each in (last, following))
    has_more = following is not None and following.indent > line.indent
    if is_short and not is_listed and not has_more and _NUMBER.match(line.words):
        return Kind.HEADING
    if _begins_item(line):
        return Kind.ITEM
    stands_alone = last is None and following is None and not _LABEL.match(line.words)
    return Kind.HEADING if is_short and stands_alone and line.words[0].isupper() else Kind.PARAGRAPH
