"""What a reader makes of a file: a text, normalised once, and the places in it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.block import Block, Kind, Role, plain_blocks
from index.document import Fact, Place

LONGEST_LABEL = 100
"""Code points after which a heading is cut where it names a place."""

_STRENGTHS = {"": 0, " ": 1, "\t": 2, "\n": 3, "\n\n": 4}
"""What may stand between two pieces of text; the strongest that was asked for does."""

_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdf9\ufe70-\ufefc]+")
"""Ligatures, and letters in the form they take in one position: two spellings of a word that looks the same."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
"""Invisible characters that would split a word: controls, soft hyphens, zero-width spaces, noncharacters."""

_END = 12
"""Code points before a raised number that say what it is."""

_RAISED = str.maketrans("0123456789+-−–abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

_NUMBER_OR_MARK = re.compile(r"[-+−–]?\d+(?:\s*[,;–-]\s*\d+)*|\d*[-+−–]|[a-z]")

_BASE = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])[B-HJ-Zb-z]|\b[mM]c)$")
"""What a raised number is the exponent of: ten, or a letter, as in R²."""

_UNIT = re.compile(
    r"(?:^|\d\s?|/|·|per |square )(?:[cdhkmnpµμ]?m|ft|yd|mi|in|inch|inches|feet|miles|met(?:re|er)s|s|sec)\.?$"
)
"""What is squared or cubed."""


_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
"""What may be a run of marks on one letter, longer than Unicode has it where texts are to be composed step by step."""

_JOINER = "\u034f"
"""Shows nothing, and ends a run of marks (UAX 15, Stream-Safe Text Process)."""


class NoContent(Exception):
    """A file that cannot be read; the message goes on from its name: "is encrypted; save it without a password"."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a document is made of, as `Document` describes it; without blocks, they are those of plain text."""

    text: str
    places: tuple[Place, ...] = ()
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    unread: tuple[str, ...] = ()

    def begun_by(self, label: str) -> "Content":
        """Return the same with a place called `label` for what stands before the first of its places."""
        if not self.text or (self.places and self.places[0].start == 0):
            return self
        return replace(self, places=(Place(0, label), *self.places))


class Composer:
    """Composes a content from front to back: pieces of text, gaps, blocks, and sections by their headings."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        self._places: list[Place] = []
        self._blocks: list[Block] = []
        self._begun: tuple[Kind, Role] | None = Kind.PARAGRAPH, Role.TEXT
        self._has_words = True  # whether the last block has any

    def gap(self, gap: str) -> None:
        """Ask for at least `gap` before the next piece; the text begins and ends without one."""
        if _STRENGTHS[gap] > _STRENGTHS[self._gap]:
            self._gap = gap

    def cell(self) -> None:
        """Ask for a tab before the next piece, whatever was asked for."""
        self._gap = "\t"

    def block(self, kind: Kind, role: Role = Role.TEXT) -> None:
        """Let a block begin with the next piece. One without words is joined with the next."""
        self._begun = kind, role

    def write(self, piece: str) -> int:
        """Append `piece`, which is not empty, and return the offset at which it begins."""
        if self._length:
            self._append(self._gap)
        self._gap = ""
        start = self._length
        if self._begun:
            if not self._has_words:
                start, *_ = self._blocks.pop()
            self._blocks.append(Block(start, *self._begun))
            self._begun, self._has_words = None, False
        self._has_words = self._has_words or any(map(str.isalnum, piece))
        self._append(piece)
        return self._length - len(piece)

    def end(self) -> str:
        """Return the last code points of the line that the next piece goes on with; "" where it begins a line."""
        if self._begun or "\n" in self._gap or not self._pieces:
            return ""
        return "".join(piece[-_END:] for piece in self._pieces[-3:]) + self._gap

    def section(self, start: int, heading: str) -> None:
        """Let a section begin at `start`, unless one does."""
        if not self._places or start > self._places[-1].start:
            self._places.append(Place(start, section(heading)))

    def include(self, content: Content) -> None:
        """Append a content with its places and blocks."""
        self._begun = None
        start = self.write(content.text)
        self._places += (Place(start + place.start, place.label) for place in content.places)
        blocks = content.blocks or plain_blocks(content.text)
        self._blocks += (block._replace(start=start + block.start) for block in blocks)
        self._has_words = True

    def content(self) -> Content:
        """Return what was composed."""
        text = "".join(self._pieces)
        if not self._has_words and len(self._blocks) > 1:
            self._blocks.pop()
        return Content(text, tuple(self._places), tuple(_in_lines(text, self._blocks)))

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _in_lines(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, those of several lines cut as `plain_blocks` does."""
    for block, following in pairwise([*blocks, Block(len(text))]):
        yield block
        lines = text[block.start : following.start].strip()
        if "\n" in lines and block.kind != Kind.ROW:
            for line in plain_blocks(lines)[1:]:
                yield block._replace(start=block.start + line.start)


def section(heading: str) -> str:
    """Return what to call the section under `heading`, on one line and not too long."""
    words = " ".join(heading.split())
    return f"section “{words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + '…'}”"


def raised(text: str, before: str, *, is_note: bool = False) -> str:
    """Return what to write for `text` that stands raised behind `before`, so that it is not read as more of it.

    A number becomes superscript. That of a note has a space before it; an exponent has none. Other letters go on.

    Args:
        before: what stands on the line before it; its end is enough.
        is_note: whether it is known to be the mark of a note, as where it is a link to one.

    >>> "10" + raised("6", "10"), "48" + raised("2", "48"), "1" + raised("st", "1")
    ('10⁶', '48 ²', '1st')
    """
    end = before[-_END:]
    if not _NUMBER_OR_MARK.fullmatch(text):
        return text
    if not end or end[-1].isspace():
        return text.translate(_RAISED)
    if text == "o" and not is_note:  # No, 1o, 12o
        return "º"
    is_signed = not (text[0].isalnum() and text[-1].isalnum())
    is_power = is_signed or (text in {"2", "3"} and _UNIT.search(end)) or (text.isalnum() and _BASE.search(end))
    is_mark = is_note or not is_power
    return (" " if is_mark else "") + text.translate(_RAISED)


def lowered(text: str, before: str) -> str:
    """Return what to write for `text` that stands lowered behind `before`: in low digits where that ends with a digit.

    >>> "CO" + lowered("2", "CO"), "10" + lowered("2", "10")
    ('CO2', '10₂')
    """
    return text.translate(_LOWERED) if before[-1:].isdigit() else text


def normalised(text: str) -> str:
    r"""Return `text` as it is stored: line ends as `\n`, composed characters (NFC), no ligatures, nothing unseen.

    >>> normalised("o\ufb03ce,\r\nsoft\xadly")
    'office,\nsoftly'
    """
    if text.isascii() and text.isprintable():  # most pieces of most pages
        return text
    text = _MARKS.sub(_with_joiners, with_line_feeds(text))
    plain = _FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms[0]), text)
    return _UNSEEN.sub("", unicodedata.normalize("NFC", plain))


def _with_joiners(run: re.Match[str]) -> str:
    """Return the run with a joiner behind every 30th mark on one letter: their order takes the square of their number.

    Source: https://unicode.org/reports/tr15/#Stream_Safe_Text_Format
    """
    pieces, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > 30:
            pieces.append(_JOINER)
            marks = 1
        pieces.append(character)
    return "".join(pieces)


def with_line_feeds(text: str) -> str:
    r"""Return `text` with `\n` for each of its line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
