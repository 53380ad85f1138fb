"""What a question may mean after the answers before it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from index import Collection, DocumentIds
from qa.answer import Answer, Form
from qa.question.follow_up import Turn, bare_interpretations, interpretations, known
from qa.question.function_words import with_function_words
from qa.question.grammar import is_bare, is_follow_up
from qa.question.kinds import asks_for
from qa.question.language import foreign_language
from qa.question.spelling import in_english, is_gibberish
from qa.question.understand import Asked, Said, understand
from qa.question.wrapping import unwrapped


def interpreted(
    question: str, before: Sequence[Answer], collection: Collection, documents: DocumentIds | None = None
) -> list[Asked]:
    """Return the interpretations of `question`; the last one is the question as it was typed.

    Args:
        question: as for `qa.ask`.
        before: the answers before it, oldest first.
        collection: the collection to ask.
        documents: as for `qa.ask`.
    """
    question = as_meant(question, collection, documents)
    turns, bare = _turns(before), unwrapped(question)
    forms = {asks_for(question), asks_for(bare)}
    depends = turns and is_follow_up(bare) and forms <= {Form.SPAN, Form.STATEMENT}
    if not depends or is_gibberish(bare, collection.missing(bare, documents)):
        return [understand(question, collection, documents)]
    exclude = known(bare, turns)
    here = _last_document(before, collection, documents)
    said = _said(before, here) if is_bare(bare) else None
    meant = [
        *(understand(text, collection, documents, exclude) for text in interpretations(bare, turns)),
        *(understand(text, collection, here, exclude) for text in bare_interpretations(bare)),
    ]
    return [replace(asked, is_follow_up=True, said=said) for asked in meant]


def as_meant(question: str, collection: Collection, documents: DocumentIds | None = None) -> str:
    """Return `question` with its function words as English spells them, and all words if it asks for an overview.

    A question in another language stays as it is. Other words are corrected by what the documents hold; see
    `understand`.
    """
    if foreign_language(unwrapped(question)):
        return question
    meant = with_function_words(question, partial(collection.missing, documents=documents))
    spelled = in_english(meant)
    return spelled if spelled != meant and asks_for(unwrapped(spelled)).is_overview else meant


def _said(before: Sequence[Answer], here: DocumentIds | None) -> Said | None:
    """Return what the last answer rests on, if it is in one of the documents asked."""
    last = before[-1]
    if not last.evidence or last.evidence.sentence.document.id not in (here or ()):
        return None
    return Said(last.evidence.sentence.quote, last.passages[0].passage)


def _last_document(
    before: Sequence[Answer], collection: Collection, documents: DocumentIds | None
) -> DocumentIds | None:
    """Return the document of the last cited answer, or `documents` if it is not one of these."""
    cited = next((answer.citations[0].document.id for answer in reversed(before) if answer.citations), "")
    return [cited] if cited in (collection.document_ids() if documents is None else documents) else documents


def _turns(before: Sequence[Answer]) -> list[Turn]:
    """Return what a follow-up question may refer to, nearest first."""
    return [
        Turn(
            answer.asked or unwrapped(answer.question),
            answer.evidence.bare if answer.evidence and answer.form is Form.SPAN else "",
            unwrapped(answer.question),
        )
        for whole in reversed(before)
        for answer in reversed(whole.parts or (whole,))
    ]
