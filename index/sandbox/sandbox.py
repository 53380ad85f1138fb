"""Reads files and splits texts where they can harm nobody: in child processes, one of which is kept for the next."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from index import errors
from index.document import Document, Span
from index.errors import TooDemanding, UnreadableFile
from index.passage import Passage, split
from index.sandbox.messages import with_text, without_text
from index.sandbox.worker import Limits, Stopped, Worker

AT_ONCE = 2
"""Children that may work at the same time: a file that takes all of its time does not hold up the others."""

SHORT = 50_000
"""Code points up to which a text is split in this process, which takes some ten milliseconds."""

_log = logging.getLogger("cited")


class Sandbox:
    """Child processes that read and split, started when they are needed. Any number of threads may use one sandbox."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._places = BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._idle: list[Worker] = []

    def read(self, path: str | os.PathLike[str]) -> Document:
        """Return the file at `path` as a document, as the function `read` does."""
        name = os.fspath(path)
        request: dict[str, object] = {"read": name}
        with _in_sentences(name):
            if not Path(name).is_absolute():
                request["in"] = str(Path.cwd())
            answer, text = self._ask(request)
            return with_text(answer["document"], text)

    def passages(self, document: Document) -> list[Passage]:
        """Return the passages of `document`, as the function `passages` does."""
        if len(document.text) <= SHORT:
            return split(document)
        with _in_sentences(repr(document.title)):
            answer, _ = self._ask({"split": without_text(document)}, document.text)
            bounds = answer["bounds"]
            spans = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
            document.quote(max(spans, key=lambda span: span.end))  # all of them lie inside the text
            return [Passage(document, span) for span in spans]

    def _ask(self, request: dict[str, object], text: str = "") -> tuple[dict[str, Any], str]:
        with self._places:
            worker = self._take()
            try:
                answer, text = worker.ask(request, text)
            except BaseException:  # an interrupted one may still answer, and nobody would know which question
                worker.end()
                raise
            self._give_back(worker)
        if "crash" in answer:
            _log.warning("A file could not be read.\n%s", answer["trace"])
            raise Stopped(f"cannot be read ({answer['crash']}); get or make it again, or save it as plain text")
        if "error" in answer:
            raise getattr(errors, answer["error"])(answer["message"])
        return answer, text

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
    """Say of the file, or the document, that `name` names what kept it from being read."""
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


def read(path: str | os.PathLike[str]) -> Document:
    """Return the file at `path` as a document titled by its name, whose source is its absolute path.

    It is read in a child process, within the default `Limits`, as `index.formats.read.read` says.

    Raises:
        UnreadableFile: `path` is missing, may not be read, is no file, is empty, is larger than `LARGEST`, changes
            while it is read, is damaged or encrypted, or is of no format that can be read.
        TooDemanding: reading it takes too much time or memory, or ends the process that reads it.
        EmptyDocument: the text holds no words.
    """
    return _sandbox.read(path)


def passages(document: Document) -> list[Passage]:
    """Return what `split` does; a document longer than `SHORT` is split in a child process, within the same limits.

    Raises:
        TooDemanding: splitting it takes too much time or memory.
    """
    return _sandbox.passages(document)
