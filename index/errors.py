"""Every error that Cited raises on purpose. Each message is a sentence that can be shown to users."""


class CitedError(Exception):
    """Base class of every error that Cited raises on purpose. The message is one sentence that users can be shown."""


def reason_of(error: CitedError, name: object) -> str:
    """Return the message of an error without the `name` of a file or document at its beginning, and without full stop.

    >>> reason_of(UnreadableFile("a.pdf is empty."), "a.pdf")
    'is empty'
    """
    return str(error).removeprefix(f"{name} ").removesuffix(".")


class EmptyDocument(CitedError):
    """The text contains no letter and no digit."""


class InvalidText(CitedError):
    """A text, title or source contains a lone surrogate, which is half of a character and cannot be encoded.

    Or a title that was given is too long or has no words.
    """


class SpanOutsideText(CitedError):
    """A span, place or block does not lie inside the text of its document, or is out of order."""


class UnreadableFile(CitedError):
    """The path is missing or not a regular file, or the file cannot be read, is damaged, encrypted or has no text."""


class ScannedFile(UnreadableFile):
    """A PDF has no text. If it is a scan, its text can be recognised (OCR)."""


class TooDemanding(UnreadableFile):
    """A file or text exceeds the limits on time or memory, or crashes the process that reads it."""


class Cancelled(CitedError):
    """Whoever wanted a file has cancelled reading it. Nothing of it was stored."""


class UnusableQuestion(CitedError):
    """The question has no words, is too long, contains a lone surrogate, or selects no documents."""


class UnusableCollection(CitedError):
    """The collection cannot be opened, read or changed. The subclasses name the causes that callers can tell apart."""


class CollectionLocked(UnusableCollection):
    """Another process is changing the collection, or keeps its database locked."""


class CollectionMoved(UnusableCollection):
    """The folder of the collection was deleted, moved or replaced while the collection was open."""


class DiskFull(UnusableCollection):
    """The disk has no room for the data to be written."""


class NewerFormat(UnusableCollection):
    """A newer version of Cited made the collection."""


class OtherModel(UnusableCollection):
    """Another model made the vectors of the collection."""


class ReadOnlyCollection(UnusableCollection):
    """The folder of the collection cannot be written. The collection can be searched but not changed."""


class DamagedCollection(UnusableCollection):
    """The database of the collection is damaged. Restore it from a backup; Cited never overwrites it."""


class UnknownDocument(CitedError):
    """The collection holds no document with this id.

    Args:
        document_id: the id that was not found.
    """

    def __init__(self, document_id: str) -> None:
        super().__init__(f"No document here has the id {document_id!r}; `documents()` lists those there are.")


class UnusableModel(CitedError):
    """The model is missing or damaged, or sentence-transformers cannot load it."""
