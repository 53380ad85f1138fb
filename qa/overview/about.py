"""What documents state about themselves: author, recipients, date, title and number."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from index import Block, Collection, Document, Kind, Passage, Role, Span
from index.text.bylines import byline
from index.text.dates import MONTHS, TOP, dateline
from index.text.sentences import LONGEST_SENTENCE, sentences
from qa.answer import Answer, Citation, Evidence, RankedPassage
from qa.english.documents import DOCUMENT_NOUNS, NUMBERED, SIGNABLE
from qa.english.grammar import one_of
from qa.explain.claims import claims
from qa.overview.summary import MOST_DOCUMENTS
from qa.question.understand import Asked

_THIS = rf"(?:this|it|(?:the|this)(?: \w+)? {one_of(DOCUMENT_NOUNS)})"
_SIGNABLE = one_of(SIGNABLE)
_NUMBERED = one_of(NUMBERED)
_NUMBER = r"(?:(?:reference )?(?:number|no\b\.?|nr\b\.?|code|id)|ref\b\.?|reference)"
_VALUE = r"(?P<value>(?=[\w./-]*\d)\w(?:[\w./-]*\w)?)"

_SIGNED = re.compile(
    r"^\W*(?:[Ss]igned|SIGNED|[Ss]ignature)(?: by)?\)?[: ]+"
    r"(?P<name>[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){0,4})",
    re.MULTILINE,
)

_SENT_TO = re.compile(r"^To\s?:[ \t]*(?P<value>\S.*)$", re.MULTILINE)
_COPIED_TO = re.compile(r"^Cc\s?:[ \t]*(?P<value>\S.*)$", re.MULTILINE | re.IGNORECASE)
"""The lines above a letter that say who gets it."""

Finder = Callable[[Document], Span | None]

_ASKS_FOR = {
    "author": (
        rf"who (?:wrote|has written|authored|reported|sent|prepared|compiled) {_THIS}",
        rf"who (?:is|was|are|were) (?:the )?(?:authors?|writers?|senders?|reporters?)(?: of {_THIS})?",
        rf"(?:by )?who(?:m)? (?:is|was) {_THIS} (?:written|authored|sent|prepared|reported)(?: by)?",
        rf"who is {_THIS} (?:by|from)",
        rf"who (?:did|conducted|led|recorded|carried out) {_THIS}",
    ),
    "date": (
        rf"when (?:was|is) {_THIS} (?:published|written|posted|issued|sent|released|dated|from)",
        rf"what(?: is|['’]?s) (?:the )?(?:date|publication date|date of publication)(?: of {_THIS})?",
        rf"(?:what|which) day was {_THIS} (?:published|written|posted|issued|sent)(?: on)?",
        rf"how old is {_THIS}",
    ),
    "number": (
        rf"what(?: is|['’]?s) (?:the |its )?(?P<noun>{_NUMBERED})(?: {_NUMBER})(?: of {_THIS})?",
        rf"(?:what|which) (?P<noun>{_NUMBERED}) {_NUMBER} does {_THIS} (?:have|bear|carry)",
    ),
    "recipient": (
        rf"(?:to )?who(?:m)? (?:is|was) {_THIS} (?:sent|addressed|written)(?: to)?",
        rf"who (?:received|receives|got|gets) {_THIS}",
        rf"who (?:is|was|are|were) (?:the )?(?:recipients?|addressees?)(?: of {_THIS})?",
    ),
    "copy": (
        r"who (?:else )?(?:is|was|are|were) (?:cc['’]?d|copied)(?: in)?" + rf"(?: (?:on|in|into) {_THIS})?",
        rf"who (?:is|was|are|were) (?:in|on) (?:cc|copy)(?: (?:of|on) {_THIS})?",
        rf"who (?:got|received) a copy(?: of {_THIS})?",
    ),
    "signature": (
        rf"who (?:has |have )?signed(?: {_THIS}| (?:the|this|these)(?: \w+)? {_SIGNABLE})?",
        r"(?:by )?whom? (?:is|was|were|are) (?:it|(?:the|this|these)(?: \w+)? \w+) signed(?: by)?",
    ),
    "title": (
        rf"what(?: is|['’]?s) (?:the )?(?:title|headline|subject)(?: of {_THIS})?",
        rf"what is {_THIS} (?:called|titled|entitled)",
    ),
}
"""The fact that a question asks for, and patterns of such questions without white space and closing punctuation."""


def about_document(asked: Asked, collection: Collection) -> Answer | None:
    """Answer a question for a document's author, recipients, date, title or number.

    The answer is cited from the byline, the dateline or the heading. If only the file's metadata states the fact,
    nothing can be cited, and a note gives it instead.

    Returns:
        The answer; None to any other question, or if nothing states the fact.

    Raises:
        UnknownDocument: one of the documents asked is not in the collection.
    """
    words = " ".join(asked.text.split()).strip(" .!?…")
    for fact, patterns in _ASKS_FOR.items():
        for pattern in patterns:
            if found := re.fullmatch(pattern, words, re.IGNORECASE):
                find = partial(_number, noun=found["noun"]) if fact == "number" else _FINDERS[fact]
                return _answer(asked, fact, find, collection)
    return None


def _answer(asked: Asked, fact: str, find: Finder, collection: Collection) -> Answer | None:
    chosen = list(collection.document_ids() if asked.documents is None else asked.documents)[:MOST_DOCUMENTS]
    encoded = [collection.encoded(each) for each in chosen]
    found = [(each, span) for each in encoded if (span := find(each.document)) is not None]
    if found:
        is_signed = fact == "signature"
        evidence = [
            _evidence(each.document, span, _signatures(each.document) if is_signed else ()) for each, span in found
        ]
        passages = [_holding(each.passages, span) for each, span in found]
        ranked = tuple(RankedPassage(passage, 1.0) for passage in passages if passage)
        return Answer(asked.question, ranked, 1.0, claims(evidence), note=asked.note)
    said = next((known for each in encoded if (known := each.document.fact(fact))), None)
    if said is None:
        return None
    return Answer(
        asked.question, note=f"The text does not say; the {fact} that is given in {said.origin} is {said.value}."
    )


def _evidence(document: Document, span: Span, names: Sequence[Span]) -> Evidence:
    """Return the words at `span`, with the sentence that contains them, and all `names` if there are several."""
    block = document.block(span.start).start
    text = document.text[block : span.end + LONGEST_SENTENCE]
    found = sentences(text, document.breaks(Span(block, block + len(text))))
    within = (each.moved(block) for each in found)
    around = next((each for each in within if each.start <= span.start and span.end <= each.end), span)
    items = tuple(Citation(document, name) for name in names) if len(names) > 1 else ()
    return Evidence(Citation(document, span), Citation(document, around), 1.0, items=items)


def _holding(passages: tuple[Passage, ...], span: Span) -> Passage | None:
    return next((each for each in passages if each.span.start <= span.start < each.span.end), None)


def _author(document: Document) -> Span | None:
    return byline(document) or _stated(document, "author")


def _signature(document: Document) -> Span | None:
    return next(iter(_signatures(document)), None)


def _signatures(document: Document) -> list[Span]:
    """Return the name behind each "Signed:", first to last."""
    return [Span(*signed.span("name")) for signed in _SIGNED.finditer(document.text)]


def _at_top(document: Document, line: re.Pattern[str]) -> Span | None:
    """Return the value of the first `line` near the top."""
    found = line.search(document.text, 0, TOP)
    return Span(*found.span("value")) if found else None


def _date(document: Document) -> Span | None:
    line = dateline(document)
    if line:
        return line.span
    fact = document.fact("date")
    if fact is None:
        return None
    return next((span for form in _forms(date.fromisoformat(fact.value)) if (span := _first(document, form))), None)


def _title(document: Document) -> Span | None:
    return _stated(document, "title") or _first_heading(document)


def _number(document: Document, noun: str) -> Span | None:
    """Return the number near the top that is labelled as the number of a `noun`, such as "Report no. 7"."""
    label = (
        rf"\b{noun}\s+{_NUMBER}"
        if noun.lower() != "reference"
        else rf"\b(?:our |your )?(?:reference|ref)(?: {_NUMBER})?"
    )
    found = re.compile(rf"{label}\.?\s?[:#]?\s?{_VALUE}", re.IGNORECASE).search(document.text, 0, TOP)
    return Span(*found.span("value")) if found else None


_FINDERS: dict[str, Callable[[Document], Span | None]] = {
    "author": _author,
    "date": _date,
    "recipient": partial(_at_top, line=_SENT_TO),
    "copy": partial(_at_top, line=_COPIED_TO),
    "signature": _signature,
    "title": _title,
}


def _stated(document: Document, name: str) -> Span | None:
    """Return where the text first states the fact `name` of the file's metadata."""
    fact = document.fact(name)
    return _first(document, fact.value) if fact else None


def _first_heading(document: Document) -> Span | None:
    blocks = [*document.blocks, Block(len(document.text))]
    for block, following in pairwise(blocks):
        if block.kind == Kind.HEADING and block.role == Role.TEXT:
            words = document.text[block.start : following.start].rstrip()
            return Span(block.start, block.start + len(words))
    return None


def _first(document: Document, words: str) -> Span | None:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", document.text)
    return Span(*found.span()) if found else None


def _forms(day: date) -> Iterator[str]:
    """Yield the ways in which a day may be written."""
    month = MONTHS[day.month - 1]
    for name in (month, month[:3]):
        yield from (f"{day.day} {name} {day.year}", f"{name} {day.day}, {day.year}")
    yield day.isoformat()
