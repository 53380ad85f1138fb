"""A child process, as its parent sees it."""

import os
import signal
import subprocess
import sys
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import Any

from index.sandbox.messages import TOO_MUCH_MEMORY, receive, send

_START = """
import sys, types
folder, seconds, memory, *sys.path = sys.argv[1:]
index = sys.modules["index"] = types.ModuleType("index")
index.__path__ = [folder]
from index.sandbox.child import serve
serve(float(seconds), int(memory))
"""
"""Runs the child without what `index/__init__.py` imports: it needs neither models nor indexes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file, or the splitting of one text, may take: seconds, and bytes of memory."""

    seconds: float = 30
    memory: int = 1_000_000_000


class Stopped(Exception):
    """A child that ended before it answered; the message goes on from the name of what it read."""


class Worker:
    """One child process. It ends with this object, with its parent, or when it is asked too much."""

    def __init__(self, limits: Limits) -> None:
        """Raises `OSError` if no process can be started."""
        folder = Path(__file__).resolve().parent.parent
        paths = [os.path.abspath(path) for path in sys.path if path]  # noqa: PTH100
        self._limits = limits
        self._parent = os.getpid()
        self._is_used = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, folder, str(limits.seconds), str(limits.memory), *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for the parent
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._end = weakref.finalize(self, _end, self._process, self._parent)

    def is_usable(self) -> bool:
        """Return whether this may be asked; not so after a fork, when it is another process's."""
        return not self._is_used and self._parent == os.getpid() and self._process.poll() is None

    def end(self) -> None:
        self._end()

    def ask(self, request: dict[str, object], text: str = "") -> tuple[dict[str, Any], str]:
        """Return what the child answers. One thread at a time may ask.

        Raises:
            Stopped: the child has ended, or was ended because it had taken all of its time.
        """
        assert self._process.stdin
        assert self._process.stdout
        is_late = Event()

        def end() -> None:
            is_late.set()
            self._process.kill()

        timer = Timer(self._limits.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            send(self._process.stdin, request, text)
            answer, text = receive(self._process.stdout, self._limits.memory)
            self._is_used = bool(answer["is_used"])
        except (EOFError, OSError) as error:
            raise Stopped(self._reason(is_late=is_late.is_set())) from error
        finally:
            timer.cancel()
            self._is_used |= is_late.is_set()
        return answer, text

    def _reason(self, *, is_late: bool) -> str:
        if is_late:
            return f"takes longer than {self._limits.seconds:g} s to read; split it, or save it as plain text"
        code = self._process.wait()
        if code in (TOO_MUCH_MEMORY, -signal.SIGABRT):  # as libraries end a process that has no memory left
            most = f"{self._limits.memory / 1e9:g} GB"
            return f"needs more than {most} of memory to read; split it, or save it as plain text"
        cause = signal.Signals(-code).name if code < 0 else f"code {code}"
        return f"ends the process that reads it ({cause}); get or make it again, or save it as plain text"


def _end(process: subprocess.Popen[bytes], parent: int) -> None:
    if os.getpid() != parent:
        return
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent is not wanted any more
            stream.close() if stream else None
