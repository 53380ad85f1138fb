"""What a question asks, before anything is read for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from index import Collection, DocumentIds
from index.collection import check_question
from qa.answer import Form
from qa.question.kinds import asks_for
from qa.question.language import foreign_language
from qa.question.spelling import misspelled, respelled

PASSAGES_SPELLED_FROM = 30
"""Passages among whose words the meant spelling of a misspelled word is looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked of the documents.

    Attributes:
        question: as it was typed.
        text: the question with its misspelled words as the documents spell them.
        documents: ids of the documents that are asked; None for all.
        form: the form of answer that it asks for.
        missing: the words of `text` that no document holds in any form.
        note: a sentence for whoever asked, if the question is one that is read badly; else empty.
        exclude: answers that are known already, and not asked for again.
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
    """Return `question` as it is asked of `collection`.

    Args:
        documents: ids of those that alone are asked; without them, all are.
        exclude: answers that are known already.

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
