"""A collection is shared by threads, processes and machines, and belongs to one model."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from index import (
    OtherModel,
    UnknownDocument,
    UnusableCollection,
    split,
)
from index.testing import ELSEWHERE, EVERYWHERE, ONE_SENTENCE, BagOfWords, check_whole, numbered
from tests.conftest import RunPython
from tests.index.conftest import FILE, Home


def test_a_change_is_seen_by_every_collection_open_on_the_same_address(home: Home) -> None:
    with home.open() as mine, home.open() as yours:
        mine.add(numbered(1), numbered(2))
        check_whole(yours)
        yours.remove(numbered(1).id)
        check_whole(mine)
        yours.add(numbered(3))

        assert mine.documents() == yours.documents() == [numbered(2), numbered(3)]


def test_what_was_closed_can_be_opened_by_another_process_and_again_by_this_one(
    homes: Callable[[str], Home], python: RunPython
) -> None:
    home = homes(FILE)
    with home.open() as collection:
        collection.add(numbered(1), numbered(2))

    elsewhere = python("-c", ELSEWHERE, home.address)

    assert (elsewhere.stdout, elsewhere.stderr) == ("Document 1 Document 2\n", "")
    with home.open() as collection:
        assert collection.documents() == [numbered(1), numbered(3)]
        check_whole(collection)


def test_a_change_of_another_process_is_seen(shared: Home, python: RunPython) -> None:
    with shared.open() as collection:
        collection.add(numbered(1), numbered(2))
        elsewhere = python("-c", ELSEWHERE, shared.address)

        assert (elsewhere.stdout, elsewhere.stderr) == ("Document 1 Document 2\n", "")
        assert collection.documents() == [numbered(1), numbered(3)]
        check_whole(collection)


def test_several_can_begin_a_collection_and_add_the_same_at_once(home: Home) -> None:
    together = Barrier(4)

    def fill(first: int) -> None:
        together.wait()
        with home.open() as collection:
            for number in range(first, first + 4):
                collection.add(numbered(number), numbered(10))
                collection.search(EVERYWHERE)

    with ThreadPoolExecutor(4) as threads:
        for future in [threads.submit(fill, first) for first in range(4)]:
            future.result()
    with home.open() as collection:
        assert sorted(d.title for d in collection.documents()) == sorted(numbered(n).title for n in (*range(7), 10))
        check_whole(collection)


@pytest.mark.slow
def test_a_document_is_there_whole_or_not_at_all_while_others_add_and_remove_it(home: Home) -> None:
    done = Event()
    whole = {numbered(n): len(split(numbered(n))) for n in range(4)}
    with home.open() as collection, ThreadPoolExecutor(4) as threads:

        def change() -> None:
            for _ in range(4):
                for document in whole:
                    collection.add(document)
                    try:
                        collection.remove(document.id)
                    except UnknownDocument:
                        assert threading.active_count() > 1  # the other one was faster

        def search() -> int:
            searches = 0
            while not done.is_set() or not searches:
                found = [hit.passage for hit in collection.search(EVERYWHERE, k=100)]
                for document in {passage.document for passage in found}:
                    assert sum(passage.document == document for passage in found) == whole[document]
                searches += 1
            return searches

        searching = [threads.submit(search) for _ in range(2)]
        changing = [threads.submit(change) for _ in range(2)]
        try:
            for future in changing:
                future.result()
        finally:
            done.set()

        assert all(future.result() for future in searching)
        check_whole(collection)


def test_a_collection_of_another_model_is_refused_in_one_sentence_and_left_as_it_is(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1))

    with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
        home.open(BagOfWords("another model"))

    assert "'another model'" in str(refusal.value)
    with home.open() as collection:
        check_whole(collection)


def test_a_model_is_the_same_under_another_name_and_not_with_other_weights(home: Home) -> None:
    with home.open(BagOfWords("the model", digest="1" * 64)) as collection:
        collection.add(numbered(1))

    with home.open(BagOfWords("/elsewhere/the model", digest="1" * 64)) as collection:
        check_whole(collection)
    with pytest.raises(OtherModel, match=ONE_SENTENCE) as refusal:
        home.open(BagOfWords("the model", digest="2" * 64))
    assert "other weights" in str(refusal.value)
    assert "222222222222" in str(refusal.value)


def test_what_was_closed_says_so(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1))
    collection.close()

    for use in (collection.documents, lambda: collection.search("the"), lambda: collection.add(numbered(2))):
        with pytest.raises(UnusableCollection, match="was closed; open it again"):
            use()
