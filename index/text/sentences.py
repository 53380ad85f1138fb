"""Splits text into sentences. This is the only module that imports sentencex."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from sentencex import get_sentence_boundaries

from index.document import Span

LONGEST_SENTENCE = 480
"""Longest sentence, in code points. A longer one is cut, so that two fit the encoder's 256 tokens."""

LONGEST_WITH_SIGNS = 600
"""Longest sentence, in code points, including neighbouring signs without words, such as a line of stars."""

_SEGMENTED = 2_000
"""Code points given to the segmenter at once. For some texts its time grows faster than their length."""

_PIECE = re.compile(rf"\S(?:.{{0,{LONGEST_SENTENCE - 2}}}\S)?(?=\s|\Z)|\S{{{LONGEST_SENTENCE}}}", re.DOTALL)
"""The longest run of whole words that is short enough, or the first part of a single word that is too long."""

_NEAR = 16
"""Code points around a full stop that decide whether it ends a sentence."""

_BEGINS = re.compile(
    r"(?:The|A|An|He|She|It|They|We|I|You|In|On|At|But|And|So|This|That|These|Those|There|His|Her|Its|Their|When|While"
    r"|After|Before|However|If|As|For|From|By|Cllr|Councillor|Mr|Mrs|Ms|Dr|Prof|Sir|Nobody|No|All|Both)\b"
)
"""A word that begins a sentence rather than continuing a name."""

_ENDS = r"\b(?:Ltd|Inc|Corp|Co|LLC|plc|PLC|Bros|Jr|Sr|Ave|Blvd|Rd|St|etc|[ap]\.m)\."
_MISSED = re.compile(rf"{_ENDS}\s+(?={_BEGINS.pattern})|(?:(?<=[.!?:*_]\s)|\A)No\.\s+(?=[A-Z*_])")
"""An abbreviation at the end of a sentence, or a "No." that is one, which the segmenter does not see as an end."""

_LEADS_TO_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Cllr|Cllrs|Rev|Revd|Fr|Hon|Gov|Sen|Rep|Pres|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl|Pvt"
    r"|Insp|Supt|St|Ste|Mt|Messrs|Mme|Mlle)\.$"
)
_LEADS_TO_NUMBER = re.compile(
    r"\b(?:No|Nos|Nr|Art|Arts|Sec|Secs|Sect|Vol|Vols|Fig|Figs|Tab|Eq|Eqs|Ch|Chap|App|Para|Paras|Cl|Reg|Sch|Pt|p|pp|par"
    r"|ed|c|v|Ref|Tel|Ext|ext|tel|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat"
    r"|Sun)\.$"
)
_LEADS_ALWAYS = re.compile(r"\b(?:e\.g|i\.e|cf|vs|viz|approx|ca|incl|excl|esp)\.$", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d|[IVXLC]+\b)")
_LONGEST_NUMBER = 40
_CLOSES_EMPHASIS = re.compile(r"(?<=[.!?…])[*_]{1,3}(?=\s|\Z)")
_KEPT, _LONGEST_KEPT = 64, 25_000
"""Texts whose sentences are kept, and code points of the longest of them."""

_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,5})[.)]")


def sentences(text: str, breaks: Sequence[int] = ()) -> list[Span]:
    """Split `text` into sentences.

    Together the sentences contain every character that is not white space exactly once. A sentence longer than
    `LONGEST_SENTENCE` is cut at white space, or inside a word if it has none. A stray sign such as a full stop belongs
    to the sentence before it. Only a run of signs longer than `LONGEST_WITH_SIGNS` makes sentences without words.

    >>> [(sentence.start, sentence.end) for sentence in sentences("Dr. Ali left. He ran.")]
    [(0, 13), (14, 21)]

    Args:
        text: the text, in Unicode code points.
        breaks: ascending offsets into `text` that no sentence crosses, because a block ends there.

    Returns:
        The spans of the sentences, first to last, without the white space around them.
    """
    find = _sentences if len(text) > _LONGEST_KEPT else _kept_sentences
    return list(find(text, tuple(breaks)))


def _sentences(text: str, breaks: tuple[int, ...]) -> list[Span]:
    found: list[Span] = []
    last_has_words = False
    for start, end in pairwise([0, *breaks, len(text)]):
        block = _joined(text, _pieces(text, start, end))
        has_words = _has_words(text[start:end])
        if has_words and last_has_words:
            found += block
        else:
            found[-1:] = _joined(text, [*found[-1:], *block])
        last_has_words |= has_words
    return found


_kept_sentences = lru_cache(_KEPT)(_sentences)
"""The same, kept for texts as long as passages: all rules about one answer ask for the same sentences."""


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _joined(text: str, pieces: Iterable[Span]) -> list[Span]:
    """Return `pieces`, with those without words joined to a neighbour, up to `LONGEST_WITH_SIGNS`."""
    joined: list[Span] = []
    last_has_words = False
    for piece in pieces:
        has_words = _has_words(text[piece.start : piece.end])
        is_near = bool(joined) and piece.end - joined[-1].start <= LONGEST_WITH_SIGNS
        if is_near and not (has_words and last_has_words):
            joined[-1] = Span(joined[-1].start, piece.end)
            last_has_words |= has_words
        else:
            joined.append(piece)
            last_has_words = has_words
    return joined


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences from `start` to `end`, stripped. Cut those that are too long."""
    for first, last in pairwise(_bounds(text, start, end)):
        for match in _PIECE.finditer(text, first, last):
            yield Span(*match.span())


def _bounds(text: str, start: int, end: int) -> list[int]:
    """Return the offsets at which sentences begin, and `end`. Drop those that only follow an abbreviation."""
    found = {_behind_marks(text, begin, end) for begin in _begins(text, start, end)}
    found |= {match.end() for match in _MISSED.finditer(text, start, end)}
    bounds = [start]
    for bound in sorted(found):
        before, after = text[max(bounds[-1], bound - _NEAR) : bound].rstrip(), text[bound : bound + _NEAR]
        is_number = bound - start < _LONGEST_NUMBER and _LIST_NUMBER.fullmatch(text[start:bound].strip())
        if bound > bounds[-1] and not is_number and not _is_abbreviated(before, after):
            bounds.append(bound)
    return [*bounds, end]


def _behind_marks(text: str, begin: int, end: int) -> int:
    """Return `begin`, or the offset behind the marks at it that close emphasis of the sentence before: **So?** Yes."""
    closing = _CLOSES_EMPHASIS.match(text, begin, end)
    return closing.end() if closing else begin


def _begins(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets at which the segmenter begins sentences. Give it `_SEGMENTED` code points at a time.

    The next part begins with the last sentence of the part before, which may have been cut. If no sentence begins in
    the second half of a part, the next part begins at white space.
    """
    while start < end:
        part = text[start : min(start + _SEGMENTED, end)]
        if part.isspace():
            start += len(part)
            continue
        begins = [boundary["start_index"] for boundary in get_sentence_boundaries("en", part)]
        stop = len(part)
        if start + stop < end:
            cuts = (begins[-1], part.rfind(" "), part.rfind("\n"))
            stop = next((cut for cut in cuts if cut > _SEGMENTED // 2), stop)
        yield from (start + begin for begin in begins if begin < stop)
        start += stop


def _is_abbreviated(before: str, after: str) -> bool:
    """Return whether `before` ends with the full stop of an abbreviation, and `after` continues the sentence."""
    if _LEADS_ALWAYS.search(before):
        return True
    if _LEADS_TO_NAME.search(before):
        return after[:1].isupper() and not _BEGINS.match(after)
    return _LEADS_TO_NUMBER.search(before) is not None and _NUMBER.match(after) is not None
