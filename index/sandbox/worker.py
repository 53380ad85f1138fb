"""The parent's side of a child process."""

import math
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from index.sandbox.messages import TOO_MUCH_MEMORY, receive, send

_START = """
import sys, types
folder, memory, *sys.path = sys.argv[1:]
index = sys.modules["index"] = types.ModuleType("index")
index.__path__ = [folder]
from index.sandbox.child import serve
serve(int(memory))
"""
"""The child's program. It skips the imports of `index/__init__.py`, because it needs no models or indexes."""


_AMOUNT = 50_000_000
"""Bytes of a file or text that get the time limit. A larger one gets it for each as many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on reading one file or splitting one text.

    Attributes:
        seconds: time, in seconds, for each `_AMOUNT` of bytes or a part of it.
        memory: memory of the child process, in bytes.
    """

    seconds: float = 30
    memory: int = 1_000_000_000

    def seconds_for(self, size: int) -> float:
        """Return the time limit of a file or text of `size` bytes."""
        return self.seconds * max(1, math.ceil(size / _AMOUNT))


class Stopped(Exception):
    """The child ended before it answered. The message continues a sentence that begins with the file's name."""


class Worker:
    """A child process. It ends with this object, with its parent, or when it exceeds its limits.

    Args:
        limits: the limits on each request.

    Raises:
        OSError: no process can be started.
    """

    def __init__(self, limits: Limits) -> None:
        folder = Path(__file__).resolve().parent.parent
        paths = [os.path.abspath(path) for path in sys.path if path]  # noqa: PTH100
        self._limits = limits
        self._parent = os.getpid()
        self._is_used = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, folder, str(limits.memory), *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for the parent
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._end = weakref.finalize(self, _end, self._process, self._parent)

    def is_usable(self) -> bool:
        """Return whether the child accepts another request. After a fork, it belongs to the parent only."""
        return not self._is_used and self._parent == os.getpid() and self._process.poll() is None

    def end(self) -> None:
        """End the child process."""
        self._end()

    def ask(
        self,
        request: dict[str, object],
        text: str = "",
        size: int = 0,
        data: bytes = b"",
        *,
        told: Callable[[float], None] | None = None,
    ) -> tuple[dict[str, Any], str, bytes]:
        """Return the answer of the child. Only one thread at a time may ask.

        Args:
            request: what to do.
            text: a text to split.
            size: size of the file to read, in bytes.
            data: a file to draw.
            told: called with the share that is done, from 0 to 1, whenever the child tells it.

        Raises:
            Stopped: the child has ended, or was ended at its time limit.
        """
        assert self._process.stdin
        assert self._process.stdout
        is_late = Event()

        def end() -> None:
            """End the child process."""
            is_late.set()
            _kill(self._process)

        seconds = self._limits.seconds_for(max(size, len(text)))
        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            send(self._process.stdin, request | {"seconds": seconds}, text, data)
            answer, text, data = receive(self._process.stdout, self._limits.memory)
            while "share" in answer:
                if told:
                    told(min(1.0, max(0.0, float(answer["share"]))))
                answer, text, data = receive(self._process.stdout, self._limits.memory)
            self._is_used = bool(answer["is_used"])
        except (EOFError, OSError) as error:
            raise Stopped(self._reason(seconds if is_late.is_set() else 0)) from error
        finally:
            timer.cancel()
            self._is_used |= is_late.is_set()
        return answer, text, data

    def _reason(self, late_after: float) -> str:
        if late_after:
            return f"takes longer than {late_after:g} s to read; split it, or save it as plain text"
        code = self._process.wait()
        if code in (TOO_MUCH_MEMORY, -signal.SIGABRT):  # libraries abort when memory runs out
            most = f"{self._limits.memory / 1e9:g} GB"
            return f"needs more than {most} of memory to read; split it, or save it as plain text"
        cause = signal.Signals(-code).name if code < 0 else f"code {code}"
        return f"ends the process that reads it ({cause}); get or make it again, or save it as plain text"


def _end(process: subprocess.Popen[bytes], parent: int) -> None:
    if os.getpid() != parent:
        return
    _kill(process)
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # unsent data is no longer needed
            stream.close() if stream else None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a child, and the programs that it has started."""
    if sys.platform == "win32":
        process.kill()
    elif process.poll() is None:  # otherwise, its number may be that of another process by now
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
