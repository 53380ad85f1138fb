"""The evidence card: an answer and its proof as one HTML file, to be printed, sent, and checked later."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from html import escape, unescape
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from index import CitedError, Collection, Document, Span, UnknownDocument
from index.formats.bidi import right_to_left_letters
from index.formats.normal import with_line_feeds
from qa.answer import Answer, Citation, Form
from qa.share import wording
from qa.share.picture import picture

if TYPE_CHECKING:
    from jinja2 import Template

_FORMAT = 3
"""Version of a card's data and appearance. A card is checked by drawing it again from its data."""

_UNNAMED = {1: "Reported speech, by whom is unclear", 2: wording.SAID_BY_SOMEBODY, _FORMAT: wording.SAID_BY_SOMEBODY}
"""What a card says, by its format, if an unnamed speaker is quoted."""

TOLD = ("question", "form", "understood", "text", "confidence", "stance", "items", "citations", "attribution")
"""The parts of an answer that a card contains, by the names of `Answer.to_dict`: the question and the proof."""

_CONTEXT = 160
"""Code points of the text before and after a quote that are shown."""

_STYLE = Path(__file__).with_name("card.css").read_text(encoding="utf-8")

_STYLE_OF_PICTURES = Path(__file__).with_name("picture.css").read_text(encoding="utf-8")

_TEMPLATE = Path(__file__).with_name("card.html.jinja").read_text(encoding="utf-8")

_MARK = re.compile(r'<meta name="cited-card" content="(\d{1,9})">')
_DATA = re.compile(
    r'<script type="application/json" id="evidence">\n(.*?)\n</script>\n</body>\n</html>\s*\Z', re.DOTALL
)

_PICTURE = re.compile(r'<img [^<>]*src="data:image/png;base64,([A-Za-z0-9+/=]*)"')

_UNSHOWABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd") | {13: "&#13;"}
"""Replacements for characters that HTML cannot contain; a parser would turn a carriage return into a line feed."""

Data = dict[str, Any]
"""A card's data: `format`, `made`, `answer` (the part of `Answer.to_dict` in `TOLD`) and `sources`. Each source has a
`document` (the SHA-256 of its text), `length` and `excerpts`, each with its `start`. If its file is kept, it has the
SHA-256 of that as `file`, and perhaps a `picture`, with its `page` and SHA-256. Offsets count code points. A card of
several answers has `parts` instead, with `answer` and `sources` each."""

_OF_A_QUOTE = {"document": str, "title": str, "source": str, "start": int, "end": int, "quote": str}
"""What every quote in a card's data has, and its type."""


class NothingToProve(CitedError):
    """An evidence card was asked for although the documents do not state an answer."""


class UnusableCard(CitedError):
    """A text that is no evidence card, or a card that is damaged, altered, or made by a newer version."""


def card(*answers: Answer, collection: Collection | None = None) -> str:
    """Make the evidence card of an answer, or one card of several answers.

    Args:
        answers: the answers, in the order of the card. Those that the documents do not state are left out.
        collection: where the files of the documents are kept. The card has their hashes, and of a PDF a picture of the
            part of the page on which the answer stands.

    Returns:
        An HTML file that needs no other file, with its data as JSON inside.

    Raises:
        NothingToProve: the documents state none of the answers.
    """
    stated = [answer for answer in answers if answer.citations]
    if not stated:
        raise NothingToProve(
            "The documents do not state an answer, so there is no quote that a card could prove; copy it instead."
        )
    made = datetime.now(UTC).isoformat(timespec="seconds")
    parts = [_part(answer, collection) for answer in stated]
    return _drawn({"format": _FORMAT, "made": made} | (parts[0] if len(parts) == 1 else {"parts": parts}))


def _part(answer: Answer, collection: Collection | None) -> Data:
    """Return a card's data about an answer."""
    told = {name: value for name, value in answer.to_dict().items() if name in TOLD}
    others = [(claim, each.answer) for claim in answer.claims[1:] for each in claim.evidence]
    told["others"] = [{"from": wording.sources_of(claim), "answer": cited.to_dict()} for claim, cited in others]
    speaker = answer.attribution.speaker if answer.attribution else None
    citations = [*answer.citations, *answer.items, *(cited for _, cited in others), *([speaker] if speaker else [])]
    documents = dict.fromkeys(cited.document for cited in citations)
    sources = [_source(document, citations) | _of_file(document, citations, collection) for document in documents]
    return {"answer": told, "sources": sources}


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
        pictures = iter(_PICTURE.findall(card))
        for picture in _pictures(data):
            picture["png"] = next(pictures, "")
        drawn = _drawn(data)
        contradiction = next(filter(None, map(_contradiction, parts_of(data))), "")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UnusableCard("The card is damaged: its data cannot be read; ask its maker for a new copy.") from error
    if drawn.rstrip() != card.rstrip():
        raise UnusableCard(f"The card has been altered: {_difference(card, drawn)}.")
    if contradiction:
        raise UnusableCard(f"The card has been altered: {contradiction}.")
    return data


def parts_of(data: Data) -> list[Data]:
    """Return the parts of a card's data that have an `answer` and its `sources`: one for each answer."""
    return list(data.get("parts", [data]))


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


def _of_file(document: Document, citations: Sequence[Citation], collection: Collection | None) -> Data:
    """Return a card's data about the file of a document: none if it is not kept."""
    try:
        file = collection.original(document.id) if collection else None
    except UnknownDocument:
        file = None
    if file is None:
        return {}
    data: Data = {"file": sha256(file).hexdigest()}
    quotes = [cited for cited in citations if cited.document == document]
    if shown := picture(quotes[0], quotes[1:], file):
        png = b64encode(shown.png).decode()
        data["picture"] = {"page": shown.page, "sha256": sha256(shown.png).hexdigest(), "png": png}
    return data


def _pictures(data: Data) -> Iterator[Data]:
    """Yield the data of the pictures in the order in which the card shows them."""
    return (source["picture"] for part in parts_of(data) for source in part["sources"] if "picture" in source)


def _around(text: str, span: Span) -> Span:
    """Return `span` with up to `_CONTEXT` code points on each side, cut between words unless one word is longer."""
    start, end = max(0, span.start - _CONTEXT), min(len(text), span.end + _CONTEXT)
    if start and (space := re.search(r"\s\S", text[start : span.start])):
        start += space.end() - 1
    if end < len(text) and (space := re.search(r"\s\S*\Z", text[span.end : end])):
        end = span.end + space.start()
    return Span(start, end)


def _contradiction(data: Data) -> str:
    """Return how a part of a card contradicts itself: its quotes, offsets or pictures; "" if it does not."""
    answer = data["answer"]
    for shown in _pictures(data):
        if sha256(b64decode(shown["png"], validate=True)).hexdigest() != shown["sha256"]:
            return "its picture of a page is not the one that it was made with"
    if not all(isinstance(source["length"], int) for source in data["sources"]):
        return "the length of a source is no whole number"
    quotes = quotes_of(answer)
    for name, kind in _OF_A_QUOTE.items():
        if not all(isinstance(cited[name], kind) for cited in quotes):
            return f"the {name} of a quote is none"
    if answer["text"] != answer["citations"][0]["quote"]:
        return f"its answer, {_shortened(answer['text'])}, is not its first quote"
    for cited in quotes:
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
    parts = parts_of(data)
    pictures = [each.copy() for each in _pictures(data)]
    for shown in _pictures(data):
        del shown["png"]  # it stands on the card once
    # Escaping everything but ASCII also escapes whatever could end the script.
    held = re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, indent=1))
    for shown, kept in zip(_pictures(data), pictures, strict=True):
        shown.update(kept)
    return _template().render(
        wording=wording,
        format=str(data["format"]),
        style=Markup(_STYLE + _STYLE_OF_PICTURES * bool(pictures)),
        made=datetime.fromisoformat(data["made"]).strftime("%Y-%m-%d %H:%M %Z"),
        title=parts[0]["answer"]["question"],
        has_pictures=bool(pictures),
        parts=[_part_shown(part, data["format"]) for part in parts],
        held=Markup(held),
    )


def _part_shown(part: Data, number: int) -> Data:
    """Return what a card of the format `number` shows of an answer."""
    answer = part["answer"]
    speaker, unnamed = _said_by(answer["attribution"], _UNNAMED[number])
    return {
        "question": answer["question"],
        "understood": answer["understood"],
        "text": answer["text"],
        "heading": "" if Form(answer["form"]).is_overview else wording.HEADINGS[Form(answer["form"])],
        "overview": [cited["quote"] for cited in answer["citations"]] if _is_several(answer) else [],
        "members": [cited["quote"] for cited in answer.get("items", [])],
        "others": [
            (other["from"], other["answer"]["quote"], other["answer"]["title"]) for other in answer.get("others", [])
        ],
        "stance": wording.STANCES.get(answer.get("stance"), ""),
        "speaker": speaker,
        "unnamed": unnamed,
        "confidence": f"{answer['confidence']:.0%}",
        "sources": [_source_shown(source, answer) for source in part["sources"]],
    }


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


def _is_several(answer: Data) -> bool:
    return Form(answer["form"]).is_several


def _source_shown(source: Data, answer: Data) -> Data:
    """Return what the card shows of a source: the text around each quote, and its place."""
    answers = answer["citations"] if _is_several(answer) else answer["citations"][:1]
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
        "file_hash": re.findall(".{1,8}", source.get("file", "")),
        "picture": source.get("picture"),
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
