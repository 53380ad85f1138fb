"""Is anything lost or left over when the server is killed and started again? `python -m bench.restart [--kills N]`.

Each time, `cited serve` gets files from the page and from programs, and questions, until it is killed (SIGKILL) at a
random moment. After the next start, each document that was reported as added must be listed and found, and each answer
that was given must stand in its conversation. No other document, no copy of a file and no process may be left. In the
end the collection must hold every text as it was sent, and pass its check. Exits with 1 if anything was wrong.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from uuid import uuid4

import httpx

from bench.load import children
from bench.served import TIMEOUT, authorization, call, served, upload
from index import Document, FolderCollection
from index.testing import numbered
from qa import article

_PATIENCE = 10.0
"""Seconds in which the children of a killed server must end."""


@dataclass(slots=True)
class Traffic:
    """What servers of one folder were sent, and what they reported.

    Attributes:
        home: the folder of all that they write.
        sent: the documents of the files that were sent, by id, and the article, which a new collection holds.
        added: the ids of the documents that were reported as added.
        answers: the answers that were given, by conversation.
        complaints: a sentence for each fault.
    """

    home: Path
    sent: dict[str, Document] = field(default_factory=lambda: {article().id: article()})
    added: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def round(self, documents: int, seconds: float) -> None:
        """Start a server, compare what it has with what was reported, let it work, and kill it.

        It is killed `seconds` after it has reported `documents` more as added.
        """
        killed = Event()
        with served(self.home) as (address, process):
            call(address, "ready")
            self.complaints += self._missing(address)
            work = (self._add_by_page, self._add_by_program, self._ask)
            with ThreadPoolExecutor(len(work)) as crowd:
                for each in work:
                    crowd.submit(self._until, killed, each, address)
                self._wait(len(self.added) + documents)
                time.sleep(seconds)
                left = children(process.pid)
                killed.set()
                process.kill()
        end = time.monotonic() + _PATIENCE
        while any(map(_runs, left)) and time.monotonic() < end:
            time.sleep(0.1)
        self.complaints += (f"Process {child} goes on without its server." for child in left if _runs(child))

    def finish(self) -> None:
        """Compare the collection that the last kill has left with what was reported, without a server."""
        with FolderCollection(self.home / "collection") as collection:
            texts = {document.id: document.text for document in collection}
            self.complaints += self._misplaced(set(texts))
            self.complaints += collection.check().findings
        if any(text != self.sent[name].text for name, text in texts.items() if name in self.sent):
            self.complaints.append("A text is not as it was sent.")

    def _missing(self, address: str) -> Iterator[str]:
        copies = [file.name for file in (self.home / "cache" / "cited" / "uploads").glob("*/*/*")]
        if copies:
            yield f"Copies of files were left: {', '.join(copies)}."
        yield from self._misplaced({document["id"] for document in call(address, "documents")})
        with httpx.Client(base_url=address, headers=authorization(address), timeout=TIMEOUT) as program:
            for name in self.added:
                question = {"question": f"Which word does {self.sent[name].title} say?", "k": 1}
                (hit,) = program.post("/v1/search", json=question).raise_for_status().json()["passages"]
                if hit["document"] != name:
                    yield f"{self.sent[name].title} is not found."
        for chat, given in self.answers.items():
            if [turn["answer"] for turn in call(address, "turns", chat=chat)][: len(given)] != given:
                yield "A conversation has not the answers that were given in it."

    def _misplaced(self, kept: set[str]) -> Iterator[str]:
        if lost := set(self.added) - kept:
            yield f"{len(lost)} documents were reported as added, and are not there."
        if kept - set(self.sent):
            yield "A document is there that was not sent."

    def _wait(self, added: int) -> None:
        end = time.monotonic() + TIMEOUT
        while len(self.added) < added and time.monotonic() < end:
            time.sleep(0.01)

    def _until(self, killed: Event, work: Callable[[str], None], address: str) -> None:
        """Do `work` until the server is killed, and note an error before that."""
        try:
            while not killed.is_set():
                work(address)
        except Exception as error:
            if not killed.is_set():
                self.complaints.append(f"{type(error).__name__}: {error}")

    def _add_by_page(self, address: str) -> None:
        document = self._next()
        name = upload(address, f"{document.title}.txt", document.text.encode())
        if call(address, "add", path=name, name=document.source)["outcome"] == "added":
            self.added.append(document.id)

    def _add_by_program(self, address: str) -> None:
        document = self._next()
        files = {"file": (document.source, document.text.encode())}
        answer = httpx.post(f"{address}/v1/add", files=files, headers=authorization(address), timeout=TIMEOUT)
        if answer.raise_for_status().json()["outcome"] == "added":
            self.added.append(document.id)

    def _ask(self, address: str) -> None:
        chat = str(uuid4())
        for shown in range(3):
            turn = call(address, "answer", chat=chat, shown=shown, question=f"Who says word{shown}?", documents=None)
            self.answers.setdefault(chat, []).append(turn["answer"])

    def _next(self) -> Document:
        number = next(self._numbers)
        document = Document(numbered(number).text, f"document{number}", f"document{number}.txt")
        self.sent[document.id] = document
        return document


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2]
    except OSError:
        return False
    return not state.startswith("Z")


def main() -> None:
    """Kill servers, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.restart", description=__doc__)
    parser.add_argument("--kills", type=int, default=10, metavar="N")
    options = parser.parse_args()
    draw = random.Random(0)
    with TemporaryDirectory() as folder:
        traffic = Traffic(Path(folder))
        for number in range(1, options.kills + 1):
            traffic.round(draw.randrange(1, 8), draw.uniform(0, 0.5))
            said = sum(map(len, traffic.answers.values()))
            done = f"{len(traffic.added)} of {len(traffic.sent) - 1} documents added, {said} questions answered"
            print(f"{number:3} kills: {done}, {len(traffic.complaints)} faults", flush=True)
        traffic.finish()
    print(*traffic.complaints or ["Nothing was lost, and nothing was left over."], sep="\n")
    sys.exit(bool(traffic.complaints))


if __name__ == "__main__":
    main()
