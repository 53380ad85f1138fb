"""What an answer is: slices of sources, and the passages that were read for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape
from typing import Any

from index import Document, Passage, Role, Span
from index.text.dates import dateline

_SET_APART = {
    Role.NAVIGATION: "the navigation",
    Role.TEASER: "a teaser",
    Role.COMMENT: "a comment",
    Role.NOTICE: "a notice",
    Role.ASIDE: "an aside",
    Role.HEADER: "the page header",
    Role.FOOTER: "the page footer",
}


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
        """What to call the place at which the quote begins: its page or section, or else its line, and if set apart."""
        place, role = self.document.place(self.span.start), self.role
        return f"{place}, from {_SET_APART[role]}" if role in _SET_APART else place

    @property
    def role(self) -> Role:
        """What the quote's block is to the text: the text itself, or something set apart from it, as a comment is."""
        return self.document.block(self.span.start).role

    @property
    def line(self) -> int:
        """The number, from 1, of the line on which the quote begins."""
        return self.document.line(self.span.start)

    @property
    def date(self) -> date | None:
        """When the document was published, where its text says so, or else its file."""
        stated = dateline(self.document)
        if stated:
            return stated.date
        fact = self.document.fact("date")
        return date.fromisoformat(fact.value) if fact else None

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as JSON holds it; offsets count code points."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "source": self.document.source,
            "date": self.date.isoformat() if self.date else None,
            "place": self.place,
            "role": self.role,
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
        speaker: the words that name them; None if that is unclear, or if the document itself speaks.

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
    """An answer in one document, and the sentence or sentences that prove it.

    Attributes:
        answer: the words that answer.
        sentence: the whole sentence that they are part of.
        confidence: the calibrated probability, in [0, 1], that the answer is right.
    """

    answer: Citation
    sentence: Citation
    confidence: float

    @property
    def quote(self) -> str:
        """The words that answer."""
        return self.answer.quote


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document, or several that agree, say to a question; best first, each document once."""

    evidence: tuple[Evidence, ...]

    @property
    def text(self) -> str:
        """What is claimed, in the words of the best of its documents."""
        return self.evidence[0].answer.quote


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that was found for a question.

    Attributes:
        relevance: the ranker's probability, in [0, 1], that the passage is what the question is about. It says nothing
            about whether the passage answers.
    """

    passage: Passage
    relevance: float


class Form(StrEnum):
    """The form of an answer: the words that answer, sentences that sum up, or names."""

    SPAN = "span"
    SUMMARY = "summary"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question. Every word of it is a slice of a source.

    Attributes:
        question: as it was typed.
        passages: what was found, best first; if the documents answer, the passage of the answer is first.
        confidence: the calibrated probability, in [0, 1], that the best answer found is right, given or not.
        claims: what the documents say, the best answer's claim first; several where documents differ. Empty where they
            do not say, and in an overview.
        overview: the sentences or names of an overview, in the order of the documents; else empty.
        missing: where the documents do not say, the words of the question that no document holds in any form.
        note: a sentence for whoever asked, about a question that is read badly; mostly empty.
        form: what the answer consists of.
        attribution: who says the answer; None if there is none, and in an overview.
        understood: the question as it was asked of the documents, if that differs from what was typed; else empty.
    """

    question: str
    passages: tuple[RankedPassage, ...] = ()
    confidence: float = 0.0
    claims: tuple[Claim, ...] = ()
    overview: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    form: Form = Form.SPAN
    attribution: Attribution | None = None
    understood: str = ""

    def __repr__(self) -> str:
        """Return as in `Answer('Mary Doyle', confidence 0.93)`."""
        return f"Answer({self.text!r}, confidence {self.confidence:.2f})" if self.text else "Answer(not stated)"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the proof with the answer marked in it, and where that is."""
        if not self.evidence:
            quotes = [f"<blockquote>{escape(cited.quote)}</blockquote>{_named(cited)}" for cited in self.overview]
            return "".join(quotes) or "<p><i>Not stated</i></p>"
        answer, sentence = self.evidence.answer, self.evidence.sentence
        before = sentence.document.text[sentence.span.start : answer.span.start]
        behind = sentence.document.text[answer.span.end : sentence.span.end]
        marked = f"{escape(before)}<mark>{escape(answer.quote)}</mark>{escape(behind)}"
        return f"<blockquote>{marked}</blockquote>{_named(answer)}"

    @property
    def evidence(self) -> Evidence | None:
        """The best answer with its proof; None where the documents do not say, and in an overview."""
        return self.claims[0].evidence[0] if self.claims else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The places that prove the answer: its words, then their sentence; or everything that an overview shows."""
        return (self.evidence.answer, self.evidence.sentence) if self.evidence else self.overview

    @property
    def text(self) -> str:
        """The answer, a slice of a source; empty where the documents do not say."""
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
                    "document": ranked.passage.document.id,
                    "title": ranked.passage.document.title,
                    "start": ranked.passage.span.start,
                    "end": ranked.passage.span.end,
                    "text": ranked.passage.text,
                    "relevance": ranked.relevance,
                }
                for ranked in self.passages
            ],
        }


def _named(cited: Citation) -> str:
    return f"<p><small>{escape(cited.document.title)}, {escape(cited.place)}</small></p>"
