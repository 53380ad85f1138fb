"""Prepares a question for the search."""

from collections.abc import Iterable
from dataclasses import dataclass

from index import Collection, DocumentIds, Passage
from index.collection import LONGEST_QUESTION, check_question
from qa.answer import Form
from qa.english.documents import ALSO_CALLED
from qa.question.as_typed import quoted_words
from qa.question.grammar import asking_word
from qa.question.kinds import asks_for
from qa.question.language import foreign_language
from qa.question.price import for_its_price
from qa.question.spelling import (
    across_the_atlantic,
    held_in,
    misspelled,
    renamed,
    respaced,
    respelled,
    with_endings,
    with_small_initial,
)
from qa.question.wrapping import unwrapped

_PASSAGES_SPELLED_FROM = 30
"""Passages whose words are candidates for the correct spelling of a misspelled word."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the last answer rests on: its sentence, and the passage that holds it."""

    sentence: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, prepared for the search.

    Attributes:
        question: as it was typed.
        text: the question without what surrounds it, with misspelled words corrected by those of the documents.
        documents: ids of the documents to ask; None for all.
        form: the form of answer that the question asks for.
        missing: the words of `text` that no document contains in any form.
        note: a sentence for the person who asked, if questions of this kind are answered badly; else empty.
        exclude: answers that are known already and must not be found again.
        is_follow_up: whether it is an interpretation of a question that depends on those before it.
        said: what the follow-up is asked of first; None if of nothing in particular.
    """

    question: str
    text: str
    documents: DocumentIds | None = None
    form: Form = Form.SPAN
    missing: tuple[str, ...] = ()
    note: str = ""
    exclude: tuple[str, ...] = ()
    is_follow_up: bool = False
    said: Said | None = None

    @property
    def searched(self) -> str:
        """What is searched for: `text`, with labels under which documents list such things, and with what was said."""
        words = self.text.lower().rstrip(" ?.!").split() if asking_word(self.text) == "who" else ()
        labels = (ALSO_CALLED.get(word, "") for word in words)
        said = self.said.sentence if self.said else ""
        return " ".join(filter(None, (self.text, *labels, said)))[:LONGEST_QUESTION]


def understand(
    question: str, collection: Collection, documents: DocumentIds | None = None, exclude: Iterable[str] = ()
) -> Asked:
    """Prepare `question` for a search in `collection`.

    Args:
        question: at most 1,000 characters, with at least one word.
        collection: the collection to ask.
        documents: ids of the documents to ask; by default all.
        exclude: answers that are known already and must not be found again.

    Raises:
        UnusableQuestion: `question` has no words or is too long, or `documents` is empty.
        UnknownDocument: one of `documents` is not in the collection.
    """
    check_question(question, 1, documents)
    bare, known = unwrapped(question), tuple(exclude)
    form = asks_for(bare) if asks_for(question) in (Form.SPAN, Form.STATEMENT) else asks_for(question)
    if form.is_overview or form is Form.TALK:
        return Asked(question, bare, documents, form)
    if language := foreign_language(bare):
        note = f"The question seems to be in {language}; Cited reads English."
        return Asked(question, bare, documents, note=note, exclude=known)
    bare = for_its_price(bare)
    text, missing = _as_spelled(bare, collection, documents)
    return Asked(question, text, documents, form, tuple(missing), exclude=known)


def _as_spelled(bare: str, collection: Collection, documents: DocumentIds | None) -> tuple[str, list[str]]:
    """Return a question as the documents spell it, and its words that no document contains.

    Words in quotation marks stay as they are.
    """

    def wrong(text: str) -> list[str]:
        return [word for word in collection.missing(text, documents) if word not in kept]

    kept = quoted_words(bare)
    missing = wrong(bare)
    text = with_endings(with_small_initial(bare, missing), {*missing, *kept})
    if missing:
        text = across_the_atlantic(text, missing, wrong)
        text = respaced(text, missing if text == bare else wrong(text), wrong)
        missing = wrong(text) if text != bare else missing
    words = misspelled(missing)
    if words or any(word[:1].isupper() for word in missing):
        found = [hit.passage.text for hit in collection.search(text, _PASSAGES_SPELLED_FROM, documents)]
        text = renamed(respelled(text, words, held_in(found)), missing, found)
    text = bare if text.lower() == bare.lower() else text
    return text, missing if text == bare and not kept else collection.missing(text, documents)
