"""A collection is used by many threads and processes, and changed by one at a time."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Barrier, Event

import pytest

from bench.concurrent_readers import read_while_writing
from bench.kill import kill
from index import FolderCollection, UnusableCollection
from index.testing import ELSEWHERE, EVERYWHERE, ONE_SENTENCE, BagOfWords, check_whole, numbered
from tests.conftest import REPOSITORY, RunPython

# Who else uses it


def test_threads_search_while_another_adds_and_removes(tmp_path: Path) -> None:
    texts = {document.id: document.text for document in map(numbered, range(12))}
    done = Event()
    with FolderCollection(tmp_path, BagOfWords()) as collection, ThreadPoolExecutor(8) as threads:
        collection.add(numbered(0))

        def search() -> int:
            searches = 0
            while not done.is_set() or not searches:
                for hit in collection.search(EVERYWHERE, k=200):
                    span = hit.passage.span
                    assert hit.passage.text == texts[hit.passage.document.id][span.start : span.end]
                searches += 1
            return searches

        searching = [threads.submit(search) for _ in range(8)]
        try:
            for number in range(1, 12):
                collection.add(numbered(number))
                if number % 2:
                    collection.remove(numbered(number).id)
        finally:
            done.set()

        assert all(future.result() for future in searching)
        assert collection.documents() == [numbered(number) for number in range(0, 12, 2)]
        check_whole(collection)


def test_a_new_folder_can_be_opened_and_filled_by_several_at_once(tmp_path: Path) -> None:
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        together = Barrier(4)

        def fill(number: int, folder: Path = folder, together: Barrier = together) -> None:
            together.wait()
            for document in (numbered(number), numbered(number + 10)):
                with FolderCollection(folder, BagOfWords()) as collection:
                    collection.add(document)
                    collection.search(EVERYWHERE)

        with ThreadPoolExecutor(4) as threads:
            for future in [threads.submit(fill, number) for number in range(4)]:
                future.result()
        with FolderCollection(folder, BagOfWords()) as collection:
            assert len(collection.documents()) == 8
            check_whole(collection)


def test_a_change_is_seen_by_every_collection_open_on_the_folder_in_any_process(
    tmp_path: Path, python: RunPython
) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as mine, FolderCollection(tmp_path, BagOfWords()) as yours:
        mine.add(numbered(1), numbered(2))
        check_whole(yours)
        yours.remove(numbered(1).id)
        check_whole(mine)

        elsewhere = python("-c", ELSEWHERE, tmp_path)

        assert (elsewhere.stdout, elsewhere.stderr) == ("Document 2\n", "")
        for collection in (mine, yours):
            assert collection.documents() == [numbered(3)]
            check_whole(collection)


def test_a_killed_process_leaves_only_whole_documents(tmp_path: Path) -> None:
    # `python -m bench.kill` kills ten times as often, over a longer time.
    for number, seconds in enumerate((0.02, 0.15, 0.3, 0.45, 0.6)):
        killed = kill(tmp_path / str(number), documents=20, seconds=seconds)

        assert killed.complaints == ()


def test_readers_in_other_processes_see_a_state_before_or_after_each_change(tmp_path: Path) -> None:
    # `python -m bench.concurrent_readers` does so for a minute.
    changes, readers = read_while_writing(tmp_path / "collection", seconds=5, readers=4)

    assert [complaint for reader in readers for complaint in reader.complaints] == []
    assert any(reader.states > 1 for reader in readers)  # all do, on a machine that is not busy
    assert changes > 1


HOLD = """
import sys, time
from pathlib import Path
from index.folder.lock import Lock
with Lock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def test_who_waits_for_another_process_too_long_learns_which_and_since_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.folder.lock.PATIENCE", 0.1)
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        with held_by_another_process(tmp_path) as holder:
            today = f"{datetime.now().astimezone():%Y-%m-%d}"
            with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
                collection.add(numbered(2))
            check_whole(collection)  # who only reads need not wait

        for known in (f"process {holder.pid} on {socket.gethostname()}", today, str(tmp_path)):
            assert known in str(refusal.value)
        collection.add(numbered(2))  # the holder is dead, and in nobody's way


def test_nobody_is_named_who_does_not_hold_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.folder.lock.PATIENCE", 0.1)
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        with held_by_another_process(tmp_path) as killed:
            pass
        with held_by_another_process(tmp_path) as holder:
            with pytest.raises(UnusableCollection) as refusal:
                collection.add(numbered(1))
            assert f"process {holder.pid} " in str(refusal.value)
            assert str(killed.pid) not in str(refusal.value)

            (tmp_path / "lock").write_text("{")
            with pytest.raises(UnusableCollection, match="another process"):
                collection.add(numbered(1))
