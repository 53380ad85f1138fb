"""What a person is told after the files of a collection were read again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index import Span
from index.reread import Change, Rereading
from qa.share.cited_before import Cited
from qa.share.terminal import SHOWN, on_one_line

_QUOTED, _LONGEST = 3, 100
"""Sentences of a document, and characters of a sentence, that are shown at most."""


def rereading_text(outcome: Rereading, cited: Sequence[Cited]) -> str:
    """Return what happened to a document, and which quotes of it moved or are gone, on a line or several.

    Args:
        outcome: what happened to the document.
        cited: the spans that were cited before, of any document.
    """
    return "\n".join(_lines(outcome, cited))


def rereading_table(told: Sequence[tuple[Change, str]]) -> str:
    """Return what happened to each document, first those that changed, and a count of each kind of outcome."""
    numbers = Counter(change for change, _ in told)
    lines = [line for change in Change for changed, line in told if changed == change]
    return "\n".join([*lines, ", ".join(f"{numbers[change]:,} {change}" for change in Change) + "."])


def moved_quotes(outcome: Rereading, cited: Iterable[Cited]) -> list[dict[str, Any]]:
    """Return the quotes of the old document that are no longer at their place in the new one, as JSON objects."""
    old, new = outcome.old, outcome.new
    of_old = (each for each in cited if each.document == old.id != new.id and each.end <= len(old.text))
    quotes = ({**each._asdict(), "quote": old.quote(Span(each.start, each.end))} for each in of_old)
    return [quote for quote in quotes if not new.text.startswith(quote["quote"], quote["start"])]


def _lines(outcome: Rereading, cited: Iterable[Cited]) -> Iterator[str]:
    old, new = outcome.old, outcome.new
    note = f": {outcome.note}" if outcome.note else ""
    ids = old.id[:SHOWN] if old.id == new.id else f"{old.id[:SHOWN]} → {new.id[:SHOWN]}"
    yield f"{outcome.change:<9}  {ids}  {on_one_line(f'{new.title} ({new.source}){note}')}"
    if outcome.change is not Change.CHANGED:
        return
    if old.id == new.id:
        yield "    the text is the same, and every quote at its place"
        return
    yield f"    sentences that moved: {len(outcome.moved):,}; that are gone: {len(outcome.gone):,}"
    yield from (f"    gone: “{_short(old.quote(span))}”" for span in outcome.gone[:_QUOTED])
    for quote in moved_quotes(outcome, cited):
        told = "moved" if quote["quote"] in new.text else "gone"
        yield f"    {told}, from {quote['where']}: “{_short(quote['quote'])}”"


def _short(text: str) -> str:
    shown = on_one_line(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
