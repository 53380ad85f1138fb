"""What an answer is: quotes from sources, and the passages that were ranked for it."""

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
    Role.ADVERTISEMENT: "an advertisement",
    Role.COMMENT: "a comment",
    Role.NOTICE: "a notice",
    Role.ASIDE: "an aside",
    Role.HEADER: "the page header",
    Role.FOOTER: "the page footer",
    Role.QUOTED: "a quoted message",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document, and the quote at that place.

    Args:
        document: the document that is cited.
        span: the offsets of the quote in the document's text, in code points.

    Raises:
        SpanOutsideText: `span` does not lie in the document's text.
    """

    document: Document
    span: Span

    def __post_init__(self) -> None:
        self.document.quote(self.span)

    @property
    def quote(self) -> str:
        """The words at the place."""
        return self.document.quote(self.span)

    @property
    def place(self) -> str:
        """The page or section at which the quote begins, and its table, row and column.

        Without any of these, the line. The role of its block is added, if set apart.
        """
        place, role = self.document.place(self.span.start, self.span.end), self.role
        return f"{place}, from {_SET_APART[role]}" if role in _SET_APART else place

    @property
    def role(self) -> Role:
        """The role of the quote's block: the text itself, or something set apart from it, such as a comment."""
        return self.document.block(self.span.start).role

    @property
    def line(self) -> int:
        """The number, from 1, of the line on which the quote begins."""
        return self.document.line(self.span.start)

    @property
    def date(self) -> date | None:
        """The day on which the document was published, as its text states it, or else its file."""
        stated = dateline(self.document)
        if stated:
            return stated.date
        fact = self.document.fact("date")
        return date.fromisoformat(fact.value) if fact else None

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as a JSON object; offsets count code points."""
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
    """Who makes the cited statement: a named speaker, an unnamed one, or the document itself.

    Args:
        reported: whether the statement is quoted or reported speech; otherwise the document itself makes it.
        speaker: the words that name the speaker; None if the document does not name one clearly, or speaks itself.

    Raises:
        ValueError: `speaker` is given although `reported` is false.
    """

    reported: bool
    speaker: Citation | None = None

    def __post_init__(self) -> None:
        if self.speaker and not self.reported:
            raise ValueError(f"Where the document itself speaks, {self.speaker.quote!r} cannot be the speaker.")

    def to_dict(self) -> dict[str, Any]:
        """Return the attribution as a JSON object."""
        return {"reported": self.reported, "speaker": self.speaker.to_dict() if self.speaker else None}


class Stance(StrEnum):
    """How a document states something: under a denial, a question, a condition, a doubt or a plan, or simply as so.

    `NEGATED` is what the text says was not so, or not done. `UNKNOWN` is a sentence that says that it is not known.
    `TOLD` is a sentence that bears on a question for yes or no, or what somebody said.
    """

    DENIED = "denied"
    NEGATED = "negated"
    ASKED = "asked"
    CONDITIONAL = "conditional"
    UNCERTAIN = "uncertain"
    PLANNED = "planned"
    UNKNOWN = "unknown"
    TOLD = "told"
    STATED = "stated"

    @property
    def is_whole(self) -> bool:
        """Whether the whole sentence that bears on the question is given, and not words that answer it."""
        return self in (Stance.UNKNOWN, Stance.TOLD)


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer in one document, and the sentence or sentences that prove it.

    Attributes:
        answer: the words that answer, with those that deny, plan or doubt them, if the document does.
        sentence: the whole sentence or sentences that contain `answer`.
        confidence: the calibrated probability, in [0, 1], that the answer is right.
        stance: how the document states `answer`.
        core: the words that answer, and nothing else; None if they are all of `answer`.
        items: the members of a list that answers, each cited; else empty.
    """

    answer: Citation
    sentence: Citation
    confidence: float
    stance: Stance = Stance.STATED
    core: Citation | None = None
    items: tuple[Citation, ...] = ()

    @property
    def quote(self) -> str:
        """The words of `answer`."""
        return self.answer.quote

    @property
    def bare(self) -> str:
        """The words that answer, without those that deny, plan or doubt them."""
        return (self.core or self.answer).quote


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer to a question, and all documents that agree on it.

    Attributes:
        evidence: the answer in each of these documents, best first; at least one, and one a document.
        is_superseded: whether all of these documents are older than one that answers something else.
    """

    evidence: tuple[Evidence, ...]
    is_superseded: bool = False

    @property
    def date(self) -> date | None:
        """The latest day on which one of the documents was published; None if one of them states none."""
        days = [each.answer.date for each in self.evidence]
        dated = [day for day in days if day]
        return max(dated) if len(dated) == len(days) else None

    @property
    def text(self) -> str:
        """The answer in the words of the best document."""
        return self.evidence[0].answer.quote


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that was found for a question.

    Attributes:
        passage: the passage.
        relevance: the ranker's probability, in [0, 1], that the passage is on the question's topic. A relevant passage
            need not answer the question.
    """

    passage: Passage
    relevance: float


class Form(StrEnum):
    """The form of an answer.

    These are the words that answer; members of a list that several passages name one by one; the sentence that bears
    on a question for yes or no, or in which somebody says what is asked for; a summary in sentences; names; the figures
    that a sum or a comparison would need; the answers to several questions, one by one; and a friendly line, if nothing
    is asked.
    """

    SPAN = "span"
    MEMBERS = "members"
    STATEMENT = "statement"
    SUMMARY = "summary"
    NAMES = "names"
    FIGURES = "figures"
    PARTS = "parts"
    TALK = "talk"

    @property
    def is_overview(self) -> bool:
        """Whether documents as a whole answer, and not one of their passages."""
        return self in (Form.SUMMARY, Form.NAMES)

    @property
    def is_several(self) -> bool:
        """Whether several quotes stand side by side as the answer."""
        return self.is_overview or self in (Form.FIGURES, Form.PARTS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to a question. Every word of it is a slice of a source.

    Attributes:
        question: the question as it was typed.
        passages: the passages that were found, best first. If the documents answer, the answer's passage is first.
        confidence: the calibrated probability, in [0, 1], that the best answer found is right. It is there even if that
            answer was too unsure to be given.
        claims: the answers given, the best one first; several if documents differ. Empty if the documents do not
            answer, and in an overview.
        overview: quotes that stand side by side as the answer, in the order of the documents, such as the sentences or
            names of an overview; else empty.
        nearest: if the documents do not answer, the sentence of the most relevant passage that comes nearest to the
            question; else None.
        missing: if the documents do not answer, the words of the question that no document contains in any form.
        note: a sentence for the person who asked, if questions of this kind are answered badly; else empty.
        form: the form of the answer.
        attribution: who makes the statement; None if there is no answer, and in an overview.
        parts: the answers to its parts, if the question is several.
        understood: `asked`, if that differs from what was typed and is a sentence that can be shown; else empty.
        asked: the question as it was asked of the documents; empty if none was.
    """

    question: str
    passages: tuple[RankedPassage, ...] = ()
    confidence: float = 0.0
    claims: tuple[Claim, ...] = ()
    overview: tuple[Citation, ...] = ()
    nearest: Citation | None = None
    missing: tuple[str, ...] = ()
    note: str = ""
    form: Form = Form.SPAN
    attribution: Attribution | None = None
    understood: str = ""
    asked: str = ""
    parts: tuple["Answer", ...] = ()

    def __repr__(self) -> str:
        """Return a short form, such as `Answer('Mary Doyle', confidence 0.93)`."""
        return f"Answer({self.text!r}, confidence {self.confidence:.2f})" if self.text else "Answer(not stated)"

    def _repr_html_(self) -> str:
        """Return HTML for notebooks: the sentence with the answer marked in it, and its place."""
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
        """The best answer with its proof; None if the documents do not answer, and in an overview."""
        return self.claims[0].evidence[0] if self.claims else None

    @property
    def items(self) -> tuple[Citation, ...]:
        """The members of the list that answers, in the order of the text; empty if the answer is no list."""
        return self.evidence.items if self.evidence else ()

    @property
    def stance(self) -> Stance:
        """How the document states the best answer."""
        return self.evidence.stance if self.evidence else Stance.TOLD if self.form.is_several else Stance.STATED

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The places that prove the answer: its words, then their sentence. In an overview, all that it shows."""
        return (self.evidence.answer, self.evidence.sentence) if self.evidence else self.overview

    @property
    def text(self) -> str:
        """The answer, a slice of a source; empty if the documents do not answer."""
        return self.citations[0].quote if self.citations else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a JSON object. Offsets count code points; documents have an id, title and source."""
        return {
            "question": self.question,
            "form": self.form,
            "understood": self.understood,
            "text": self.text,
            "confidence": self.confidence,
            "stance": self.stance,
            "nearest": self.nearest.to_dict() if self.nearest else None,
            "missing": list(self.missing),
            "note": self.note,
            "parts": [part.to_dict() for part in self.parts],
            "items": [cited.to_dict() for cited in self.items],
            "citations": [cited.to_dict() for cited in self.citations],
            "attribution": self.attribution.to_dict() if self.attribution else None,
            "claims": [
                [
                    {
                        "confidence": each.confidence,
                        "stance": each.stance,
                        "superseded": claim.is_superseded,
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
