"""Documents, split into passages, encoded, and searched: the half of Cited that finds."""

from index.address import is_collection, open_collection, without_password
from index.collection import Collection
from index.contract import (
    AnyCollection,
    DamagedCollection,
    Hit,
    Report,
    UnknownDocument,
    UnusableCollection,
    UnusableQuestion,
)
from index.copy import copy
from index.document import CitedError, Document, EmptyDocument, InvalidText, Place, Span, SpanOutsideText
from index.encoder import Encoder, UnusableModel
from index.passage import Passage, sentences, split
from index.read import SUFFIXES, UnreadableFile, read
from index.sentence_transformer import SentenceTransformerEncoder, default_encoder

__all__ = [
    "SUFFIXES",
    "AnyCollection",
    "CitedError",
    "Collection",
    "DamagedCollection",
    "Document",
    "EmptyDocument",
    "Encoder",
    "Hit",
    "InvalidText",
    "Passage",
    "Place",
    "Report",
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
