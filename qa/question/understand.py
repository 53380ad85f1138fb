"""Prepares a question for the search."""

from collections.abc import Iterable
from dataclasses import dataclass

from index import Collection, DocumentIds
from index.collection import check_question
from qa.answer import Form
from qa.question.kinds import asks_for
from qa.question.language import foreign_language
from qa.question.spelling import misspelled, respelled

PASSAGES_SPELLED_FROM = 30
"""Passages whose words are candidates for the correct spelling of a misspelled word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, prepared for the search.

    Attributes:
        question: as it was typed.
        text: the question with misspelled words corrected by those of the documents.
        documents: ids of the documents to ask; None for all.
        form: the form of answer that the question asks for.
        missing: the words of `text` that no document contains in any form.
        note: a sentence for the person who asked, if questions of this kind are answered badly; else empty.
        exclude: answers that are known already and must not be found again.
    """

    question: str
    text: str
    documents: DocumentIds | None = None
    form: Form = Form.SPAN
    missing: tuple[str, ...] = ()
    note: str = ""
    exclude: tuple[str, ...] = ()


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
    form, known = asks_for(question), tuple(exclude)
    if form is not Form.SPAN:
        return Asked(question, question, documents, form)
    if language := foreign_language(question):
        note = f"The question seems to be in {language}; Cited reads English."
        return Asked(question, question, documents, note=note, exclude=known)
    text, missing = question, collection.missing(question, documents)
    if words := misspelled(missing):
        found = collection.search(question, PASSAGES_SPELLED_FROM, documents)
        text = respelled(question, words, [hit.passage.text for hit in found])
        missing = collection.missing(text, documents) if text != question else missing
    return Asked(question, text, documents, missing=tuple(missing), exclude=known)
