"""Every error that Cited raises on purpose. The message of each is a sentence fit to show a person."""


class CitedError(Exception):
    """Root of every error Cited raises on purpose; its message is one sentence fit to show a person."""


class EmptyDocument(CitedError):
    """A text without a single letter or digit."""


class InvalidText(CitedError):
    """A text, title or source with half of a character in it, a lone surrogate, which no encoding can store."""


class SpanOutsideText(CitedError):
    """A span, or a place, that does not lie inside its document's text."""


class UnreadableFile(CitedError):
    """A file that is missing, may not be read, is no file, is damaged or encrypted, or holds no text."""


class TooDemanding(UnreadableFile):
    """A file, or a text, that takes more time or memory than it may, or that ends the process that reads it."""


class UnusableQuestion(CitedError):
    """The question has no words, is too long, contains a lone surrogate, or selects no documents."""


class UnusableCollection(CitedError):
    """A folder that is no collection, is damaged, cannot be written, or is of another model or a newer version."""


class CollectionLocked(UnusableCollection):
    """A collection that another process keeps changing, or a database that it keeps locked."""


class CollectionMoved(UnusableCollection):
    """A collection whose folder was deleted, moved or replaced while it was open."""


class DiskFull(UnusableCollection):
    """A collection on a disk that has no room for what is to be written."""


class NewerFormat(UnusableCollection):
    """A collection that a newer version of Cited has made."""


class OtherModel(UnusableCollection):
    """A collection whose vectors another model has made."""


class ReadOnlyCollection(UnusableCollection):
    """A collection that can be read and asked, but not changed, for its folder cannot be written."""


class DamagedCollection(UnusableCollection):
    """A collection whose database is not as it was written: to be restored from a backup, and never overwritten."""


class UnknownDocument(CitedError):
    """A document id that the collection does not hold."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"No document here has the id {document_id!r}; `documents()` lists those there are.")


class UnusableModel(CitedError):
    """A model that is missing, damaged, or not one that sentence-transformers can load."""
