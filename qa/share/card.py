"""The evidence card: an answer and its proof as one HTML file, to be printed, sent, and checked later."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from index import CitedError, Document, Span
from index.formats.bidi import right_to_left_letters
from index.formats.content import with_line_feeds
from qa.answer import Answer, Citation, Form
from qa.share import wording

if TYPE_CHECKING:
    from jinja2 import Template

_FORMAT = 3
"""Version of a card's data and appearance. A card is checked by drawing it again from its data."""

UNNAMED = {1: "Reported speech, by whom is unclear", 2: wording.SAID_BY_SOMEBODY, _FORMAT: wording.SAID_BY_SOMEBODY}
"""What a card says, by its format, if an unnamed speaker is quoted."""

TOLD = ("question", "form", "understood", "text", "confidence", "stance", "items", "citations", "attribution")
"""The parts of an answer that a card contains, by the names of `Answer.to_dict`: the question and the proof."""

CONTEXT = 160
"""Code points of the text before and after a quote that are shown."""

_STYLE = Path(__file__).with_name("card.css").read_text(encoding="utf-8")

_TEMPLATE = Path(__file__).with_name("card.html.jinja").read_text(encoding="utf-8")

_MARK = re.compile(r'<meta name="cited-card" content="(\d{1,9})">')
_DATA = re.compile(
    r'<script type="application/json" id="evidence">\n(.*?)\n</script>\n</body>\n</html>\s*\Z', re.DOTALL
)

_UNSHOWABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd") | {13: "&#13;"}
"""Replacements for characters that HTML cannot contain; a parser would turn a carriage return into a line feed."""

Data = dict[str, Any]
"""A card's data: `format`, `made`, `answer` (the part of `Answer.to_dict` in `TOLD`) and `sources`. Each source has a
`document` (the SHA-256 of its text), `length` and `excerpts`, each with its `start`. Offsets count code points."""


class NothingToProve(CitedError):
    """An evidence card was asked for although the documents do not state an answer."""


class UnusableCard(CitedError):
    """A text that is no evidence card, or a card that is damaged, altered, or made by a newer version."""


def card(answer: Answer) -> str:
    """Make the evidence card of `answer`.

    Args:
        answer: an answer that the documents state.

    Returns:
        An HTML file that needs no other file, with its data as JSON inside.

    Raises:
        NothingToProve: the documents do not state an answer.
    """
    if not answer.citations:
        raise NothingToProve(
            "The documents do not state an answer, so there is no quote that a card could prove; copy it instead."
        )
    told = {name: value for name, value in answer.to_dict().items() if name in TOLD}
    others = [(claim, each.answer) for claim in answer.claims[1:] for each in claim.evidence]
    told["others"] = [{"from": wording.sources_of(claim), "answer": cited.to_dict()} for claim, cited in others]
    made = datetime.now(UTC).isoformat(timespec="seconds")
    speaker = answer.attribution.speaker if answer.attribution else None
    citations = [*answer.citations, *answer.items, *(cited for _, cited in others), *([speaker] if speaker else [])]
    documents = dict.fromkeys(cited.document for cited in citations)
    sources = [_source(document, citations) for document in documents]
    return _drawn({"format": _FORMAT, "made": made, "answer": told, "sources": sources})


def evidence(card: str) -> Data:
    """Return the data of `card`, after a check that the card shows what it contains.

    Raises:
        UnusableCard: it is no card, is damaged or cut short, was made by a newer version, or was altered. An altered
            card shows something else than its data, or has data that contradict each other.
    """
    card = with_line_feeds(card.removeprefix("\ufeff"))  # undoes what mail programs and editors may have changed
    mark = _MARK.search(card[:1000])
    if not mark:
        raise UnusableCard("This is no evidence card; name an HTML file that Cited has saved as one.")
    if int(mark[1]) > _FORMAT:
        raise UnusableCard(
            f"The card is of format {mark[1]}, and this version of Cited knows up to {_FORMAT}; update Cited."
        )
    found = _DATA.search(card)
    if not found:
        raise UnusableCard("The card is damaged or cut short: its end is missing; ask its maker for a new copy.")
    try:
        data: Data = json.loads(found[1])
        drawn = _drawn(data)
        contradiction = _contradiction(data)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnusableCard("The card is damaged: its data cannot be read; ask its maker for a new copy.") from error
    if drawn.rstrip() != card.rstrip():
        raise UnusableCard(f"The card has been altered: {_difference(card, drawn)}.")
    if contradiction:
        raise UnusableCard(f"The card has been altered: {contradiction}.")
    return data


def quotes_of(answer: Data) -> list[Data]:
    """Return all quotes of a card's answer: its proof, what others answer, and the speaker."""
    attribution = answer["attribution"]
    others = [other["answer"] for other in answer.get("others", [])]
    speaker = [attribution["speaker"]] if attribution and attribution["speaker"] else []
    items = [item for item in answer.get("items", []) if item not in answer["citations"]]
    return [*answer["citations"], *items, *others, *speaker]


def excerpt_of(cited: Data, sources: Iterable[Data]) -> Data:
    """Return the excerpt that contains the quote `cited`.

    Raises:
        KeyError: there is none.
    """
    for source in sources:
        for excerpt in source["excerpts"] if source["document"] == cited["document"] else ():
            if excerpt["start"] <= cited["start"] < cited["end"] <= excerpt["start"] + len(excerpt["text"]):
                return dict(excerpt)
    raise KeyError(cited["quote"])


def _source(document: Document, citations: Iterable[Citation]) -> Data:
    """Return a card's data about a document: excerpts around its quotes, which do not overlap."""
    around: list[Span] = []
    for span in sorted(_around(document.text, cited.span) for cited in citations if cited.document == document):
        if around and span.start <= around[-1].end:
            around[-1] = Span(around[-1].start, max(span.end, around[-1].end))
        else:
            around.append(span)
    excerpts = [{"start": span.start, "text": document.quote(span)} for span in around]
    return {"document": document.id, "length": len(document.text), "excerpts": excerpts}


def _around(text: str, span: Span) -> Span:
    """Return `span` with up to `CONTEXT` code points on each side, cut between words unless one word is longer."""
    start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
    if start and (space := re.search(r"\s\S", text[start : span.start])):
        start += space.end() - 1
    if end < len(text) and (space := re.search(r"\s\S*\Z", text[span.end : end])):
        end = span.end + space.start()
    return Span(start, end)


def _contradiction(data: Data) -> str:
    """Return how the quotes of a card contradict each other or their offsets; "" if they do not."""
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
    """Return what the first line that differs shows, and what it should show."""
    for shown, held in zip_longest(card.splitlines(), drawn.splitlines(), fillvalue=""):
        if shown != held:
            words, right = (unescape(re.sub(r"<[^>]*>", "", line)) for line in (shown, held))
            return f"it shows {_shortened(words)} where it holds {_shortened(right)} inside"
    return "its lines are not ended as they were"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 80 else line[:79] + '…'}”"


def _drawn(data: Data) -> str:
    """Return the card that shows `data`. It depends on nothing else, so that a check can draw it again."""
    answer = data["answer"]
    speaker, unnamed = _said_by(answer["attribution"], UNNAMED[data["format"]])
    # Escaping everything but ASCII also escapes whatever could end the script.
    held = re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, indent=1))
    return _template().render(
        wording=wording,
        format=str(data["format"]),
        style=Markup(_STYLE),
        made=datetime.fromisoformat(data["made"]).strftime("%Y-%m-%d %H:%M %Z"),
        question=answer["question"],
        understood=answer["understood"],
        text=answer["text"],
        heading=_heading(Form(answer["form"])),
        overview=[cited["quote"] for cited in answer["citations"]] if _is_overview(answer) else [],
        items=[cited["quote"] for cited in answer.get("items", [])],
        others=[
            (other["from"], other["answer"]["quote"], other["answer"]["title"]) for other in answer.get("others", [])
        ],
        stance=wording.STANCES.get(answer.get("stance"), ""),
        speaker=speaker,
        unnamed=unnamed,
        confidence=f"{answer['confidence']:.0%}",
        sources=[_source_shown(source, answer) for source in data["sources"]],
        held=Markup(held),
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=_shown,
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.from_string(_TEMPLATE)


def _shown(text: str) -> Markup:
    """Return `text` as HTML that shows exactly this text."""
    return text if isinstance(text, Markup) else Markup(escape(text).translate(_UNSHOWABLE))


def _said_by(attribution: Data | None, unnamed: str) -> tuple[str, str]:
    """Return the words that name the speaker; `unnamed` if the speaker is not named."""
    if not attribution or not attribution["reported"]:
        return "", ""
    return (attribution["speaker"]["quote"], "") if attribution["speaker"] else ("", unnamed)


def _heading(form: Form) -> str:
    return "" if form.is_overview else wording.HEADINGS[form]


def _is_overview(answer: Data) -> bool:
    return Form(answer["form"]).is_several


def _source_shown(source: Data, answer: Data) -> Data:
    """Return what the card shows of a source: the text around each quote, and its place."""
    answers = answer["citations"] if _is_overview(answer) else answer["citations"][:1]
    strong = answers if answer["form"] != Form.SUMMARY else []
    quotes = [cited for cited in quotes_of(answer) if cited["document"] == source["document"]]

    def role(cited: Data) -> str:
        others = [other["answer"] for other in answer.get("others", [])]
        is_quote = cited in answer["citations"] or cited in others
        return "Answer" if cited in answers or cited in answer.get("items", []) else "Quote" if is_quote else "Speaker"

    return {
        "excerpts": [
            {
                "direction": "rtl" if _runs_from_right(excerpt["text"]) else "ltr",
                "pieces": list(_pieces(excerpt, source["length"], quotes, strong)),
            }
            for excerpt in source["excerpts"]
        ],
        "title": quotes[0]["title"],
        "date": quotes[0].get("date"),
        "file": quotes[0]["source"],
        "quotes": [
            (role(cited), wording.whereabouts(cited["place"], cited["start"], cited["end"])) for cited in quotes
        ],
        "length": f"{source['length']:,}",
        "hash": re.findall(".{1,8}", source["document"]),
    }


def _pieces(
    excerpt: Data, length: int, quotes: list[Data], strong: list[Data]
) -> Iterator[tuple[Literal["", "answer"] | None, str]]:
    """Yield an excerpt of a text of `length` code points in pieces, each with the class of its mark or None."""
    start, text = excerpt["start"], excerpt["text"]
    spans = [(cited["start"] - start, cited["end"] - start, cited in strong) for cited in quotes]
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span[:2] if 0 < cut < len(text))})
    yield None, "… " if start else ""
    for first, last in pairwise(cuts):
        over = [strongly for quoted, ends, strongly in spans if quoted <= first and last <= ends]
        yield "answer" if any(over) else "" if over else None, text[first:last]
    yield None, " …" if start + len(text) < length else ""


def _runs_from_right(text: str) -> bool:
    return 2 * right_to_left_letters(text) > sum(map(str.isalpha, text))
