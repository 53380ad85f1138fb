"""Documents, split into passages, encoded, and searched: the half of Cited that finds."""

from index.address import is_collection, open_collection, without_password
from index.collection import Collection
from index.contract import AnyCollection, Hit, UnusableQuestion
from index.copy import copy
from index.database import UnknownDocument, UnusableCollection
from index.document import CitedError, Document, EmptyDocument, Span, SpanOutsideText
from index.encoder import Encoder, UnusableModel
from index.passage import Passage, sentences, split
from index.read import UnreadableFile, read
from index.sentence_transformer import SentenceTransformerEncoder, default_encoder

__all__ = [
    "AnyCollection",
    "CitedError",
    "Collection",
    "Document",
    "EmptyDocument",
    "Encoder",
    "Hit",
    "Passage",
    "SentenceTransformerEncoder",
    "Span",
    "SpanOutsideText",
    "UnknownDocument",
    "UnreadableFile",
    "UnusableCollection",
    "UnusableModel",
    "UnusableQuestion",
    "copy",
    "default_encoder",
    "is_collection",
    "open_collection",
    "read",
    "sentences",
    "split",
    "without_password",
]
