"""Documents, split into passages, encoded, and searched: the half of Cited that finds."""

from index.collection import Collection, Hit, UnusableQuestion, is_collection
from index.database import UnknownDocument, UnusableCollection
from index.document import CitedError, Document, EmptyDocument, Place, Span, SpanOutsideText
from index.encoder import Encoder, UnusableModel
from index.passage import Passage, sentences, split
from index.read import SUFFIXES, UnreadableFile, read
from index.sentence_transformer import SentenceTransformerEncoder, default_encoder

__all__ = [
    "SUFFIXES",
    "CitedError",
    "Collection",
    "Document",
    "EmptyDocument",
    "Encoder",
    "Hit",
    "Passage",
    "Place",
    "SentenceTransformerEncoder",
    "Span",
    "SpanOutsideText",
    "UnknownDocument",
    "UnreadableFile",
    "UnusableCollection",
    "UnusableModel",
    "UnusableQuestion",
    "default_encoder",
    "is_collection",
    "read",
    "sentences",
    "split",
]
