"""Adds hostile files beside good ones, by the page's server and by the command, and asks the page meanwhile.

Each file must become a document with the text that a person sees in it, or end in one sentence, within 30 s and 1 GB.
All good ones must be added. A question is asked each second, and may take 1 s longer than it does alone.

    python -m bench.hostile [NAME...]
"""

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from uuid import uuid4

from bench.hostile_files import FILES, shows
from bench.served import ROOT, call, served, upload
from index import Collection, Document, existing_collection, split
from index.add import Change
from index.passage import LONGEST_PASSAGE
from index.sandbox.worker import Limits
from index.testing import ONE_SENTENCE, numbered

_GOOD = 10

QUESTION = "who opened the conference?"
"""A question about the article with which the page begins."""

_ALONE = 10
"""Times that the question is asked before any file is added, and again after all are added."""

_PATIENCE = 1.0
"""Seconds by which the question may take longer while files are added."""

_GRACE = 5.0
"""Seconds beyond the limit in which a child is started, and the document is encoded and stored."""

_MOST_SECONDS = 1_800.0
"""Seconds that the command may take for all files."""

_ROW = re.compile(r"(added|replaced|unchanged|refused) +(.+?)(?:: (.+))?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for a file: its document's id or the sentence, the seconds, and its child's memory in bytes."""

    name: str
    document: str
    sentence: str
    seconds: float
    memory: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the outcome of each file, and then the failures; return 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of hostile files; without any, all")
    names = parser.parse_args(arguments).names or list(FILES)
    with TemporaryDirectory() as folder:
        home, files = Path(folder), _written(Path(folder) / "files", names)
        failures = [*_by_page(home, files), *_by_command(home, files)]
    print(f"FAILED: {'; '.join(failures)}." if failures else f"Passed: {len(names)} hostile files, {_GOOD} good ones.")
    return 1 if failures else 0


def _written(folder: Path, names: Sequence[str]) -> list[Path]:
    """Write the files to `folder`, and return them in an order that mixes good and hostile ones."""
    folder.mkdir()
    files = []
    for n in range(_GOOD):
        files.append(folder / f"{n}-good.txt")
        files[-1].write_bytes(numbered(n).text.encode())
        for name in names[n::_GOOD]:
            files.append(folder / name)
            files[-1].write_bytes(FILES[name]())
    return files


def _by_page(home: Path, files: Sequence[Path]) -> Iterator[str]:
    """Add `files` by the page's server, print the outcome of each, and yield the failures."""
    with served(home) as (address, server):
        call(address, "ready")
        said, _ = _asked(address)
        waits = [_asked(address)[1] for _ in range(_ALONE)]
        outcomes: list[Outcome] = []
        with _asking(address, lambda: files[len(outcomes) % len(files)].name) as answers:
            for file in files:
                outcomes.append(_added(address, server.pid, file))
                print(_line(outcomes[-1]), flush=True)
        alone = max(waits + [_asked(address)[1] for _ in range(_ALONE)])
    (meanwhile, _, name), *_ = sorted(answers, reverse=True)
    print(f"A question waited {alone:.2f} s alone, and {meanwhile:.2f} s meanwhile ({name}), {len(answers)} asked.")
    if meanwhile > alone + _PATIENCE:
        yield f"a question waited {meanwhile:.2f} s while {name} was added"
    if any(answer != said for _, answer, _ in answers):
        yield f"a question was answered otherwise than {said!r}"
    with existing_collection(home / "collection") as collection:
        for outcome in outcomes:
            yield from (f"{outcome.name} by the page {failure}" for failure in _failures(outcome, collection))


def _failures(outcome: Outcome, collection: Collection) -> Iterator[str]:
    limits = Limits()
    if outcome.seconds > limits.seconds + _GRACE:
        yield f"took {outcome.seconds:.0f} s"
    if outcome.memory > limits.memory:
        yield f"took {outcome.memory / 1e9:.1f} GB"
    if outcome.document:
        yield from _untrue(outcome.name, collection, outcome.document)
    elif _is_good(outcome.name):
        yield "is not there"
    elif not re.match(ONE_SENTENCE, outcome.sentence):
        yield f"ended in {outcome.sentence!r}"


def _untrue(name: str, collection: Collection, document_id: str) -> Iterator[str]:
    """Yield the faults of the document that was made from the file `name`."""
    document = collection.document(document_id)
    is_true = document.text == numbered(int(name[0])).text if _is_good(name) else shows(name, document.text)
    if not is_true:
        yield f"is not what a person sees, but {document.text[:60]!r}"
    yield from faults_of_passages(document)


def faults_of_passages(document: Document) -> Iterator[str]:
    """Yield what is wrong with the passages of a document."""
    passages = split(document)
    if max(len(passage.text) for passage in passages) > LONGEST_PASSAGE:
        yield "has a passage that is too long"
    ends = [0, *(passage.span.end for passage in passages)]
    starts = [*(passage.span.start for passage in passages), None]
    if any(map(str.isalnum, "".join(document.text[end:start] for end, start in zip(ends, starts, strict=True)))):
        yield "has words in no passage"


def _by_command(home: Path, files: Sequence[Path]) -> Iterator[str]:
    """Add `files` by one command, and yield the failures."""
    place, begun, most = home / "by-command", time.monotonic(), 0
    command = [sys.executable, "-m", "qa", "add", str(files[0].parent), "--collection", str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        while process.poll() is None and time.monotonic() - begun < _MOST_SECONDS:
            most = max(most, _peak(process.pid))
            time.sleep(0.05)
        process.kill()
        assert process.stdout
        rows = [row for line in process.stdout.read().splitlines() if (row := _ROW.fullmatch(line))]
    changes = Counter(row[1] for row in rows)
    code = process.returncode
    print(f"The command: {time.monotonic() - begun:.0f} s, {most / 1e6:.0f} MB; {dict(changes)}; exit {code}.")
    if code != (1 if changes[Change.REFUSED] else 0):
        yield f"the command exited with {code}"
    if most > Limits().memory:
        yield f"a child of the command took {most / 1e9:.1f} GB"
    unnamed = {str(file) for file in files} ^ {row[2] for row in rows}
    if unnamed or len(rows) != len(files):
        yield f"the command's table does not name each file once: {sorted(unnamed)}"
    yield from (f"{row[2]} ended in {row[3]!r}" for row in rows if row[1] == Change.REFUSED and not _is_reason(row))
    with existing_collection(place) as collection:
        sources = {Path(source).name: document_id for document_id, source in collection.sources().items()}
        yield from (f"{file.name} is not there" for file in files if _is_good(file.name) and file.name not in sources)
        for name, document_id in sources.items():
            yield from (f"{name} by the command {failure}" for failure in _untrue(name, collection, document_id))


def _is_reason(row: re.Match[str]) -> bool:
    """Return whether a row of the command's table, with a file's name before it, is one sentence."""
    return bool(row[3]) and re.match(ONE_SENTENCE, f"{row[2]} {row[3]}.") is not None


def _is_good(name: str) -> bool:
    return name.endswith("-good.txt")


def _line(outcome: Outcome) -> str:
    became = outcome.sentence or "document"
    return f"{outcome.seconds:5.1f} s {outcome.memory / 1e6:6.0f} MB  {outcome.name:<30} {became}"


def _added(address: str, server: int, file: Path) -> Outcome:
    """Add `file` as the page does."""
    copy = upload(address, file.name, file.read_bytes())
    with _watched(server) as peaks:
        begun = time.monotonic()
        view = call(address, "add", path=copy, name=file.name)
        seconds = time.monotonic() - begun
    return Outcome(file.name, view.get("document", ""), view.get("error", ""), seconds, max(peaks))


def _asked(address: str) -> tuple[str, float]:
    """Return the page's answer to `QUESTION`, and the seconds that it took."""
    begun = time.monotonic()
    turn = call(address, "answer", chat=uuid4().hex, shown=0, question=QUESTION, documents=None)
    return str(turn.get("answer", turn)), time.monotonic() - begun


@contextmanager
def _asking(address: str, current: Callable[[], str]) -> Iterator[list[tuple[float, str, str]]]:
    """Ask the page each second until the end of the block.

    Yields:
        A list with the seconds, the answer and the file that was `current` before, for each question.
    """
    answers: list[tuple[float, str, str]] = []

    def ask_once() -> None:
        name = current()
        said, seconds = _asked(address)
        answers.append((seconds, said, name))

    ask_once()
    with _repeating(ask_once, 1.0):
        yield answers


@contextmanager
def _watched(parent: int) -> Iterator[list[int]]:
    """Measure the memory of the processes that read for `parent`; yield a list of the measurements, in bytes."""
    peaks = [0]
    for child in _readers(parent):
        with suppress(OSError):
            Path(f"/proc/{child}/clear_refs").write_text("5")  # resets the peak to the current value
    with _repeating(lambda: peaks.append(_peak(parent)), 0.05):
        yield peaks


@contextmanager
def _repeating(action: Callable[[], object], seconds: float) -> Iterator[None]:
    """Run `action` in a thread every `seconds` seconds, until the end of the block."""
    done = Event()

    def repeat() -> None:
        while not done.wait(seconds):
            action()

    thread = Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _peak(parent: int) -> int:
    """Return the peak memory, in bytes, of the processes that read for `parent`; 0 if the system does not say."""
    peak = 0
    for child in _readers(parent):
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{child}/status").read_text(encoding="ascii"))
            peak = max(peak, 1024 * int(found[1]) if found else 0)
    return peak


def _readers(parent: int) -> list[str]:
    """Return the ids of the processes that read for `parent`; any of its threads may have started them."""
    readers: list[str] = []
    for children in Path("/proc").glob(f"{parent}/task/*/children"):
        with suppress(OSError):
            readers += [child for child in children.read_text(encoding="ascii").split() if _reads(child)]
    return readers


def _reads(process: str) -> bool:
    return b"sandbox.child" in Path(f"/proc/{process}/cmdline").read_bytes()


if __name__ == "__main__":
    raise SystemExit(main())
