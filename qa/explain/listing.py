"""Lists that answer: the items of a list, the values behind a label, the cells of a table's column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Document, Kind, Passage, Span
from index.table import Cell, CellKind, Table
from index.text.words import content_words
from qa.english.documents import ALSO_CALLED, LISTED, MEETINGS
from qa.english.grammar import AUXILIARIES, one_of
from qa.english.measures import PEOPLE
from qa.english.names import ROLE
from qa.english.verbs import HAS_PARTS
from qa.explain.statement import statement_confidence

LEAST_SHARE = 0.5
"""Least share of the question's content words that the words around a list hold."""

_LED_TO = 0.25
"""Bonus, in shares of words, of a list to which the text before it leads with a colon."""

_SAYS_MUCH = 0.75
"""What a heading, a lead or a label counts for, as the confidence of a reader would."""

LEAST_VALUES = 2
"""Values of a label that may say several things of one, such as a name and a place."""

_SAYS_LITTLE = re.compile(one_of((*HAS_PARTS, *LISTED)), re.IGNORECASE)
"""Words with which a question asks for a list, and which say nothing of what is listed."""

_NAMES_KIND = re.compile(r"\W*(?:\w+ )?(?:which|what)(?: (?:are|were))?\b", re.IGNORECASE)
"""A question that says what kind of thing it asks for."""

_LABEL = r"(?P<label>[A-Z][\w ]{2,30})(?:[*_]{0,2}:|:[*_]{1,2})[ \t]+"
_LABELLED = re.compile(
    rf"(?:^[*_]{{0,2}}|(?<=[.;] )){_LABEL}(?P<values>\S.*?)(?=[.;][ \t]+{_LABEL.replace('?P<label>', '?:')}|$)",
    re.MULTILINE,
)
"""A label and its values: to the end of the line, or to the next label after a full stop. Markdown may emphasise it."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

_VERB = re.compile(one_of((*AUXILIARIES, "by")), re.IGNORECASE)

_VALUE = re.compile(r"[^,;]+")
_FOR_WHOM = re.compile(r"(?:for|on behalf of) ")
_MARK = re.compile(r"(?:[-*•‣–+]|\(?\w{1,3}[.)])\s+")
_END = re.compile(r"[\s,;.]*(?:\b(?:and|or))?[\s,;.]*\Z")
_ASIDE = re.compile(r"\s*(?:\([^)]*\))?[\s.]*\Z")
_BRACKETED = re.compile(r"\s*\(([^()\n]*)\)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that may answer: its members, whether they stand side by side, and a confidence in [0, 1]."""

    members: tuple[Span, ...]
    is_one_stretch: bool
    confidence: float


def listed(question: str, passage: Passage) -> Iterator[Listed]:
    """Yield the lists in or around `passage` that may answer `question`; their spans are in the document."""
    document, asked = passage.document, set(content_words(question))
    of_items = set(content_words(_SAYS_LITTLE.sub("", question))) - set(content_words(document.title))
    kind = _NAMES_KIND.match(question)
    sought = set(content_words(question[kind.end() :])[:1]) if kind else set()
    for lead, items in _item_lists(document):
        if items[0].hull(items[-1]).overlaps(passage.span):
            yield from _led_to(of_items, sought, lead, items)
    labelled = set(content_words(_as_labelled(question)))
    known = content_words(" ".join((document.title, *MEETINGS)))
    rest = labelled - sought - set(known) if labelled != asked else labelled
    lines = []
    for found in _LABELLED.finditer(document.text, passage.span.start, passage.span.end):
        label = set(content_words(found["label"]))
        if label and label <= labelled and (label == rest or not (kind or labelled != asked)):
            lines += [found] if rest <= _told_by(document, found) else []
    for found in _that_hold_most(labelled, lines):
        members = _values(document.text, found)
        yield Listed(members, is_one_stretch=True, confidence=statement_confidence(1.0, _SAYS_MUCH))
    for table in document.tables_in(passage.span):
        yield from _column(asked, sought, document, table)


def _told_by(document: Document, line: re.Match[str]) -> set[str]:
    """Return the content words of a label and its values; none of a heading, which has no values."""
    is_heading = document.block(line.start()).kind is Kind.HEADING
    return set() if is_heading else set(content_words(line[0]))


def _that_hold_most(asked: set[str], lines: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Return those of `lines` that hold most of the words that are `asked`: who signed for the buyer."""
    held = {line: len(asked & set(content_words(line[0]))) for line in lines}
    return [line for line in lines if held[line] == max(held.values())]


def items_around(question: str, document: Document, span: Span) -> tuple[Span, ...]:
    """Return the items of the list of which `span` is one, if that holds nothing that `question` chooses it by."""
    is_chosen = set(content_words(question)) & set(content_words(document.quote(span)))
    around = (items for _, items in _item_lists(document) if span in items and len(items) > 1)
    return () if is_chosen else next(around, ())


def labelled_around(question: str, document: Document, span: Span) -> tuple[Span, ...]:
    """Return the values of the label, of several or in the plural, among which `span` stands; none if of no label.

    If the brackets behind `span` hold what `question` asks for, it alone is meant.

    >>> document = Document("Present: Ann, Bo (clerk), Cy", "Minutes")
    >>> [document.quote(value) for value in labelled_around("Who came?", document, Span(14, 16))]
    ['Ann', 'Bo', 'Cy']
    >>> labelled_around("Who is the clerk?", document, Span(14, 16))
    ()
    """
    bracketed = _BRACKETED.match(document.text, span.end)
    if bracketed and set(content_words(question)) & set(content_words(bracketed[1])):
        return ()
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    for found in _LABELLED.finditer(document.text, start, end if end >= 0 else len(document.text)):
        is_clause = _VERB.search(found["label"]) or _SENTENCE_END.search(found["values"])
        if not is_clause and found.start("values") <= span.start and span.end <= found.end("values"):
            values = _values(document.text, found)
            is_plural = len(values) > LEAST_VALUES or found["label"].endswith("s")
            return values if is_plural and len(values) > 1 else ()
    return ()


def _values(text: str, labelled: re.Match[str]) -> tuple[Span, ...]:
    """Return the values behind a label, without the roles of those who are named before them, and for whom they act."""
    found = _VALUE.finditer(text, *labelled.span("values"))
    first, *others = (_stripped(text, Span(*value.span()), _ASIDE) for value in found)
    no_values = (ROLE, _FOR_WHOM)
    return (
        first,
        *(each for each in others if not any(words.match(text, each.start, each.end) for words in no_values)),
    )


def _as_labelled(question: str) -> str:
    """Return `question` with the words under which documents list what it asks for.

    >>> _as_labelled("Who was absent?")
    'Who was apologies?'
    """
    return re.sub(r"\w+", lambda word: ALSO_CALLED.get(word[0].lower(), word[0]), question)


def _led_to(asked: set[str], sought: set[str], lead: str, items: tuple[Span, ...]) -> Iterator[Listed]:
    """Yield a list of several items, if what leads to it holds the words of the question, `asked`, but for a title."""
    share = min(1.0, _share(asked, lead) + _LED_TO * bool(sought & set(content_words(lead))))
    if share >= LEAST_SHARE and len(items) > 1:
        led = min(1.0, share + _LED_TO * lead.endswith(":"))
        yield Listed(items, is_one_stretch=True, confidence=statement_confidence(led, _SAYS_MUCH))


def _item_lists(document: Document) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield each list of `document`: its heading and the sentence that leads to it, and its items.

    Items of several sentences, such as the clauses of a contract, are paragraphs with numbers, and no list.
    """
    for lead, items in _all_lists(document):
        paragraphs = [item for item in items if _SENTENCE_END.search(document.quote(item))]
        if 2 * len(paragraphs) < len(items):
            yield lead, items


def _all_lists(document: Document) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield what leads to each list of `document`, and its items, paragraphs with numbers too."""
    heading, lead = "", ""
    items: list[Span] = []
    ends = [*(block.start for block in document.blocks[1:]), len(document.text)]
    for block, end in zip(document.blocks, ends, strict=True):
        if block.kind is Kind.ITEM and document.text[block.start : end].strip():
            items.append(_stripped(document.text, Span(block.start, end), _END))
            continue
        if items:
            yield f"{heading} {lead}", tuple(items)
        items, words = [], _SENTENCE_END.split(document.text[block.start : end].strip())[-1]
        heading, lead = (words, "") if block.kind is Kind.HEADING else (heading, words)
    if items:
        yield f"{heading} {lead}", tuple(items)


def _stripped(text: str, span: Span, end: re.Pattern[str]) -> Span:
    """Return an item or a value without its bullet or number, and without what `end` matches at its end."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    mark = _MARK.match(text, start, span.end) if end is _END else None
    start = mark.end() if mark else start
    bare = end.sub("", text[start : span.end])
    return Span(start, start + len(bare)) if bare else span


def _column(asked: set[str], sought: set[str], document: Document, table: Table) -> Iterator[Listed]:
    """Yield the column that is asked for, of the rows whose cells the question names, or of all rows."""
    headers = {cell.column: _quote(document, cell) for cell in table.cells if cell.kind is CellKind.COLUMN_HEADER}
    data = [cell for cell in table.cells if cell.kind is not CellKind.COLUMN_HEADER]
    held = {cell: set(content_words(_quote(document, cell))) for cell in data}
    chosen = [cell for cell in data if held[cell] and held[cell] <= asked]
    rows = {cell.row for cell in chosen}
    column = _asked_column(asked, sought, headers, {cell.column for cell in chosen})
    cells = [cell for cell in data if cell.column == column and (not rows or cell.row in rows)]
    chosen_by = _LED_TO * bool(chosen)
    above = [block for block in document.blocks if block.kind is Kind.HEADING and block.start < table.start][-1:]
    heading = [document.text[block.start :].partition("\n")[0] for block in above]
    told = " ".join([document.title, *heading, *headers.values(), *(_quote(document, cell) for cell in chosen)])
    if cells and (share := _share(asked, told)) >= LEAST_SHARE:
        spans = tuple(Span(cell.start, cell.end) for cell in cells)
        yield Listed(spans, len(cells) == 1, statement_confidence(min(1.0, share + chosen_by), _SAYS_MUCH))


def _asked_column(asked: set[str], sought: set[str], headers: dict[int, str], by: set[int]) -> int | None:
    """Return the column whose header names what is `sought`, or else what the question names, or that holds people.

    It is not one by which rows are chosen. Of several, it is the one whose header holds most of the question's words.
    """
    held = {column: set(content_words(header)) for column, header in headers.items() if column not in by}
    people = [column for column in held if PEOPLE.search(headers[column])]
    named = ([column for column in held if words & held[column]] for words in (sought, asked))
    first = next(filter(None, [*named, people]), [])
    return max(first, key=lambda column: len(asked & held[column]), default=None)


def _share(asked: set[str], words: str) -> float:
    return len(asked & set(content_words(words))) / max(1, len(asked))


def _quote(document: Document, cell: Cell) -> str:
    return document.quote(Span(cell.start, cell.end))
