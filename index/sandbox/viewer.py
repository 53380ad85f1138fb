"""Draws pages of files in a child process, which keeps the files open that were drawn last."""

import logging
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, NamedTuple

from index import errors
from index.errors import TooDemanding, UnreadableFile
from index.sandbox.worker import Limits, Stopped, Worker

Edges = tuple[float, float, float, float]
"""The left, bottom, right and top edges of a part of a page, in points from its lower left corner as it is shown."""


class Spot(NamedTuple):
    """A part of a page that is marked.

    Attributes:
        edges: its edges.
        colour: its colour on white paper: red, green and blue, each from 0 to 255.
    """

    edges: Edges
    colour: tuple[int, int, int]


_log = logging.getLogger("cited")


class Viewer:
    """Draws pages of PDFs. Any number of threads may use it; one page is drawn at a time.

    Args:
        limits: the limits on drawing one page.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits(seconds=10)
        self._lock = Lock()
        self._worker: Worker | None = None

    def sizes(self, name: str, data: bytes) -> list[tuple[float, float]]:
        """Open a PDF under `name`, in place of what had this name, and return the sizes of its pages.

        Returns:
            The width and height of each page as it is shown, cropped and rotated, in points.

        Raises:
            UnreadableFile: `data` is no PDF that can be opened.
            TooDemanding: opening it takes too much time or memory.
        """
        with self._lock:
            answer, _ = self._ask({"draw": name}, data)
        return [(float(width), float(height)) for width, height in answer["sizes"]]

    def png(
        self,
        name: str,
        load: Callable[[], bytes],
        page: int,
        width: int,
        *,
        part: Edges | None = None,
        spots: Sequence[Spot] = (),
    ) -> bytes:
        """Return the picture of a page as a PNG.

        Args:
            name: the name under which the file was opened.
            load: returns the file, or nothing if there is none; called if it is no longer open.
            page: number of the page, from 1.
            width: pixels across. A picture of very many pixels has fewer.
            part: the part of the page to show; by default, all of it.
            spots: what to mark, in this order.

        Raises:
            UnreadableFile: there is no file or no such page, or it is damaged.
            TooDemanding: drawing it takes too much time or memory.
        """
        request: dict[str, object] = {"draw": name, "page": page, "width": width, "part": part, "spots": spots}
        with self._lock:
            answer, picture = self._ask(request)
            if answer.get("is_closed"):
                answer, picture = self._ask(request, load())
        if answer.get("is_closed"):
            raise UnreadableFile("The file was not kept, so its pages cannot be shown; read its text.")
        return picture

    def close(self) -> None:
        """Forget all files. Those that are asked for again are opened again."""
        with self._lock:
            self._end()

    def _ask(self, request: dict[str, object], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
        try:
            if self._worker is None or not self._worker.is_usable():
                self._end()
                self._worker = Worker(self._limits)
            answer, _, picture = self._worker.ask(request, size=len(data), data=data)
        except (Stopped, OSError, AttributeError, LookupError, TypeError, ValueError) as error:
            self._end()
            _log.warning("A page could not be drawn: its file %s.", error)
            raise TooDemanding("The pages of this file take too much time or memory to show; read its text.") from error
        except BaseException:  # an interrupted child may answer during the next request
            self._end()
            raise
        if "crash" in answer:
            _log.warning("A page could not be drawn.\n%s", answer["trace"])
            raise UnreadableFile("This page cannot be shown; read its text.")
        if "error" in answer:
            raise getattr(errors, answer["error"])(answer["message"])
        return answer, picture

    def _end(self) -> None:
        if self._worker:
            self._worker.end()
        self._worker = None


viewer = Viewer()
"""The viewer that all parts of a program share."""
