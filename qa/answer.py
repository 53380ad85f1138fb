"""What an answer is: slices of sources, and the passages that were read for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from index import Document, Hit, Span
from index.text.dates import dateline


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document, and so the quote that stands there.

    Raises:
        SpanOutsideText: the span does not lie in the document's text, so that there is nothing to cite.
    """

    document: Document
    span: Span

    def __post_init__(self) -> None:
        self.document.quote(self.span)

    @property
    def quote(self) -> str:
        return self.document.quote(self.span)

    @property
    def place(self) -> str:
        """What to call the place at which the quote begins: its page or section, or else its line."""
        return self.document.place(self.span.start)

    @property
    def line(self) -> int:
        """The number, from 1, of the line on which the quote begins."""
        return self.document.line(self.span.start)

    @property
    def date(self) -> date | None:
        """When the document was published, where it says so."""
        stated = dateline(self.document)
        return stated.date if stated else None

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as JSON holds it; offsets count code points."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "source": self.document.source,
            "date": self.date.isoformat() if self.date else None,
            "place": self.place,
            "line": self.line,
            "start": self.span.start,
            "end": self.span.end,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what is cited: a speaker whom the document names, somebody whom it does not name clearly, or itself.

    Attributes:
        reported: whether somebody is quoted, or reported to say it; otherwise the document itself says so.
        speaker: the words that name him; None where that is unclear, and where the document itself speaks.

    Raises:
        ValueError: there is a speaker although nobody is reported to speak.
    """

    reported: bool
    speaker: Citation | None = None

    def __post_init__(self) -> None:
        if self.speaker and not self.reported:
            raise ValueError(f"Where the document itself speaks, {self.speaker.quote!r} cannot be the speaker.")

    def to_dict(self) -> dict[str, Any]:
        """Return the attribution as JSON holds it."""
        return {"reported": self.reported, "speaker": self.speaker.to_dict() if self.speaker else None}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one document answers, the sentence or sentences that it stands in, and how probably it is right."""

    answer: Citation
    sentence: Citation
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document, or several that agree, say to a question; best first, each document once."""

    evidence: tuple[Evidence, ...]

    @property
    def text(self) -> str:
        """What is claimed, in the words of the best of its documents."""
        return self.evidence[0].answer.quote

    @property
    def sources(self) -> str:
        """How many documents say so, in words."""
        return "1 source" if len(self.evidence) == 1 else f"{len(self.evidence)} sources"


class Form(StrEnum):
    """What the citations of an answer are: the answer and its sentence, sentences that sum up, or names."""

    SPAN = "span"
    SUMMARY = "summary"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question. Its text is its first citation's quote; it has no other.

    Attributes:
        citations: the answer first, then the sentence it stands in, or else all that its form consists of; empty when
            the documents do not say.
        passages: what was read, best first.
        confidence: from 0 to 1.
        claims: what the documents say, the answer's claim first; more than one where they differ (`qa.explain.claims`).
        missing: where the documents do not say, the question's words, as typed, that they do not hold in any form.
        note: a sentence to whoever asked, where the question is one that is read badly; mostly empty.
        attribution: who says the answer (`qa.explain.attribution`); None unless its form is a span.
        understood: the question as it was asked of the documents, where that is not as it was typed; else empty.
    """

    question: str
    citations: tuple[Citation, ...]
    passages: tuple[Hit, ...]
    confidence: float
    claims: tuple[Claim, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    form: Form = Form.SPAN
    attribution: Attribution | None = None
    understood: str = ""

    @property
    def text(self) -> str:
        """The answer, a slice of a source; empty when the documents do not say."""
        return self.citations[0].quote if self.citations else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON holds it; offsets count code points, documents go by id, title and source."""
        return {
            "question": self.question,
            "form": self.form,
            "understood": self.understood,
            "text": self.text,
            "confidence": self.confidence,
            "missing": list(self.missing),
            "note": self.note,
            "citations": [cited.to_dict() for cited in self.citations],
            "attribution": self.attribution.to_dict() if self.attribution else None,
            "claims": [
                [
                    {
                        "confidence": each.confidence,
                        "answer": each.answer.to_dict(),
                        "sentence": each.sentence.to_dict(),
                    }
                    for each in claim.evidence
                ]
                for claim in self.claims
            ],
            "passages": [
                {
                    "document": hit.passage.document.id,
                    "title": hit.passage.document.title,
                    "start": hit.passage.span.start,
                    "end": hit.passage.span.end,
                    "text": hit.passage.text,
                    "score": hit.score,
                }
                for hit in self.passages
            ],
        }
