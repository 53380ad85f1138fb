"""Does the page's server withstand a crowd? `python -m bench.load [--sessions N] [--seconds S]`.

It serves the page as `cited serve` does, on another port, with documents about lighthouses. Each session asks about
its own documents as fast as it gets answers; one in five asks as a program, the others as the page does. Each answer
must be the same as when the question was asked alone. A session that is told that Cited is busy tries again. The
server's memory is compared between the first and last sixth of the time. Exits with 1 if anything was wrong.
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median, quantiles
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from gradio_client import Client

from bench.served import TIMEOUT, authorization, call, served
from index import Document, FolderCollection

_QUESTIONS = ("Who built the lighthouse of {}?", "In which year was the lighthouse of {} lit?")
"""Questions of one conversation."""

_PROGRAM = 5
"""One session in this many asks `/ask`, one question a conversation."""

_SYLLABLES = ("ka", "lo", "mi", "ru", "ten", "sa", "vor", "bel")

_GROWTH = 0.10
"""Growth of the server's memory that is allowed, as a share."""


@dataclass(slots=True)
class Seen:
    """What all sessions saw: the seconds of each answer, the number of times they were told "busy", and the faults."""

    seconds: list[float] = field(default_factory=list)
    busy: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Measure the page under load, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        sys.exit(_load(Path(folder), given.sessions, given.seconds))


def _load(home: Path, sessions: int, seconds: float) -> int:
    """Serve documents, let `sessions` sessions ask about them for `seconds`, and return the exit status."""
    with FolderCollection(home / "collection") as collection:
        collection.add(*(_document(number) for number in range(sessions)))
    with served(home) as (address, process):
        call(address, "ready")
        expected = {question: _ask(address, uuid4().hex, 0, question)["answer"] for question in _all(sessions)}
        seen, memory, end = Seen(), [], time.monotonic() + seconds
        with ThreadPoolExecutor(sessions) as crowd:
            asking = [crowd.submit(_session, address, number, expected, seen, end) for number in range(sessions)]
            while time.monotonic() < end:
                memory.append(_megabytes(process.pid))
                time.sleep(0.5)
            for session in asking:
                session.result()
    return _report(seen, memory)


def _session(address: str, number: int, expected: dict[str, str], seen: Seen, end: float) -> None:
    """Ask one conversation after another until `end`."""
    program = None
    if number % _PROGRAM == 0:
        waiting = {"timeout": TIMEOUT}
        program = Client(address, verbose=False, httpx_kwargs=waiting, headers=authorization(address))
    while time.monotonic() < end:
        chat = uuid4().hex
        for shown, question in enumerate(_questions(number)[: 1 if program else None]):
            began = time.monotonic()
            try:
                if program:
                    answer = program.predict(question, api_name="/ask")["text"]
                else:
                    answer = _said(address, chat, shown, question)
            except Exception as error:
                if "busy" not in str(error):
                    seen.wrong[f"{type(error).__name__}: {error}"] += 1
                seen.busy += "busy" in str(error)
                time.sleep(0.5)
                break
            seen.seconds.append(time.monotonic() - began)
            if answer != expected[question]:
                seen.wrong[f"{question} {answer!r}, and alone {expected[question]!r}"] += 1


def _said(address: str, chat: str, shown: int, question: str) -> str:
    """Return the answer if it, and all that the server returns of the chat, is this session's own."""
    turn = _ask(address, chat, shown, question)
    if "error" in turn:
        raise RuntimeError(turn["error"])
    if turn["question"] != question:
        raise RuntimeError(f"{question} was answered as {turn['question']}")
    return str(turn["answer"])


def _report(seen: Seen, memory: list[float]) -> int:
    """Print the results, and return the exit status."""
    part = max(1, len(memory) // 6)
    first, last = fmean(memory[:part]), fmean(memory[-part:])
    grown = last / first - 1 if first else 0.0
    print(f"{len(seen.seconds)} answers, {seen.busy} times busy, {seen.wrong.total()} wrong")
    if len(seen.seconds) > 1:
        print(f"seconds of an answer: median {median(seen.seconds):.2f}, p95 {quantiles(seen.seconds, n=20)[-1]:.2f}")
    print(
        f"memory: {first:.0f} MB at first, {last:.0f} MB at last, {grown:+.1%}" if first else "memory: not known here"
    )
    for complaint, times in seen.wrong.most_common(10):
        print(f"{times} x {complaint}")
    return int(bool(seen.wrong) or not seen.seconds or grown > _GROWTH)


def _ask(address: str, chat: str, shown: int, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = call(address, "answer", chat=chat, shown=shown, question=question, documents=None)
    return answer


def _document(number: int) -> Document:
    place, builder = _name(number), _name(number + 100)
    text = (
        f"The lighthouse of {place} was built by {builder}. It was lit in {1700 + number}, after a winter of storms."
        f" Today it guides the ships that come to {place} by night."
    )
    return Document(text, place)


def _questions(number: int) -> list[str]:
    return [question.format(_name(number)) for question in _QUESTIONS]


def _all(sessions: int) -> list[str]:
    return [question for number in range(sessions) for question in _questions(number)]


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
