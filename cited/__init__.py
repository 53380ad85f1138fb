"""Ask documents a question. Get the answer and the exact passage that proves it.

>>> from cited import ask
>>> answer = ask("who opened the conference?")
>>> answer.text
'Abdel Latif Hamouchi'
>>> answer.citations[0].place
'line 9'
"""

from typing import Any

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

__version__: str


def __getattr__(name: str) -> Any:
    """Return the version of the package, which takes a while to look up."""
    if name == "__version__":
        from importlib.metadata import version

        return version("cited")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
