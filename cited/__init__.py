"""Ask documents a question. Get the answer and the exact passage that proves it.

>>> from cited import ask
>>> answer = ask("who opened the conference?")
>>> answer.text
'Abdel Latif Hamouchi'
>>> answer.citations[0].place
'line 9'
"""

from importlib.metadata import version

from index import CitedError, Collection, Document, Hit, open_collection, read, read_all
from qa import Answer, Citation, Conversation, ask
from qa.share.card import card
from qa.share.verify import verify

__all__ = [
    "Answer",
    "Citation",
    "CitedError",
    "Collection",
    "Conversation",
    "Document",
    "Hit",
    "__version__",
    "ask",
    "card",
    "open_collection",
    "read",
    "read_all",
    "verify",
]

__version__ = version("cited")
