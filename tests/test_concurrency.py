"""A collection is used by many threads and processes, and changed by one at a time."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

from index import Collection
from tests.bag_of_words import BagOfWords
from tests.conftest import REPOSITORY, RunPython
from tests.numbered import EVERYWHERE, check_whole, numbered

# Who else uses it


def test_threads_search_while_another_adds_and_removes(tmp_path: Path) -> None:
    texts = {document.id: document.text for document in map(numbered, range(12))}
    done = Event()
    with Collection(tmp_path, BagOfWords()) as collection, ThreadPoolExecutor(8) as threads:
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
                with Collection(folder, BagOfWords()) as collection:
                    collection.add(document)
                    collection.search(EVERYWHERE)

        with ThreadPoolExecutor(4) as threads:
            for future in [threads.submit(fill, number) for number in range(4)]:
                future.result()
        with Collection(folder, BagOfWords()) as collection:
            assert len(collection.documents()) == 8
            check_whole(collection)


def test_a_change_is_seen_by_every_collection_open_on_the_folder_in_any_process(
    tmp_path: Path, python: RunPython
) -> None:
    with Collection(tmp_path, BagOfWords()) as mine, Collection(tmp_path, BagOfWords()) as yours:
        mine.add(numbered(1), numbered(2))
        check_whole(yours)
        yours.remove(numbered(1).id)
        check_whole(mine)

        elsewhere = python("-c", ELSEWHERE, tmp_path)

        assert (elsewhere.stdout, elsewhere.stderr) == ("Document 2\n", "")
        for collection in (mine, yours):
            assert collection.documents() == [numbered(3)]
            check_whole(collection)


ELSEWHERE = """
import sys
from index import Collection
from tests.bag_of_words import BagOfWords
from tests.numbered import check_whole, numbered
with Collection(sys.argv[1], BagOfWords()) as collection:
    check_whole(collection)
    print(*(document.title for document in collection.documents()))
    collection.add(numbered(3))
    collection.remove(numbered(2).id)
"""


def test_a_killed_process_leaves_only_whole_documents(tmp_path: Path) -> None:
    for finished in (1, 3, 6):
        with subprocess.Popen(
            [sys.executable, "-c", ADD_FOR_EVER, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        ) as adding:
            assert adding.stdout is not None
            reported = [int(adding.stdout.readline()) for _ in range(finished)]
            adding.kill()

        with Collection(tmp_path, BagOfWords()) as collection:
            assert {numbered(number).id for number in reported} <= {document.id for document in collection.documents()}
            check_whole(collection)


ADD_FOR_EVER = """
import sys
from index import Collection
from tests.bag_of_words import BagOfWords
from tests.numbered import numbered
with Collection(sys.argv[1], BagOfWords()) as collection:
    for number in range(1_000_000):
        if collection.add(numbered(number)):
            print(number, flush=True)
"""
