"""The evidence card: an answer and its proof as one HTML file, to be printed, sent, and checked later."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape, unescape
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from index import CitedError, Document, Span
from index.formats.bidi import right_to_left_letters
from index.formats.content import with_line_feeds
from qa.answer import Answer, Citation, Form

FORMAT = 1
"""The version of what a card holds and of how it looks: a card is checked by drawing it again from what it holds."""

TOLD = ("question", "form", "understood", "text", "confidence", "citations", "attribution")
"""What a card tells of an answer, by the names of `Answer.to_dict`: what it was asked and what proves it."""

CONTEXT = 160
"""Code points that are shown of the text before and behind what is quoted."""

_STYLE = Path(__file__).with_name("card.css").read_text(encoding="utf-8")

_MARK = re.compile(r'<meta name="cited-card" content="(\d{1,9})">')
_DATA = re.compile(
    r'<script type="application/json" id="evidence">\n(.*?)\n</script>\n</body>\n</html>\s*\Z', re.DOTALL
)

_UNSHOWABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd") | {13: "&#13;"}
"""What HTML does not let a text hold as it is; a parser would take a carriage return for a line feed."""

Data = dict[str, Any]
"""What a card holds inside: `format`, `made`, `answer` as `Answer.to_dict` gives it, in part (`TOLD`), and for each
source its `document` (the SHA-256 of its text), `length` and `excerpts`, each with its `start`; in code points."""


class NothingToProve(CitedError):
    """An answer that the documents do not state, and that no quote proves."""


class UnusableCard(CitedError):
    """A text that is no evidence card, or one that is damaged, was altered, or was made by a newer version."""


def card(answer: Answer) -> str:
    """Return the evidence card of `answer`: an HTML file that needs nothing but itself, with its data as JSON inside.

    Raises:
        NothingToProve: the documents do not state an answer.
    """
    if not answer.citations:
        raise NothingToProve(
            "The documents do not state an answer, so there is no quote that a card could prove; copy it instead."
        )
    told = {name: value for name, value in answer.to_dict().items() if name in TOLD}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    speaker = answer.attribution.speaker if answer.attribution else None
    citations = [*answer.citations, *([speaker] if speaker else [])]
    documents = dict.fromkeys(cited.document for cited in citations)
    sources = [_source(document, citations) for document in documents]
    return _drawn({"format": FORMAT, "made": made, "answer": told, "sources": sources})


def evidence(card: str) -> Data:
    """Return what `card` holds inside, which is also what it shows.

    Raises:
        UnusableCard: it is no card, is damaged or cut short, was made by a newer version, or was altered: it shows
            something else than it holds, or what it holds contradicts itself.
    """
    card = with_line_feeds(card.removeprefix("\ufeff"))  # as mail and editors may have changed them
    mark = _MARK.search(card[:1000])
    if not mark:
        raise UnusableCard("This is no evidence card; name an HTML file that Cited has saved as one.")
    if int(mark[1]) > FORMAT:
        raise UnusableCard(
            f"The card is of format {mark[1]}, and this version of Cited knows up to {FORMAT}; update Cited."
        )
    found = _DATA.search(card)
    if not found:
        raise UnusableCard("The card is damaged or cut short: its end is missing; get it anew from whoever made it.")
    try:
        data: Data = json.loads(found[1])
        drawn = _drawn(data)
        contradiction = _contradiction(data)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnusableCard("The card is damaged: what it holds inside cannot be read; get it anew.") from error
    if drawn.rstrip() != card.rstrip():
        raise UnusableCard(f"The card has been altered: {_difference(card, drawn)}.")
    if contradiction:
        raise UnusableCard(f"The card has been altered: {contradiction}.")
    return data


def quotes_of(answer: Data) -> list[Data]:
    """Return all that is quoted for the answer of a card, the words that name who says so last."""
    attribution = answer["attribution"]
    return [*answer["citations"], *([attribution["speaker"]] if attribution and attribution["speaker"] else [])]


def excerpt_of(cited: Data, sources: Iterable[Data]) -> Data:
    """Return the excerpt that the quote `cited` stands in.

    Raises:
        KeyError: there is none.
    """
    for source in sources:
        for excerpt in source["excerpts"] if source["document"] == cited["document"] else ():
            if excerpt["start"] <= cited["start"] < cited["end"] <= excerpt["start"] + len(excerpt["text"]):
                return dict(excerpt)
    raise KeyError(cited["quote"])


def _source(document: Document, citations: Iterable[Citation]) -> Data:
    """Return what a card holds of a document: the text around what is quoted of it, in pieces that do not overlap."""
    around: list[Span] = []
    for span in sorted(_around(document.text, cited.span) for cited in citations if cited.document == document):
        if around and span.start <= around[-1].end:
            around[-1] = Span(around[-1].start, max(span.end, around[-1].end))
        else:
            around.append(span)
    excerpts = [{"start": span.start, "text": document.quote(span)} for span in around]
    return {"document": document.id, "length": len(document.text), "excerpts": excerpts}


def _around(text: str, span: Span) -> Span:
    """Return `span` with up to `CONTEXT` code points at each side, of whole words where none is longer than that."""
    start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
    if start and (space := re.search(r"\s\S", text[start : span.start])):
        start += space.end() - 1
    if end < len(text) and (space := re.search(r"\s\S*\Z", text[span.end : end])):
        end = span.end + space.start()
    return Span(start, end)


def _contradiction(data: Data) -> str:
    """Return in what the quotes of a card differ from each other or from their offsets; nothing if they do not."""
    answer = data["answer"]
    if not all(isinstance(source["length"], int) for source in data["sources"]):
        return "the length of a source is no whole number"
    if answer["text"] != answer["citations"][0]["quote"]:
        return f"its answer, {_shortened(answer['text'])}, is not its first quote"
    for cited in quotes_of(answer):
        excerpt = excerpt_of(cited, data["sources"])
        start, end = (cited[offset] - excerpt["start"] for offset in ("start", "end"))
        if excerpt["text"][start:end] != cited["quote"]:
            return f"its quote {_shortened(cited['quote'])} is not what its own excerpt of the source says there"
    return ""


def _difference(card: str, drawn: str) -> str:
    """Return what the first line that differs shows, and what it should."""
    for shown, held in zip_longest(card.splitlines(), drawn.splitlines(), fillvalue=""):
        if shown != held:
            words, right = (unescape(re.sub(r"<[^>]*>", "", line)) for line in (shown, held))
            return f"it shows {_shortened(words)} where it holds {_shortened(right)} inside"
    return "its lines are not ended as they were"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"


# What a card looks like


def _drawn(data: Data) -> str:
    """Return the card that holds `data`. What it shows is made of that alone, so that both can be compared later."""
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    # All that is not ASCII is escaped, and so is what could end the script.
    held = re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, indent=1))
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta name="cited-card" content="{FORMAT}">',
            """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">""",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{_shown(data['answer']['question'])} · Evidence card</title>",
            f"<style>\n{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_heading(data["made"]),
            *_answered(data["answer"]),
            *(line for source in data["sources"] for line in _cited(source, data["answer"])),
            *_advice(),
            "</main>",
            '<script type="application/json" id="evidence">',
            held,
            "</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _heading(made: str) -> Iterator[str]:
    yield "<header>"
    yield "<p><b>Cited</b> Evidence card</p>"
    yield f"<p>Made <time>{_shown(datetime.fromisoformat(made).strftime('%Y-%m-%d %H:%M %Z'))}</time></p>"
    yield "</header>"


def _answered(answer: Data) -> Iterator[str]:
    yield '<section class="answered">'
    yield f'<p class="question" dir="auto">{_shown(answer["question"])}</p>'
    if answer["understood"]:
        yield f'<p class="note">Understood as <bdi>{_shown(answer["understood"])}</bdi></p>'
    if answer["form"] == Form.SPAN:
        yield f'<h1 dir="auto">{_shown(answer["text"])}</h1>'
        yield f'<p class="note">{_said_by(answer["attribution"])}Confidence {answer["confidence"]:.0%}</p>'
    else:
        yield "<ul>"
        yield from (f'<li dir="auto">{_shown(cited["quote"])}</li>' for cited in answer["citations"])
        yield "</ul>"
    yield "</section>"


def _said_by(attribution: Data | None) -> str:
    if not attribution or not attribution["reported"]:
        return ""
    speaker = attribution["speaker"]
    return f"Said by <bdi>{_shown(speaker['quote'])}</bdi> · " if speaker else "Reported speech, by whom is unclear · "


def _cited(source: Data, answer: Data) -> Iterator[str]:
    """Yield a source: the text around each quote, with the quotes marked, and where all that is to be found."""
    answers = answer["citations"][:1] if answer["form"] == Form.SPAN else answer["citations"]
    strong = answers if answer["form"] != Form.SUMMARY else []
    quotes = [cited for cited in quotes_of(answer) if cited["document"] == source["document"]]
    named = quotes[0]
    yield '<section class="source">'
    for excerpt in source["excerpts"]:
        direction = "rtl" if _runs_from_right(excerpt["text"]) else "ltr"
        yield f'<blockquote dir="{direction}">{_marked(excerpt, source["length"], quotes, strong)}</blockquote>'
    yield "<dl>"
    yield f"<dt>Document</dt><dd><cite><bdi>{_shown(named['title'])}</bdi></cite></dd>"
    if named.get("date"):
        yield f"<dt>Date</dt><dd>{_shown(named['date'])}</dd>"
    if named["source"]:
        yield f"<dt>File</dt><dd><bdi>{_shown(named['source'])}</bdi></dd>"
    for cited in quotes:
        where = f"{cited['place']}, characters {cited['start']} to {cited['end']}"
        role = "Answer" if cited in answers else "Quote" if cited in answer["citations"] else "Speaker"
        yield f"<dt>{role}</dt><dd><bdi>{_shown(where)}</bdi></dd>"
    yield f"<dt>Length</dt><dd>{source['length']:,} characters</dd>"
    groups = "".join(f"<span>{_shown(group)}</span>" for group in re.findall(".{1,8}", source["document"]))
    yield f'<dt>SHA-256</dt><dd class="hash">{groups}</dd>'
    yield "</dl>"
    yield "</section>"


def _advice() -> Iterator[str]:
    yield "<footer>"
    yield "<p>Do the quotes still stand? <code>cited verify CARD SOURCE</code> compares this card with its source.</p>"
    yield (
        "<p>Characters are Unicode code points, counted from 0, of the text that Cited reads from the source; the"
        " SHA-256 is that of this text in UTF-8. The data of this card are inside it, as JSON.</p>"
    )
    yield "</footer>"


def _marked(excerpt: Data, length: int, quotes: list[Data], strong: list[Data]) -> str:
    """Return an excerpt of a text of `length` code points with its quotes marked, some of them strongly."""
    start, text = excerpt["start"], excerpt["text"]
    spans = [(cited["start"] - start, cited["end"] - start, cited in strong) for cited in quotes]
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span[:2] if 0 < cut < len(text))})
    pieces = ["… " if start else ""]
    for first, last in pairwise(cuts):
        over = [strongly for quoted, ends, strongly in spans if quoted <= first and last <= ends]
        mark = '<mark class="answer">' if any(over) else "<mark>" if over else ""
        pieces += [mark, _shown(text[first:last]), "</mark>" if over else ""]
    return "".join(pieces) + (" …" if start + len(text) < length else "")


def _runs_from_right(text: str) -> bool:
    return 2 * right_to_left_letters(text) > sum(map(str.isalpha, text))


def _shown(text: str) -> str:
    """Return `text` as HTML that shows it and nothing else."""
    return escape(text).translate(_UNSHOWABLE)
