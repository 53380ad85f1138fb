"""Ask questions about documents: every answer is quoted from its source."""

from index.article import article, article_collection
from qa.answer import Answer, Attribution, Citation, Claim, Evidence, Form
from qa.ask import ask
from qa.conversation import Conversation
from qa.reading.network import UnusableReader
from qa.reading.reader import Reader
from qa.suggest import suggestions

__all__ = [
    "Answer",
    "Attribution",
    "Citation",
    "Claim",
    "Conversation",
    "Evidence",
    "Form",
    "Reader",
    "UnusableReader",
    "article",
    "article_collection",
    "ask",
    "suggestions",
]
