"""The search half of Cited: it reads documents, splits them into passages, encodes them and searches them."""

import logging

from index.block import Block, Kind, Role
from index.collection import Collection, DocumentIds, Report
from index.document import Document, Fact, Place, Span
from index.encoder.base import Encoder
from index.encoder.sentence_transformer import SentenceTransformerEncoder, default_encoder
from index.errors import (
    CitedError,
    CollectionLocked,
    CollectionMoved,
    DamagedCollection,
    DiskFull,
    EmptyDocument,
    InvalidText,
    NewerFormat,
    OtherModel,
    ReadOnlyCollection,
    SpanOutsideText,
    TooDemanding,
    UnknownDocument,
    UnreadableFile,
    UnusableCollection,
    UnusableModel,
    UnusableQuestion,
)
from index.folder.collection import FolderCollection
from index.formats.suffixes import SUFFIXES
from index.joined import JoinedCollection
from index.open import Address, existing_collection, is_collection, open_collection, opened, without_password
from index.passage import Passage, Piece, split
from index.ranking import Hit
from index.sandbox.sandbox import read, read_all
from index.table import Cell, CellKind, Headers, Table
from index.text.sentences import sentences
from index.transfer import copy

logging.getLogger("cited").addHandler(logging.NullHandler())  # silent unless the application asks for the log

__all__ = [
    "SUFFIXES",
    "Address",
    "Block",
    "Cell",
    "CellKind",
    "CitedError",
    "Collection",
    "CollectionLocked",
    "CollectionMoved",
    "DamagedCollection",
    "DiskFull",
    "Document",
    "DocumentIds",
    "EmptyDocument",
    "Encoder",
    "Fact",
    "FolderCollection",
    "Headers",
    "Hit",
    "InvalidText",
    "JoinedCollection",
    "Kind",
    "NewerFormat",
    "OtherModel",
    "Passage",
    "Piece",
    "Place",
    "ReadOnlyCollection",
    "Report",
    "Role",
    "SentenceTransformerEncoder",
    "Span",
    "SpanOutsideText",
    "Table",
    "TooDemanding",
    "UnknownDocument",
    "UnreadableFile",
    "UnusableCollection",
    "UnusableModel",
    "UnusableQuestion",
    "copy",
    "default_encoder",
    "existing_collection",
    "is_collection",
    "open_collection",
    "opened",
    "read",
    "read_all",
    "sentences",
    "split",
    "without_password",
]
