"""Offsets in UTF-16 code units, which JavaScript counts, and in code points, which everything else here counts."""

from index import Document, Span


def utf16_span(document: Document, span: Span) -> dict[str, int]:
    """Return the `start` and `end` of a span in UTF-16 code units."""
    start = _units(document.text[: span.start])
    return {"start": start, "end": start + _units(document.quote(span))}


def span_of(document: Document, start: int, end: int) -> Span:
    """Return the span between two offsets in UTF-16 code units.

    Raises:
        SpanOutsideText: there is no character between them.
    """
    units = document.text.encode("utf-16-le")
    first = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    span = Span(first, first + len(units[2 * start : 2 * end].decode("utf-16-le", "ignore")))
    document.quote(span)
    return span


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
