"""Does the page's server withstand a crowd? `python -m bench.load [--sessions N...] [--seconds S]`.

It serves the page as `cited serve` does, on another port, with documents about lighthouses. Each session asks about
its own documents as fast as it gets answers; one in five asks as a program, the others as the page does. Each answer
must be the same as that of the bare pipeline. A session that is told that Cited is busy tries again.

Before and after each crowd, a process asks the bare pipeline one question after the other, for half of its time each.
"x bare" compares the answers a second with that, and "of CPU" the answers a second of processor time, which other
programs change less. The server's memory is compared between the first and last sixth of the time of the last crowd;
its growth counts from `--seconds 600` on. Exits with 1 if anything was wrong.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import numpy as np
from gradio_client import Client

from bench.served import TIMEOUT, authorization, call, served
from bench.spent import Spent, spent
from index import Document, FolderCollection
from qa import Conversation

_QUESTIONS = ("Who built the lighthouse of {}?", "In which year was the lighthouse of {} lit?")
"""Questions of one conversation."""

_PROGRAM = 5
"""One session in this many asks `/ask`, one question a conversation."""

_SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "sa", "vor", "bel")

_GROWTH, _LONG = 0.10, 600.0
"""Growth of the server's memory that is allowed, as a share, and the seconds from which on it counts."""

_CROWDS = (1, 5, 20, 50)


@dataclass(slots=True)
class Seen:
    """What all sessions of a crowd saw, and the server's memory meanwhile.

    Attributes:
        seconds: those of each answer.
        busy: the number of times that they were told "busy".
        wrong: the faults.
        took: the seconds from the first question to the last answer, of the clock and of the server's processor time.
        memory: in megabytes, each half second.
    """

    seconds: list[float] = field(default_factory=list)
    busy: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    took: Spent = field(default_factory=lambda: Spent(0, 0))
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Measure the page under load, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, nargs="+", default=_CROWDS, metavar="N")
    parser.add_argument("--seconds", type=float, default=60, metavar="S")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        sys.exit(_load(Path(folder), given.sessions, given.seconds))


def _load(home: Path, crowds: list[int], seconds: float) -> int:
    """Serve documents, let crowds ask about them for `seconds` each, and return the exit status."""
    with FolderCollection(home / "collection") as collection:
        collection.add(*(_document(number) for number in range(max(crowds))))
    alone = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    with alone, served(home) as (address, process):
        call(address, "ready")
        expected = alone.submit(_answers, home / "collection", max(crowds)).result()
        print("sessions  answers/s  p50 s  p95 s  p99 s  busy  wrong  x bare  of CPU", flush=True)
        is_wrong = False
        for sessions in crowds:
            bare = [alone.submit(_rate, home / "collection", sessions, seconds / 2).result()]
            seen = _crowd(address, process.pid, sessions, expected, seconds)
            bare.append(alone.submit(_rate, home / "collection", sessions, seconds / 2).result())
            is_wrong |= _report(sessions, seen, bare)
    return int(is_wrong | _has_grown(seen.memory, seconds))


def _crowd(address: str, server: int, sessions: int, expected: dict[str, str], seconds: float) -> Seen:
    """Let `sessions` sessions ask for `seconds`."""
    seen, began, cpu = Seen(), time.monotonic(), _cpu(server)
    with ThreadPoolExecutor(sessions) as crowd:
        asking = [
            crowd.submit(_session, address, number, expected, seen, began + seconds) for number in range(sessions)
        ]
        while time.monotonic() < began + seconds:
            seen.memory.append(_megabytes(server))
            time.sleep(0.5)
        for session in asking:
            session.result()
    seen.took = Spent(time.monotonic() - began, _cpu(server) - cpu)
    return seen


def _session(address: str, number: int, expected: dict[str, str], seen: Seen, end: float) -> None:
    """Ask one conversation after another until `end`."""
    ask = _program(address) if _is_program(number) else _page(address)
    while time.monotonic() < end:
        chat = uuid4().hex
        for shown, question in enumerate(_questions(number)):
            began = time.monotonic()
            try:
                answer = ask(chat, shown, question)
            except Exception as error:
                if "busy" not in str(error):
                    seen.wrong[f"{type(error).__name__}: {error}"] += 1
                seen.busy += "busy" in str(error)
                time.sleep(0.5)
                break
            seen.seconds.append(time.monotonic() - began)
            if answer != expected[question]:
                seen.wrong[f"{question} {answer!r}, and of the bare pipeline {expected[question]!r}"] += 1


def _program(address: str) -> Callable[[str, int, str], str]:
    """Return a function that asks as a program."""
    client = Client(address, verbose=False, httpx_kwargs={"timeout": TIMEOUT}, headers=authorization(address))
    return lambda _chat, _shown, question: str(client.predict(question, api_name="/ask")["text"])


def _page(address: str) -> Callable[[str, int, str], str]:
    """Return a function that asks as the page does. It raises what is wrong with a turn."""

    def said(chat: str, shown: int, question: str) -> str:
        turn: dict[str, Any] = call(address, "answer", chat=chat, shown=shown, question=question, documents=None)
        if "error" in turn:
            raise RuntimeError(turn["error"])
        if turn["question"] != question:
            raise RuntimeError(f"{question} was answered as {turn['question']}")
        return str(turn["answer"])

    return said


@cache
def _opened(folder: Path) -> FolderCollection:
    return FolderCollection(folder)


def _answers(folder: Path, sessions: int) -> dict[str, str]:
    """Return the answers of the bare pipeline, by question."""
    return dict(asked for number in range(sessions) for asked in _conversation(folder, number))


def _rate(folder: Path, sessions: int, seconds: float) -> Spent:
    """Return the time of an answer of the bare pipeline, which is asked the same conversations in one loop."""
    done, end = 0, time.monotonic() + seconds

    def ask() -> None:
        nonlocal done
        for number in count():
            done += len(_conversation(folder, number % sessions))
            if time.monotonic() > end:
                break

    took = spent(ask)
    return Spent(took.wall / done, took.cpu / done)


def _conversation(folder: Path, number: int) -> list[tuple[str, str]]:
    conversation = Conversation(_opened(folder))
    return [(question, conversation.ask(question).text) for question in _questions(number)]


def _report(sessions: int, seen: Seen, bare: list[Spent]) -> bool:
    """Print a row of figures and the faults. Return whether anything was wrong."""
    answers = max(1, len(seen.seconds))
    figures = [f"{sessions:8}  {answers / seen.took.wall:9.1f}"]
    figures += [f"{value:5.2f}" for value in np.percentile(seen.seconds or [0], [50, 95, 99])]
    figures += [f"{seen.busy:4}", f"{seen.wrong.total():5}"]
    figures += [f"{answers * fmean(each.wall for each in bare) / seen.took.wall:6.2f}"]
    figures += [f"{answers * fmean(each.cpu for each in bare) / seen.took.cpu:6.2f}"]
    print("  ".join(figures), flush=True)
    for complaint, times_seen in seen.wrong.most_common(10):
        print(f"{times_seen} x {complaint}")
    return bool(seen.wrong) or not seen.seconds


def _has_grown(memory: list[float], seconds: float) -> bool:
    """Print the server's memory, and return whether it has grown too much."""
    part = max(1, len(memory) // 6)
    first, last = fmean(memory[:part]), fmean(memory[-part:])
    if not first:
        print("memory: not known here")
        return False
    print(f"memory: {first:.0f} MB at first, {last:.0f} MB at last, {last / first - 1:+.1%}")
    return last / first - 1 > _GROWTH and seconds >= _LONG


def _document(number: int) -> Document:
    place, builder = _name(number), _name(number + 100)
    text = (
        f"The lighthouse of {place} was built by {builder}. It was lit in {1700 + number}, after a winter of storms."
        f" Today it guides the ships that come to {place} by night."
    )
    return Document(text, place)


def _questions(number: int) -> list[str]:
    """Return the questions of a conversation of a session."""
    return [question.format(_name(number)) for question in _QUESTIONS[: 1 if _is_program(number) else None]]


def _is_program(number: int) -> bool:
    return number % _PROGRAM == _PROGRAM - 1


def _name(number: int) -> str:
    base = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // base**place % base] for place in range(4)).capitalize()


def children(process: int) -> list[int]:
    """Return the processes that a process has started, and that they have started; none if the system does not say."""
    try:
        threads = [each.read_text(encoding="ascii") for each in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [each for child in " ".join(threads).split() for each in (int(child), *children(int(child)))]


def _cpu(process: int) -> float:
    """Return the processor time of a process, in seconds."""
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: int) -> float:
    """Return the memory of a process and its children; 0 if the system does not say."""
    try:
        pages = [
            int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1])
            for each in (process, *children(process))
        ]
    except OSError:
        return 0.0
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
