"""No file harms the process that has it read: a child process reads it, and dies in its place."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.hostile_files import pdf_of_nested_forms
from index import Document, FolderCollection, TooDemanding, read, split
from index.add import Change, add
from index.sandbox.sandbox import SHORT, Sandbox, passages
from index.sandbox.worker import Limits
from index.testing import ONE_SENTENCE, BagOfWords
from tests.conftest import RunPython

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for child processes in /proc")


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """A file of 3 kB that would take hours, and all memory, to read."""
    file = tmp_path / "bomb.pdf"
    file.write_bytes(pdf_of_nested_forms())
    return file


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.txt"
    file.write_text("Dogs bark.")
    return file


def test_a_file_may_take_30_seconds_and_a_gigabyte() -> None:
    assert Limits() == Limits(seconds=30, memory=1_000_000_000)


def test_a_file_that_takes_too_long_is_refused_in_one_sentence_and_the_next_is_read(bomb: Path, good: Path) -> None:
    sandbox = Sandbox(Limits(seconds=1))
    begun = time.monotonic()
    with pytest.raises(TooDemanding, match=ONE_SENTENCE) as refusal:
        sandbox.read(bomb)

    assert str(refusal.value).startswith(f"{bomb} takes longer than 1 s to read; ")
    assert time.monotonic() - begun < 8
    assert sandbox.read(good).text == "Dogs bark."


def test_a_file_that_takes_too_much_memory_is_refused_in_one_sentence_and_the_next_is_read(
    bomb: Path, good: Path
) -> None:
    sandbox = Sandbox(Limits(memory=200_000_000))
    with pytest.raises(TooDemanding, match=ONE_SENTENCE) as refusal:
        sandbox.read(bomb)

    assert str(refusal.value).startswith(f"{bomb} needs more than 0.2 GB of memory to read; ")
    assert sandbox.read(good).text == "Dogs bark."


@linux
def test_a_file_that_ends_its_child_is_refused_in_one_sentence_and_the_next_is_read(bomb: Path, good: Path) -> None:
    sandbox = Sandbox()
    with ThreadPoolExecutor() as threads:
        refused = threads.submit(sandbox.read, bomb)
        while not refused.done():
            for child in children_of(os.getpid()):
                os.kill(child, signal.SIGSEGV)
        with pytest.raises(TooDemanding, match=ONE_SENTENCE) as refusal:
            refused.result()

    assert str(refusal.value).startswith(f"{bomb} ends the process that reads it (SIGSEGV); ")
    assert sandbox.read(good).text == "Dogs bark."


@linux
def test_a_child_that_was_ended_between_two_files_is_replaced(good: Path) -> None:
    sandbox = Sandbox()
    sandbox.read(good)
    for child in children_of(os.getpid()):
        os.kill(child, signal.SIGKILL)
        wait_for_the_end_of(child)

    assert sandbox.read(good).text == "Dogs bark."


def test_others_are_read_and_no_thread_waits_while_one_takes_its_time(bomb: Path, good: Path) -> None:
    sandbox = Sandbox(Limits(seconds=4))
    with ThreadPoolExecutor() as threads:
        refused = threads.submit(sandbox.read, bomb)
        waits = []
        while not refused.done():
            begun = time.monotonic()
            assert sandbox.read(good).text == "Dogs bark."
            waits.append(time.monotonic() - begun)

    assert len(waits) > 1
    assert max(waits) < 3


def test_a_folder_is_added_but_for_what_takes_too_much(good: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes("🐕".encode() + b"a" * 240_000_000)  # which makes every letter take four bytes
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        outcomes = list(add([large, good], collection))

        assert [outcome.change for outcome in outcomes] == [Change.REFUSED, Change.ADDED]
        assert outcomes[0].reason.startswith("needs more than 1 GB of memory to read")
        assert [document.title for document in collection.documents()] == ["good"]


def test_what_an_interrupted_read_would_have_answered_is_not_taken_for_another_files(bomb: Path, good: Path) -> None:
    sandbox = Sandbox()

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            sandbox.read(bomb)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert sandbox.read(good).text == "Dogs bark."


@linux
def test_a_child_ends_with_its_parent(good: Path) -> None:
    code = "import sys, index; index.read(sys.argv[1]); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, good], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        parent.stdout.readline()
        (child,) = children_of(parent.pid)
        parent.kill()

    wait_for_the_end_of(child)


def test_a_process_that_has_read_ends_without_a_word(python: RunPython, good: Path) -> None:
    done = python("-W", "error", "-X", "dev", "-c", f"import index; print(index.read({str(good)!r}).text)")

    assert (done.stdout, done.stderr, done.returncode) == ("Dogs bark.\n", "", 0)


def test_a_process_that_was_forked_reads_for_itself(python: RunPython, good: Path) -> None:
    code = f"""
import index, os, sys
index.read({str(good)!r})
child = os.fork()
print(index.read({str(good)!r}).text, flush=True)
if not child:
    os._exit(0)  # or else ONNX Runtime, which bears no fork, would wait for its threads
os.waitpid(child, 0)
print(index.read({str(good)!r}).text)
"""
    done = python("-c", code)

    assert (done.stdout, done.stderr) == ("Dogs bark.\n" * 3, "")


def test_a_relative_path_is_that_of_the_folder_that_we_are_in_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.txt").write_text(f"The {name} one.")
        monkeypatch.chdir(tmp_path / name)
        document = read("file.txt")

        assert document.text == f"The {name} one."
        assert document.source == str(tmp_path / name / "file.txt")


def test_a_long_text_is_split_as_a_short_one_is() -> None:
    text = "\n\n".join(f"The {n}th 🐕 barks. It is Mr. Ångström's “dog”.\nIsn't it? {'x' * n}" for n in range(700))
    document = Document(text, "Dogs")

    assert len(text) > SHORT
    assert passages(document) == split(document)


def children_of(parent: int) -> list[int]:
    """Return the ids of the processes that read for `parent`."""
    children = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent_of_it = status.read_text().rpartition(")")[2].split()[1]
            if int(parent_of_it) == parent and b"sandbox.child" in (status.parent / "cmdline").read_bytes():
                children.append(int(status.parent.name))
        except OSError:  # it has ended
            continue
    return children


def wait_for_the_end_of(process: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if ") Z " in Path(f"/proc/{process}/stat").read_text():
                return
        except OSError:
            return
        time.sleep(0.05)
    raise TimeoutError
