"""Blocks: the headings, paragraphs, list items and table rows that partition a text, and how plain text shows them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    ROW = "table row"


class Role(StrEnum):
    """What a block is to the text: the text itself, or something set apart from it."""

    TEXT = ""
    NAVIGATION = "navigation"
    TEASER = "teaser"
    COMMENT = "comment"
    NOTICE = "notice"
    ASIDE = "aside"
    HEADER = "page header"
    FOOTER = "page footer"


class Block(NamedTuple):
    """A heading, paragraph, list item or row: the code point at which it begins; it reaches to the next block."""

    start: int
    kind: Kind = Kind.PARAGRAPH
    role: Role = Role.TEXT


_KINDS = dict(zip("hpir", Kind, strict=True))
_ROLES = dict(zip("_NTCOAHF", Role, strict=True))
_KIND_LETTERS, _ROLE_LETTERS = ({value: key for key, value in names.items()} for names in (_KINDS, _ROLES))
_PACKED = re.compile(r"([hpir])([_NTCOAHF])(\d+)")

LONGEST_WRAPPED = 120
"""Code points up to which a line may be one of several that a paragraph was broken into."""

SHORTEST_WRAPPED = 45
"""Code points that the longest line of such a paragraph has at least."""

LONGEST_HEADING = 80
"""Code points of a line of plain text that may be a heading."""

_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?[ \t]+(?=\S)")
_BULLET = re.compile(r"(?:[-*+•‣◦▪·–—☐☑☒✓✗]|\(?[a-z]\)|\(?[ivx]{1,5}\))[ \t]+(?=\S)")
_LABEL = re.compile(r"[*_]*[^\W\d_][\w .,'’&/()-]{0,40}:[*_]*[ \t]+\S")
_CONTINUING = re.compile(r"(?=[^\W\d_A-Z])[^\W\d_]+(?!\S*[@./_]\w)")
"""Begins a line with a small letter, and with no address."""

_QUOTING = re.compile(r"[>\s]*")
_SENTENCE_END = (".", "!", "?", ":", ";", "…")


class _Line(NamedTuple):
    """A line with words in it: where it begins, and what stands on it without indentation and the white space after."""

    start: int
    words: str
    indent: int


def pack(blocks: Sequence[Block]) -> str:
    """Return `blocks` as a short text, for storage.

    >>> pack([Block(0, Kind.HEADING), Block(12, Kind.PARAGRAPH, Role.COMMENT)])
    'h_0pC12'
    """
    return "".join(f"{_KIND_LETTERS[kind]}{_ROLE_LETTERS[role]}{start}" for start, kind, role in blocks)


def unpack(packed: str) -> tuple[Block, ...]:
    """Return the blocks of which `pack` made this text.

    Raises:
        ValueError: it made no such text.
    """
    if _PACKED.sub("", packed):
        raise ValueError(f"{packed[:20]!r} says nothing of blocks.")
    return tuple(Block(int(start), _KINDS[kind], _ROLES[role]) for kind, role, start in _PACKED.findall(packed))


def breaks(blocks: Sequence[Block], start: int, end: int) -> tuple[int, ...]:
    """Return where blocks begin behind `start` and before `end`, counted from `start`."""
    first = bisect_left(blocks, start + 1, key=lambda block: block.start)
    last = bisect_left(blocks, end, key=lambda block: block.start)
    return tuple(block.start - start for block in blocks[first:last])


def plain_blocks(text: str, headings: Set[int] = frozenset()) -> tuple[Block, ...]:
    """Return the blocks of plain text, which has at least one word.

    Blank lines part blocks. Lines that a paragraph was broken into at a width are one block; a list item, a table row,
    a line that begins with a label, and any other line that had room for the next one's first word, are each their own.

    Args:
        headings: offsets of lines that are known to be headings.
    """
    groups = list(_groups(text))
    usual = _usual_width(groups)
    blocks: list[Block] = []
    for lines in groups:
        blocks += _blocks_of(lines, usual, headings)
    return (Block(0, *blocks[0][1:]), *blocks[1:]) if blocks else (Block(0),)


def _groups(text: str) -> Iterator[list[_Line]]:
    """Yield the lines with words, those together between which no other line stands."""
    group: list[_Line] = []
    end = 0
    for line in re.finditer(r"[^\n]+", text):
        if not any(map(str.isalnum, line[0])):
            continue
        if group and line.start() > end + 1:
            yield group
            group = []
        indent = _QUOTING.match(line[0])
        indented = indent.end() if indent else 0
        group.append(_Line(line.start() + indented, line[0][indented:].rstrip(), indented))
        end = line.end()
    if group:
        yield group


def _usual_width(groups: Sequence[Sequence[_Line]]) -> int:
    """Return the length that nine of ten of the lines reach at most that another one follows."""
    lengths = sorted(line.indent + len(line.words) for group in groups for line in group[:-1])
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _blocks_of(lines: Sequence[_Line], usual: int, headings: Set[int]) -> Iterator[Block]:
    """Yield the blocks of lines between which no blank line stands."""
    width = max(line.indent + len(line.words) for line in lines)
    limit = width if len(lines) > 3 else max(usual, width)
    if not SHORTEST_WRAPPED <= width <= LONGEST_WRAPPED or not _is_wrapped(lines, limit):
        limit = 0
    last: _Line | None = None
    kind = Kind.PARAGRAPH
    for number, line in enumerate(lines):
        is_heading = line.start - line.indent in headings
        if not last or is_heading or kind == Kind.HEADING or not _goes_on(last, line, kind, limit):
            following = lines[number + 1] if number + 1 < len(lines) else None
            kind = Kind.HEADING if is_heading else _kind(line, number, following)
            yield Block(line.start, kind)
        last = line


def _is_wrapped(lines: Sequence[_Line], width: int) -> bool:
    """Return whether most of the lines had no room for the next one's first word, as where a text is broken."""
    ends = [_is_full(line, following, width) for line, following in pairwise(lines)]
    ends = [full for full, line in zip(ends, lines[1:], strict=True) if not _begins_item(line)]
    return bool(ends) and sum(ends) >= 0.75 * len(ends)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    return line.indent + len(line.words) + 1 + len(following.words.split(maxsplit=1)[0]) > width


def _goes_on(last: _Line, line: _Line, kind: Kind, width: int) -> bool:
    """Return whether `line` is of the same block as the one before it; `width` is 0 where lines are not broken."""
    if _is_row(line) or _is_row(last):
        return False
    is_full = width > 0 and _is_full(last, line, width)
    has_ended = last.words.endswith(_SENTENCE_END)
    if _BULLET.match(line.words) or (_NUMBER.match(line.words) and not (is_full and not has_ended)):
        return False
    if _LABEL.match(line.words) and (_LABEL.match(last.words) or not is_full or has_ended):
        return False
    if kind == Kind.ITEM and line.indent > last.indent:
        return True
    return is_full or _CONTINUING.match(line.words) is not None


def _is_row(line: _Line) -> bool:
    return "\t" in line.words or line.words.startswith("|")


def _begins_item(line: _Line) -> bool:
    return bool(_BULLET.match(line.words) or _NUMBER.match(line.words))


def _kind(line: _Line, number: int, following: _Line | None) -> Kind:
    """Return what the block is that begins with this line."""
    if _is_row(line):
        return Kind.ROW
    is_short = len(line.words) <= LONGEST_HEADING and not line.words.endswith((*_SENTENCE_END, ","))
    if is_short and _NUMBER.match(line.words) and not (following and _begins_item(following)):
        return Kind.HEADING
    if _begins_item(line):
        return Kind.ITEM
    stands_alone = number == 0 and following is None and not _LABEL.match(line.words)
    return Kind.HEADING if is_short and stands_alone and line.words[0].isupper() else Kind.PARAGRAPH
