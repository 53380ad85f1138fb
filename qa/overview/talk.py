"""What people say that asks nothing of the documents gets a friendly line, and no passage."""

from index import Collection
from qa.answer import Answer, Form
from qa.question.understand import Asked

_LINE = (
    "Ask me about the documents. I answer with their own words and show the place; what they do not say, I do not"
    " answer."
)
"""It fits a greeting, thanks, a goodbye and a question for help alike."""


def talk(asked: Asked, collection: Collection) -> Answer | None:
    """Return a friendly line if `asked` greets, thanks or asks what can be asked; else None."""
    return Answer(asked.question, note=_LINE, form=Form.TALK) if asked.form is Form.TALK else None
