"""The figures that a sum, a comparison or a superlative would need: shown side by side, and not computed."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from index import Passage, Span
from index.table import CellKind, Table
from index.text.sentences import sentences
from index.text.words import content_words
from qa.answer import Citation
from qa.english.numbers import NUMBERS
from qa.explain.statement import share_of

MOST = 12
"""Places with figures that are shown."""

LEAST_SHARE = 0.25
"""Least share of the question's content words that a sentence with figures holds."""

NEARLY = 0.6
"""Share of the best sentence's share that others must reach."""

_FIGURE = re.compile(rf"\d|\b(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)


def figures_for(question: str, passages: Iterable[Passage]) -> list[Citation]:
    """Return the places in `passages` whose figures bear on `question`: rows of a table, or else sentences."""
    read = list(passages)
    found = {cited: share for passage in read for cited, share in _sentences(question, passage)}
    best = max(found.values(), default=0.0)
    tables = [(passage, table) for passage in read for table in passage.document.tables_in(passage.span)]
    rows = [row for passage, table in tables for row in _rows(question, passage, table, best)]
    if rows:
        return list(dict.fromkeys(rows))[:MOST]
    kept = [cited for cited, share in found.items() if share >= max(LEAST_SHARE, NEARLY * best)]
    return sorted(kept, key=lambda cited: (cited.document.id, cited.span))[:MOST]


def has_figures(words: str) -> bool:
    """Return whether `words` hold a number."""
    return _FIGURE.search(words) is not None


def _rows(question: str, passage: Passage, table: Table, least: float) -> Iterator[Citation]:
    """Yield the rows of `table` with figures, if it holds a share of the question's words of at least `least`.

    The question must name one of its columns.
    """
    asked, document = set(content_words(question)), passage.document
    if share_of(question, f"{document.title} {document.quote(Span(table.start, table.end))}") < least:
        return
    headers = [document.quote(Span(c.start, c.end)) for c in table.cells if c.kind is CellKind.COLUMN_HEADER]
    if not asked & set(content_words(" ".join(headers))):
        return
    data = [cell for cell in table.cells if cell.kind is not CellKind.COLUMN_HEADER]
    for _, row in groupby(data, key=lambda cell: cell.row):
        cells = list(row)
        span = Span(cells[0].start, cells[-1].end)
        if _FIGURE.search(document.quote(span)):
            yield Citation(document, span)


def _sentences(question: str, passage: Passage) -> Iterator[tuple[Citation, float]]:
    """Yield the sentences of `passage` with figures, each with its share of the question's words."""
    for each in sentences(passage.text, passage.breaks):
        words = passage.text[each.start : each.end]
        if _FIGURE.search(words):
            span = each.moved(passage.span.start)
            yield Citation(passage.document, span), share_of(question, words)
