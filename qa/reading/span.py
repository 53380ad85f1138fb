"""From the reader's span to the quote: whole words, names, clauses and sentences, without stray punctuation."""

import re
from collections.abc import Sequence

from index.document import Span
from index.text.sentences import sentences
from qa.english.names import BEFORE_TITLES, PERSONAL_TITLES
from qa.english.numbers import NUMBERS
from qa.english.verbs import SAYING

_ASKS_FOR_CLAUSE = re.compile(rf"\W*(why\b|what (did|does|do|has|have|had)\b.*\b({'|'.join(SAYING)})\b)", re.IGNORECASE)

_ASKS_WHICH = re.compile(r"(?:\w+ )?(?:which|what) (?P<noun>[a-z]+)\b", re.IGNORECASE)
"""A question that names the thing it asks for."""

_CLAUSE_END = re.compile(r"[.;!?](?=\s|$|[\"”’)])|, |[:()\[\]—\n\r\t]| [-–] ")

_WORD_BEFORE, _WORD_AFTER = re.compile(r"(?<!\S)[^\W\d_](?:[\w'’-]*|\.) \Z"), re.compile(r" ([^\W\d_][\w'’-]*)")
"""A word, or an initial, on the same line as the name and one space away from it."""

_LONGEST_WORD = 40

_TITLE_FIRST = re.compile(rf"(?:{'|'.join(PERSONAL_TITLES)})\b")

_TITLE_LAST = re.compile(rf"(?<!\S)(?:{'|'.join((*PERSONAL_TITLES, *BEFORE_TITLES))})[ -]\Z")

_SIGNED = r"(?:\A|(?<=[\s(\[|])(?<!\d ))[-−–+±][£$€]?\d+(?:[.,]\d+)*"

_WHOLE = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.)[^\s<>\"“”()|]*[^\s<>\"“”()|.,;:!?'’]"  # a web address
    r"|\b[\w.+-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,100})+"  # an e-mail address
    r"|(?<!\S)(?:~?/|[A-Za-z]:[/\\])[\w.-]{1,100}(?:[/\\][\w.-]{1,100})*\b"  # the path of a file
    r"|\b\w[\w-]{0,100}(?:\.(?=[a-z0-9])[\w-]{1,100})+(?:/[^\s<>\"“”()|]*[^\s<>\"“”()|.,;:!?'’])?"  # a domain
    r"|\b\d+(?:[.,:]\d+)+"
    r"|\b[A-Z]{1,6}\d*(?:-\d+)+\b"  # a code, as of a report
    rf"|{_SIGNED}|(?:\A|(?<=[\t\n|])) ?\([£$€]?\d[\d.,]*\)(?= ?(?:[\t\n|]|\Z))"  # a negative number
)
"""Strings with punctuation that count as one word: addresses, file names, versions, numbers with their sign."""

_IS_SIGNED = re.compile(_SIGNED)

_NOTE_MARKS = re.compile(r"(?<=\S) [⁰¹²³⁴-⁹⁽⁾ᴬ-ᵂᵃ-ᶻˡʰʳˢ,* ]*[⁰¹²³⁴-⁹⁾ᴬ-ᵂᵃ-ᶻ]\Z")
"""Raised marks of notes behind a word. Exponents stand without a space."""

_OPENING, _CLOSING = "([{“‘«", ")]}”’»"

_STRAY_BEFORE, _STRAY_AFTER = _CLOSING + ",;:.!?–—", _OPENING + ",;:!?–—"


def quoted(question: str, text: str, span: Span) -> Span:
    """Return the part of `text` to quote as the answer to `question`, given the `span` that a reader found.

    Cut words and titles are completed. If the question asks for a reason or for what was said, the span grows to the
    end of its clause: a reader trained on short answers tends to stop early. White space and stray punctuation at the
    ends are left out, and a quotation that begins or ends in the span gets its other mark. A span of nothing else is
    returned as it is.
    """
    span = _with_title(text, whole_words(text, span))
    if _ASKS_FOR_CLAUSE.match(question):
        end = _CLAUSE_END.search(text, span.end)
        span = Span(span.start, end.start() if end else len(text))
    return _with_marks(text, trimmed(text, span))


def _with_marks(text: str, span: Span) -> Span:
    """Return `span` with the quotation mark right before or behind it, if its partner stands inside.

    >>> text = 'It is "big," he said.'
    >>> _with_marks(text, Span(7, 20)), _with_marks(text, Span(7, 10))
    (Span(start=6, end=20), Span(start=7, end=10))
    """
    start, end = span.start, span.end
    for opening, closing in ('""', "“”", "«»"):
        inside = text[start:end]
        if opening == closing and inside.count(opening) % 2 == 0:
            continue
        if closing in inside and opening not in inside.partition(closing)[0] and text[start - 1 : start] == opening:
            start -= 1
        elif opening in inside and closing not in inside.rpartition(opening)[2] and text[end : end + 1] == closing:
            end += 1
    return Span(start, end)


def with_noun(question: str, text: str, span: Span) -> Span:
    """Return `span`, if it is only the adjective of what `question` asks for, with the noun behind it.

    >>> with_noun("Which side was it on?", "It was on the wrong side.", Span(14, 19))
    Span(start=14, end=24)
    """
    asked = _ASKS_WHICH.match(question)
    behind = re.compile(rf" {asked['noun']}\b").match(text, span.end) if asked else None
    words = text[span.start : span.end]
    is_adjective = behind and re.fullmatch(r"[a-z]+", words) and words not in NUMBERS
    return Span(span.start, behind.end()) if behind and is_adjective else span


def whole_words(text: str, span: Span) -> Span:
    """Return `span` grown to whole words; an address counts as one word, and so does a number.

    >>> whole_words("a tenfold rise", Span(2, 5))
    Span(start=2, end=9)
    >>> whole_words("Write to ada.lind@harbour.example.", Span(9, 17))
    Span(start=9, end=33)
    """
    start, end = span.start, span.end
    for word in _WHOLE.finditer(text):
        if word.start() < end and start < word.end():
            start, end = min(start, word.start()), max(end, word.end())
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _with_title(text: str, span: Span) -> Span:
    """Return `span`, if it begins within a title of several words, grown to the title's first word.

    >>> text = "the Deputy Prime Minister Ann Lee"
    >>> _with_title(text, Span(17, 33)) == Span(4, 33), _with_title(text, Span(26, 33)) == Span(26, 33)
    (True, True)
    """
    start = span.start
    if _TITLE_FIRST.match(text, start):
        while word := _TITLE_LAST.search(text, max(0, start - _LONGEST_WORD), start):
            start = word.start()
    return Span(start, span.end)


def whole_name(text: str, span: Span) -> Span:
    """Return `span`, if it is capitalised throughout, grown over the capitalised words next to it.

    >>> text = "and Abdel Latif Hamouchi opened it"
    >>> whole_name(text, Span(10, 24)) == Span(4, 24)
    True
    """
    start, end = span.start, span.end
    if not all(word[0].isupper() for word in text[start:end].split()):
        return span
    while (word := _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)) and word[0][0].isupper():
        start = word.start()
    while text[end - 1].isalnum() and (word := _WORD_AFTER.match(text, end)) and word[1][0].isupper():
        end = word.end()
    return Span(start, end)


def sentences_around(text: str, span: Span, breaks: Sequence[int] = ()) -> Span:
    """Return the span of the sentence or sentences that contain `span`, which is more than white space.

    Args:
        text: the text of the sentences.
        span: offsets into `text`.
        breaks: ascending offsets into `text` at which blocks end; no sentence crosses them.

    >>> sentences_around("It rains. It pours. It stops.", Span(13, 18))
    Span(start=10, end=19)
    """
    found = sentences(text, breaks)
    around = [sentence for sentence in found if sentence.overlaps(span)]
    return Span(around[0].start, around[-1].end)


def with_stop(text: str, span: Span) -> Span:
    """Return `span` with the full stop behind it, and the quotation mark behind that, if there are any."""
    found = re.compile(r"[.!?][\"”’)]*").match(text, span.end)
    return Span(span.start, found.end()) if found else span


def trimmed(text: str, span: Span) -> Span:
    """Return `span` without white space, marks of notes, and punctuation at its ends that belongs to the text around.

    >>> text = 'the Untersee ("lower lake"), in the U.S. '
    >>> [text[s.start : s.end] for s in (trimmed(text, Span(15, 28)), trimmed(text, Span(32, 41)))]
    ['lower lake', 'the U.S.']
    """
    start, end = span.start, span.end
    if marks := _NOTE_MARKS.search(text[start:end].rstrip()):
        end = start + marks.start()
    while start < end and _is_stray(text, start, end):
        start += 1
    while start < end and (
        text[end - 1].isspace()
        or text[end - 1] in _STRAY_AFTER
        or _lonely(text, start, end, end - 1)
        or _ends_sentence(text, start, end)
    ):
        end -= 1
    return Span(start, end) if start < end else span


def _is_stray(text: str, start: int, end: int) -> bool:
    """Return whether the sign at `start` belongs to the text before; the sign of a number does not."""
    if text[start] in _STRAY_BEFORE:
        return _IS_SIGNED.match(text, start) is None
    return text[start].isspace() or _lonely(text, start, end, start)


def _lonely(text: str, start: int, end: int, at: int) -> bool:
    """Return whether the bracket or quotation mark at `at` has no partner between `start` and `end`."""
    mark, inside = text[at], text[start:end]
    if mark in _OPENING:
        return _CLOSING[_OPENING.index(mark)] not in inside
    if mark in _CLOSING:
        return _OPENING[_CLOSING.index(mark)] not in inside
    return mark == '"' and inside.count(mark) % 2 == 1


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a full stop at the end is the only one of its word, and not part of an abbreviation."""
    return text[end - 1] == "." and "." not in text[start : end - 1].rpartition(" ")[2]
