"""An answer as a terminal shows it. No text or file name can steer the terminal or look like a line of ours."""

import unicodedata
from collections.abc import Iterator

from qa.answer import Answer, Citation, Form
from qa.question.as_typed import as_typed
from qa.share.verify import Finding, Standing
from qa.share.wording import (
    ASK_AS_TYPED,
    HEADINGS,
    RELATED,
    SAID_BY,
    STANCES,
    UNDERSTOOD_AS,
    not_stated,
    sources_of,
    where,
)

_INVISIBLE = "\u00ad\u200c\u200d\u200e\u200f"
"""Format characters that words need: soft hyphens, joiners and direction marks. They affect nothing around them."""

SHOWN = 12
"""Characters of a document's id that are shown. A name needs at least as many to count as an id."""

_BAR = "    │ "
"""The beginning of each line of a quoted text, so that none of its lines can look like one of ours."""


_ANSWER, _QUOTE, _PLACE = "1;32", "1", "2"
"""Terminal styles of an answer, of its quote in context, and of its place: bold green, bold, and dim."""


def painted(text: str, style: str, colours: bool) -> str:
    r"""Return `text` in a terminal style, if there are `colours`.

    >>> painted("noon", _QUOTE, colours=True)
    '\x1b[1mnoon\x1b[0m'
    """
    return f"\033[{style}m{text}\033[0m" if colours else text


def escaped(text: str) -> str:
    r"""Return `text` on one line, with a backslash escape for every character that could steer a terminal.

    Such characters are line ends, other controls (ESC begins terminal commands), direction overrides and surrogates.

    >>> print(escaped("a\x1b]52;c;Zm9v\x07\nadded  b"))
    a\x1b]52;c;Zm9v\x07\nadded  b
    """
    return "".join(
        character if _is_harmless(character) else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def quoted(text: str) -> str:
    """Return the lines of `text`, each escaped and with a bar before it."""
    return "\n".join(_BAR + escaped(line.expandtabs(4)) for line in text.split("\n"))


def on_one_line(text: str) -> str:
    """Return `text`, escaped and with each run of white space replaced by one space."""
    return escaped(" ".join(text.split()))


def answer_text(answer: Answer, *, colours: bool) -> str:
    """Return an answer with its quote in context and the quote's place, or that the documents do not answer.

    Args:
        answer: what to show.
        colours: whether the answer and its place are told apart by colours and bold type; otherwise the quote is
            marked by angle quotes alone.
    """
    return "\n".join([*_understood(answer), *_said(answer, colours=colours)])


def finding_text(finding: Finding) -> str:
    """Return the result of checking a card's quote, on one line."""
    standing, quote = finding.standing, f"“{on_one_line(finding.quote)}”"
    was = f"characters {finding.was.start} to {finding.was.end}"
    told = f"{standing.upper() if standing is Standing.NOT_FOUND else standing:<12}  {quote}"
    if finding.document is None:
        return f"{told}: name its source, {on_one_line(finding.named)}"
    if finding.now:
        moved = f"; it was at {was}" if standing is Standing.MOVED else ""
        place = where(Citation(finding.document, finding.now))
        return f"{told}, {on_one_line(f'{finding.document.title}, {place}')}{moved}"
    if finding.instead is None:
        return f"{told}, {was}"
    instead = Citation(finding.document, finding.instead)
    return f"{told}, {was}; now, at {on_one_line(instead.place)}: “{on_one_line(instead.quote)}”"


def _understood(answer: Answer) -> Iterator[str]:
    if answer.understood:
        yield f"{UNDERSTOOD_AS}: {on_one_line(answer.understood)}"
        if typed := as_typed(answer.question, answer.understood):
            yield f"{ASK_AS_TYPED}: {on_one_line(typed)}"
        yield ""


def _said(answer: Answer, *, colours: bool) -> Iterator[str]:
    if answer.form is Form.TALK:
        yield answer.note
    elif not answer.citations:
        yield f"{not_stated([on_one_line(word) for word in answer.missing])} {answer.note}".rstrip()
        yield from _nearest(answer)
    elif answer.form.is_several:
        if answer.form in (Form.FIGURES, Form.PARTS):
            yield f"{HEADINGS[answer.form]}. {answer.note}\n"
        for cited in answer.citations:
            yield f"{on_one_line(cited.quote)}\n    {on_one_line(cited.document.title)}, {on_one_line(where(cited))}\n"
    else:
        cited = answer.citations[0]
        if heading := HEADINGS[answer.form]:
            yield f"{heading}:\n"
        yield from (f"- {on_one_line(item.quote)}" for item in answer.items)
        if answer.items:
            yield ""
        yield f"{painted(on_one_line(answer.text), _ANSWER, colours)}\n\n{_in_context(answer, colours=colours)}\n"
        stance = f", {STANCES[answer.stance].lower()}" if answer.stance in STANCES else ""
        place = f"{on_one_line(cited.document.title)}, {on_one_line(where(cited))}"
        yield painted(f"    {place}, confidence {answer.confidence:.0%}{stance}", _PLACE, colours)
        yield from _speaker(answer)
        yield from _claims(answer)
        yield answer.note


def _nearest(answer: Answer) -> Iterator[str]:
    """Yield the sentence that comes nearest to a question without an answer, and its place."""
    if answer.nearest:
        yield f"\n{RELATED}:\n{quoted(answer.nearest.quote)}\n"
        yield f"    {on_one_line(answer.nearest.document.title)}, {on_one_line(where(answer.nearest))}"


def _speaker(answer: Answer) -> Iterator[str]:
    """Yield a line for the speaker, if the document names one."""
    speaker = answer.attribution.speaker if answer.attribution else None
    if speaker:
        yield f"    {SAID_BY.lower()} {on_one_line(speaker.quote)}, {on_one_line(where(speaker))}"


def _claims(answer: Answer) -> Iterator[str]:
    """Yield a line for each claim and for the place in each of its documents, if there are several."""
    if sum(len(claim.evidence) for claim in answer.claims) < 2:
        return
    yield ""
    for claim in answer.claims:
        yield f"{sources_of(claim)}: {on_one_line(claim.text)}"
        for each in claim.evidence:
            day = f" ({each.answer.date.isoformat()})" if each.answer.date else ""
            place = f"{on_one_line(each.answer.document.title)}{day}, {on_one_line(where(each.answer))}"
            yield f"    {place}: “{on_one_line(each.answer.quote)}”"


def _in_context(answer: Answer, *, colours: bool) -> str:
    """Return the passage of the answer, with the answer marked in it."""
    cited, passage = answer.citations[0], answer.passages[0].passage
    start, end = cited.span.start - passage.span.start, cited.span.end - passage.span.start
    first, last = quoted(passage.text[:start]), _continued(passage.text[end:])
    said = _continued(passage.text[start:end])
    return f"{first}{painted(said, _QUOTE, colours) if colours else f'«{said}»'}{last}"


def _continued(text: str) -> str:
    """Return `text`, the continuation of a line, as `quoted` shows it."""
    return quoted(text).removeprefix(_BAR)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in _INVISIBLE or unicodedata.category(character) == "Zs"
