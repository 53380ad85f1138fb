"""Joins the lines of a paragraph, and restores words that were hyphenated at the end of a line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter

from index.formats.pdf.word import SOFT_HYPHEN, Word, has_space
from index.formats.raised import lowered, raised
from index.text.vocabulary import is_common, is_word

_SPACED, _SHIFT = attrgetter("spaced"), attrgetter("shift")

_HYPHENS = ("-", "\u2010", "\u2011", SOFT_HYPHEN)
_WORDS = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_LAST = re.compile(r"[^\W_]+\Z")
_FIRST = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
_CUTS = tuple("/._=&?#%~-")
"""Characters after which an address is broken."""

_AMOUNT = re.compile(r"\d+ (?:hundred|thousand|million|billion|trillion|per ?cent|percent)\b|\d+ ?%")

_AFFIXES = frozenset(
    """able al bi con de di dis ed en er es est fore ful hood im ing inter ion ir ish ism ist ity ive less ly man men
    ment micro mini mis mono ness ous out over per poly pre pro re ship sub super tele tion trans tri ultra un under
    uni ward wards wise""".split()
)
"""Affixes, which form one word with the part beside them and take no hyphen."""

_PARTICLES = frozenset({"at", "by", "in", "of", "on", "to", "up"})
"""Words of two letters that a hyphen may join to the word before."""

_TAIL = 300
"""Code points at the end of a line that are examined."""


class Joiner:
    """Joins lines. Its best evidence for or against a hyphen is the spelling of the word elsewhere in the document.

    Args:
        lines: all lines of the document. They are read once, when the first word is broken at a hyphen.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines

    @cached_property
    def _written(self) -> Counter[str]:
        """How often each word is written, in small letters."""
        written: Counter[str] = Counter()
        for word, times in Counter(chain.from_iterable(map(_WORDS.findall, self._lines))).items():
            written[word.lower()] += times
        return written

    def pieces(self, lines: Iterable[str]) -> list[str]:
        """Return a piece of text for each line. Together the pieces form one line.

        >>> Joiner([]).pieces(["re-elected in Octo-", "ber for a two-", "year term"])
        ['re-elected in Octo', 'ber for a two-', 'year term']
        """
        pieces: list[str] = []
        for line in lines:
            if pieces:
                kept, gap = self._join(pieces[-1], line)
                pieces[-1] = pieces[-1][:kept] + gap
            pieces.append(line)
        pieces[-1] = pieces[-1].rstrip(SOFT_HYPHEN)
        return pieces

    def _join(self, text: str, line: str) -> tuple[int, str]:
        """Return how many characters of `text` to keep before `line`, and the separator between the two."""
        tail = text[-_TAIL:]
        if tail.endswith(_HYPHENS) and (last := _LAST.search(tail[:-1])) and (first := _FIRST.match(line)):
            is_whole = tail[-1] == SOFT_HYPHEN or (
                not _is_cut_address(tail) and self._is_one_word(last[0], first[0], tail[: last.start()])
            )
            return len(text) - is_whole, ""
        is_cut = tail.endswith(("\u2013", "/")) and tail[-2:-1].isdigit() and line[0].isdigit()
        if is_cut or is_cut_number(tail, line) or _is_cut_address(tail):
            return len(text), ""
        return len(text.rstrip(SOFT_HYPHEN)), " "

    def _is_one_word(self, last: str, first: str, before: str) -> bool:
        """Return whether a word broken at a hyphen is written without the hyphen elsewhere.

        Args:
            last: the part before the hyphen.
            first: the part after it.
            before: the text before `last` on the same line.
        """
        written, with_hyphen = (self._written[f"{last}{hyphen}{first}".lower()] for hyphen in ("", "-"))
        if written or with_hyphen:
            return written >= with_hyphen
        is_name = not first[0].islower() or not last.isalpha()  # Anne-Marie, COVID-19
        if is_name or len(last) == 1 or before.endswith(_HYPHENS) or "-" in first:  # e-mail, state-of-the-art
            return False
        if is_word(last + first) or {last.lower(), first} & _AFFIXES:
            return True
        return not (is_common(last) and is_common(first) and (len(first) > 2 or first in _PARTICLES))


def _is_cut_address(text: str) -> bool:
    """Return whether the end of a line breaks an address."""
    return text.endswith(_CUTS) and _ADDRESS.search(text) is not None


def line_text(line: Sequence[Word]) -> str:
    """Return the text of a line, with superscript and subscript characters for raised and lowered numbers."""
    return "".join(word_pieces(line))


def word_pieces(line: Sequence[Word]) -> list[str]:
    """Return the text of each word of a line, after the space before it."""
    if all(map(_SPACED, line[1:])) and not any(map(_SHIFT, line)):  # most lines
        pieces = [" " + word.text for word in line]
        pieces[0] = line[0].text
    else:
        pieces = _pieces_by_gaps(line)
    if SOFT_HYPHEN in "".join(pieces):
        *first, last = pieces
        return [*(piece.replace(SOFT_HYPHEN, "") for piece in first), last[:-1].replace(SOFT_HYPHEN, "") + last[-1:]]
    return pieces


def _pieces_by_gaps(line: Sequence[Word]) -> list[str]:
    pieces: list[str] = []
    before: Word | None = None
    for word in line:
        piece = word.text
        is_spaced = before and (word.spaced or has_space(before, word) or (before.shift > 0 and before is line[0]))
        if word.shift:
            text = "".join(pieces[-_TAIL:])[-_TAIL:] + " " * bool(is_spaced)
            piece = raised(piece, text) if word.shift > 0 else lowered(piece, text)
        pieces.append(" " + piece if is_spaced else piece)
        before = word
    return pieces


def is_cut_number(text: str, line: str) -> bool:
    """Return whether the end of a line breaks a number at a comma or a decimal point."""
    if not text.endswith((",", ".")):
        return False
    text = text[-6:]
    if re.search(r"(?<![\d.,])\d{1,3},\Z", text):
        return bool(re.match(r"\d{3}(?!\d)", line))
    return bool(re.search(r"(?<![\d.,])\d{1,3}\.\Z", text) and _AMOUNT.match(line))
