"""Reads files and splits texts in child processes, where they can do no harm. One idle child is kept for reuse."""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Any

from index import errors
from index.document import Document, Span
from index.errors import EmptyDocument, TooDemanding, UnreadableFile, reason_of
from index.formats.facts import counted
from index.packing import pack, unpack
from index.passage import Passage, parts, split
from index.sandbox.cancel import Cancel
from index.sandbox.worker import Limits, Stopped, Worker

_AT_ONCE = 2
"""Children that may work at the same time, so that one slow file does not block the others."""

_LONGEST_OCR = 1800
"""Seconds that recognising the text of one file may take. A page takes about three."""

SHORT = 50_000
"""Longest text, in code points, that is split in this process. It takes about ten milliseconds."""

_log = logging.getLogger("cited")


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read from a file.

    Attributes:
        documents: its document, then those of its attachments.
        original: its bytes; None if they are more than `LARGEST_KEPT`.
    """

    documents: tuple[Document, ...]
    original: bytes | None


class Sandbox:
    """Child processes that read and split. They are started on demand, and any number of threads may use them.

    Args:
        limits: the limits on each file or text; by default those of `Limits`.
        ocr: whether the text of scanned pages is recognised.
    """

    def __init__(self, limits: Limits | None = None, *, ocr: bool = False) -> None:
        self._ocr = ocr
        self._limits = limits or Limits()
        self._places = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._idle: list[Worker] = []

    def read(self, path: str | os.PathLike[str]) -> Document:
        """Read the file at `path` as a document, like the function `read`."""
        document, attached, _ = self._read(os.fspath(path), ())
        return replace(document, unread=(*document.unread, *counted({"attachment": len(attached)})))

    def read_file(
        self, path: str | os.PathLike[str], cancel: Cancel | None = None, told: Callable[[float], None] | None = None
    ) -> FileRead:
        """Read the file at `path` and what is attached to it, like the function `read_all`. Keep its bytes."""
        name = os.fspath(path)
        first, names, original = self._read(name, (), cancel, told)
        documents, unread = [first], list(first.unread)
        waiting: deque[tuple[tuple[int, ...], str]] = deque(((n,), called) for n, called in enumerate(names))
        end = monotonic() + self._limits.seconds
        while waiting and monotonic() < end:
            place, called = waiting.popleft()
            try:
                document, names, _ = self._read(name, place, cancel)
            except EmptyDocument:
                unread.append(f"attachment “{called}” (holds no words)")
                continue
            except UnreadableFile as error:
                unread.append(f"attachment “{called}” ({reason_of(error, name)})")
                continue
            documents.append(document)
            waiting += [((*place, n), called) for n, called in enumerate(names)]
        unread += (f"{phrase} (for lack of time)" for phrase in counted({"more attachment": len(waiting)}))
        return FileRead((replace(first, unread=tuple(unread)), *documents[1:]), original or None)

    def _read(
        self,
        name: str,
        attachment: tuple[int, ...],
        cancel: Cancel | None = None,
        told: Callable[[float], None] | None = None,
    ) -> tuple[Document, list[str], bytes]:
        """Return a document as `index.formats.read.read` does."""
        request: dict[str, object] = {"read": name, "attachment": attachment, "ocr": self._ocr}
        size = 0
        with _in_sentences(name):
            if not Path(name).is_absolute():
                request["in"] = str(Path.cwd())
            with suppress(OSError, ValueError):  # the child will say why
                size = Path(name).stat().st_size
            answer, text, original = self._ask(request, size=size, cancel=cancel, told=told)
            return unpack(text, answer["document"]), answer["attached"], original

    def passages(self, document: Document) -> list[Passage]:
        """Return the passages of `document`, like the function `passages`."""
        if len(document.text) <= SHORT:
            return split(document)
        with _in_sentences(repr(document.title)):
            return [Passage(document, span) for part in parts(document) for span in self._spans(document, part)]

    def _spans(self, document: Document, part: Span) -> Iterator[Span]:
        """Yield the spans of the passages in a part of `document`."""
        if not any(map(str.isalnum, document.quote(part))):
            return
        blocks = [document.block(part.start), *(document.block(part.start + at) for at in document.breaks(part))]
        moved = tuple(block._replace(start=block.start - part.start) for block in blocks)
        alone = Document(document.quote(part), document.title, blocks=moved)
        answer, _, _ = self._ask({"split": pack(alone)}, alone.text)
        bounds = answer["bounds"]
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            alone.quote(Span(start, end))  # raises unless it lies inside the text
            yield Span(part.start + start, part.start + end)

    def _ask(
        self,
        request: dict[str, object],
        text: str = "",
        size: int = 0,
        cancel: Cancel | None = None,
        told: Callable[[float], None] | None = None,
    ) -> tuple[dict[str, Any], str, bytes]:
        with self._places:
            worker = self._take()
            try:
                with (cancel or Cancel()).ending(worker.end):
                    answer, text, data = worker.ask(request, text, size, told=told)
            except BaseException:  # an interrupted child may answer during the next request
                worker.end()
                raise
            self._give_back(worker)
        if "crash" in answer:
            _log.warning("A file could not be read.\n%s", answer["trace"])
            raise Stopped(f"cannot be read ({answer['crash']}); get or make it again, or save it as plain text")
        if "error" in answer:
            raise getattr(errors, answer["error"])(answer["message"])
        return answer, text, data

    def _take(self) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_usable():
                    return worker
                worker.end()
        return Worker(self._limits)

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.is_usable() and not self._idle:
                self._idle.append(worker)
                return
        worker.end()


@contextmanager
def _in_sentences(name: str) -> Iterator[None]:
    """Turn errors into sentences that begin with `name`, the name of a file or document."""
    try:
        yield
    except Stopped as error:
        raise TooDemanding(f"{name} {error}.") from error
    except OSError as error:
        reason = f"no process can be started for it: {error.strerror}"
        raise UnreadableFile(f"{name} cannot be read ({reason}); try again when less is running.") from error
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise TooDemanding(f"{name} confuses the process that reads it; save it as plain text.") from error


_sandbox = Sandbox()
_recognising = Sandbox(Limits(seconds=_LONGEST_OCR), ocr=True)


def read(path: str | os.PathLike[str], *, ocr: bool = False) -> Document:
    """Read a file as a document.

    The file is read in a child process with the default `Limits` on time and memory. `index.formats.read.read`
    describes the formats and how each is read.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "report.txt")
    ...     _ = file.write_text("Mali won the cup.")
    ...     read(file)
    Document('report', 17 characters)

    Args:
        path: the file. Its content, not its suffix, decides the format.
        ocr: whether the text of scanned pages of a PDF is recognised, by the program Tesseract, which must be
            installed. It may take half an hour. The places of such text say that it is recognised.

    Returns:
        The document. Its title is the one that the file states, or else the file's name without suffix. Its source is
        the absolute path.

    Raises:
        UnreadableFile: `path` is missing, not a regular file, empty, larger than `LARGEST`, damaged, encrypted or in
            an unsupported format, or it may not be read or changes while it is read.
        TooDemanding: reading the file takes too much time or memory, or crashes the process that reads it.
        EmptyDocument: the text contains no words.
    """
    return (_recognising if ocr else _sandbox).read(path)


def read_all(path: str | os.PathLike[str], *, ocr: bool = False) -> tuple[Document, ...]:
    """Read a file, and the files attached to it, as documents. Only e-mails (.eml) have attachments.

    Args:
        path: the file, as for `read`.
        ocr: as for `read`.

    Returns:
        The document of the file, then those of its attachments, with the same source. The title of each names the
        attachment and its e-mail. Attachments that cannot be read are listed under `unread` of the first document. So
        are those that are left when reading them has taken the time limit of one file.

    Raises:
        UnreadableFile, TooDemanding, EmptyDocument: as for `read`, about the file itself.
    """
    return read_file(path, ocr=ocr).documents


def read_file(
    path: str | os.PathLike[str],
    *,
    ocr: bool = False,
    cancel: Cancel | None = None,
    told: Callable[[float], None] | None = None,
) -> FileRead:
    """Read a file as `read_all` does, and return its bytes too. The path is read once.

    Args:
        path: the file.
        ocr: as for `read`.
        cancel: cancels reading it, from another thread.
        told: called with the share of the file's pages that are read, from 0 to 1, whenever one is recognised (`ocr`).

    Raises:
        Cancelled: `cancel` was set, from another thread, before the file was read.
    """
    return (_recognising if ocr else _sandbox).read_file(path, cancel, told)


def passages(document: Document) -> list[Passage]:
    """Return the same as `split`. A document longer than `SHORT` is split in a child process with the default limits.

    Raises:
        TooDemanding: splitting the document takes too much time or memory.
    """
    return _sandbox.passages(document)
