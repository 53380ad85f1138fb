"""The child process. It limits itself, then reads, splits and draws for its parent until the pipe closes.

It imports only what it needs, so that it starts in a sixth of a second and takes 50 MB.
"""

import os
import sys
import traceback
from pathlib import Path
from threading import Thread
from time import sleep
from typing import IO, TYPE_CHECKING, Any

from index.errors import CitedError
from index.formats.content import Told
from index.formats.read import read
from index.packing import pack, unpack
from index.passage import split
from index.sandbox.messages import TOO_MUCH_MEMORY, receive, send

if TYPE_CHECKING:
    from index.formats.pdf.drawing import Drawing

if sys.platform != "win32":
    import resource
    import signal

_USED = 0.25
"""Share of the memory limit above which a child is replaced before the next file."""

_UNTOUCHED = 100_000_000
"""Bytes of address space beyond the limit. Libraries and buffers reserve that much more than they ever touch."""

_MOST_OPEN = 2
"""Files that stay open to be drawn, so that the next page of each is there at once."""

_drawings: "dict[str, Drawing]" = {}
"""The files that are open, by name, the most recently used last."""

_GRACE = 5
"""Seconds beyond the limit after which the child ends itself, in case its parent is dead and cannot end it."""


def serve(memory: int) -> None:
    """Read requests from standard input, and write the answers to standard output.

    Everything that a library prints is discarded.

    Args:
        memory: memory limit of the process, in bytes.
    """
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123
        for number in (0, 1, 2):
            os.dup2(nowhere.fileno(), number)
    _limit(memory)
    while requests.peek(1):
        request, text, data = receive(requests, memory)
        _wake_after(request["seconds"] + _GRACE)
        _answer(answers, request, text, data, memory)
        _wake_after(0)


def _answer(stream: IO[bytes], request: dict[str, Any], text: str, data: bytes, memory: int) -> None:
    """Send the result or the error, and whether the child has grown too much to continue."""
    value: dict[str, Any] = {}
    try:
        value, text, data = _done(request, text, data, lambda share: send(stream, {"share": share}))
    except MemoryError:
        os._exit(TOO_MUCH_MEMORY)
    except CitedError as error:
        value, text, data = {"error": type(error).__name__, "message": str(error)}, "", b""
    except BaseException as error:  # raised by a library, such as a Rust panic, whose state is now unknown
        value = {"crash": type(error).__name__, "trace": traceback.format_exc(), "is_used": True}
        text, data = "", b""
    send(stream, {"is_used": _memory_taken() > _USED * memory} | value, text, data)


def _done(request: dict[str, Any], text: str, data: bytes, told: Told) -> tuple[dict[str, Any], str, bytes]:
    if "draw" in request:
        return _drawn(request, data)
    if "read" in request:
        if "in" in request:
            os.chdir(request["in"])
        document, attached, original = read(request["read"], request["attachment"], ocr=request["ocr"], told=told)
        return {"document": pack(document), "attached": attached}, document.text, original
    spans = (passage.span for passage in split(unpack(text, request["split"])))
    return {"bounds": [bound for span in spans for bound in (span.start, span.end)]}, "", b""


def _drawn(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], str, bytes]:
    """Draw a page of a file that is open, or of `data`; without a page, return the sizes of all."""
    from index.formats.pdf.drawing import Drawing

    drawing = _drawings.pop(request["draw"], None)
    drawing = Drawing(data) if data else drawing
    if drawing is None:
        return {"is_closed": True}, "", b""
    _drawings[request["draw"]] = drawing
    if len(_drawings) > _MOST_OPEN:
        del _drawings[next(iter(_drawings))]
    if "page" not in request:
        return {"sizes": drawing.sizes()}, "", b""
    return {}, "", drawing.png(request["page"], request["width"], request["part"], request["spots"])


if sys.platform == "win32":  # a process cannot limit itself there; its parent ends it at the time limit

    def _limit(memory: int) -> None: ...

    def _wake_after(seconds: float) -> None: ...

    def _memory_taken() -> int:
        return 0

else:

    def _limit(memory: int) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "darwin":  # macOS accepts a memory limit but does not enforce it
            Thread(target=_watch, args=[memory], daemon=True).start()
        else:
            resource.setrlimit(resource.RLIMIT_AS, (memory + _UNTOUCHED, memory + _UNTOUCHED))

    def _wake_after(seconds: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds)  # the unhandled signal ends the process

    def _memory_taken() -> int:
        if sys.platform == "linux":  # `getrusage` would count the parent's memory at the fork
            return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _watch(memory: int) -> None:
    while _memory_taken() < memory:
        sleep(0.05)
    os._exit(TOO_MUCH_MEMORY)
