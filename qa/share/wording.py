"""Every phrase about an answer that people read, once: page, card, transcript and terminal use the same words."""

from collections.abc import Sequence

from qa.answer import Attribution, Citation, Claim, Form, Stance
from qa.explain.claims import LIKELY

NOT_STATED = "Not stated"

RELATED = "Related, not an answer"

UNDERSTOOD_AS = "Understood as"

ASK_AS_TYPED = "Ask as typed"

_SUPERSEDED = ", older"

SAID_BY = "Said by"

SAID_BY_SOMEBODY = "Reported speech; the document does not say whose"

_SAID_BY_ITSELF = "Stated by the document itself"

HEADINGS = {
    Form.SPAN: "",
    Form.MEMBERS: "At least",
    Form.STATEMENT: "What the text says about it",
    Form.SUMMARY: "The most central sentences",
    Form.NAMES: "Those who are named",
    Form.FIGURES: "The figures that the documents give; nothing was added up or compared",
    Form.PARTS: "One by one",
    Form.TALK: "",
}
"""The heading above an answer, by its form."""

_SURE = 0.8
"""Confidence, in [0, 1], at and above which an answer is called sure; from `LIKELY` it is called likely."""


STANCES = {
    Stance.DENIED: "Denied in the text",
    Stance.NEGATED: "Not so, says the text",
    Stance.ASKED: "Asked in the text, not stated",
    Stance.CONDITIONAL: "Under a condition",
    Stance.UNCERTAIN: "Uncertain in the text",
    Stance.PLANNED: "Planned or possible, not done",
    Stance.UNKNOWN: "Not known, says the text",
    Stance.TOLD: "In the text’s own words",
}
"""How a text states an answer, where it does not simply say that it is so."""


def confidence(value: float, stance: Stance = Stance.STATED) -> str:
    """Return a confidence, from 0 to 1, in words and as a percentage.

    An answer that the text does not state as so is never called sure or likely.

    >>> confidence(0.834), confidence(0.834, Stance.DENIED)
    ('Sure · 83%', 'Denied in the text · 83%')
    """
    word = "Sure" if value >= _SURE else "Likely" if value >= LIKELY else "Possible"
    return f"{STANCES.get(stance, word)} · {value:.0%}"


def sources(number: int) -> str:
    """Return the number of documents that agree, in words.

    >>> sources(1), sources(2)
    ('1 source', '2 sources')
    """
    return "1 source" if number == 1 else f"{number:,} sources"


def sources_of(claim: Claim) -> str:
    """Return the number of documents that agree on `claim`, and whether it is superseded."""
    return sources(len(claim.evidence)) + (_SUPERSEDED if claim.is_superseded else "")


def whereabouts(place: str, start: int, end: int) -> str:
    """Return the place of a quote in words; offsets count code points.

    >>> whereabouts("page 3", 10, 20)
    'page 3, characters 10 to 20'
    """
    return f"{place}, characters {start} to {end}"


def picture_of(page: int) -> str:
    """Return what a picture of a part of a page shows; the first page is 1.

    >>> picture_of(3)
    'Sheet 3 of the file, as it looks'
    """
    return f"Sheet {page} of the file, as it looks"


def where(cited: Citation) -> str:
    """Return the place of a citation's quote in its document, in words."""
    return whereabouts(cited.place, cited.span.start, cited.span.end)


def not_stated(missing: Sequence[str]) -> str:
    """Return that the documents do not answer, and which words of the question they do not contain.

    >>> not_stated(["NASA"])
    'Not stated; the documents do not hold: NASA.'
    """
    return f"{NOT_STATED}; the documents do not hold: {', '.join(missing)}." if missing else f"{NOT_STATED}."


def unnamed_speaker(attribution: Attribution) -> str:
    """Return who makes a statement without a named speaker: somebody, or the document itself."""
    return SAID_BY_SOMEBODY if attribution.reported else _SAID_BY_ITSELF
