"""A collection keeps documents, finds their passages, and outlives what happens to its folder."""

import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest

from index import (
    AnyCollection,
    Collection,
    Document,
    Passage,
    UnknownDocument,
    UnusableCollection,
    UnusableQuestion,
    split,
)
from index.contract import DEPTH, LONGEST_QUESTION
from index.encoder import Vectors
from tests.bag_of_words import BagOfWords
from tests.conftest import REPOSITORY, RunPython

ONE_SENTENCE = r"\A.+\.\Z"
EVERYWHERE = "the"
"""A word of every passage of every `numbered` document, so that both rankings must reach them all."""


def numbered(number: int) -> Document:
    sentences = [f"Sentence {n} of document{number} says the word{number * n}." for n in range(40)]
    return Document(" ".join(sentences), f"Document {number}")


def check_whole(collection: AnyCollection) -> None:
    """Every passage of every document stands once in each index, and nothing else does."""
    passages = [passage for document in collection.documents() for passage in split(document)]
    hits = collection.search(EVERYWHERE, k=2 * len(passages) + 1)
    count = len(passages)

    assert Counter(hit.passage for hit in hits) == Counter(passages)
    assert sorted(hit.lexical_rank or 0 for hit in hits) == list(range(1, count + 1))
    assert sorted(hit.dense_rank or 0 for hit in hits) == list(range(1, count + 1))


def answers(collection: Collection) -> dict[Passage, float]:
    """What a search finds, whatever the order of equals."""
    return {hit.passage: round(hit.score, 4) for hit in collection.search("the word12 of document2", k=1000)}


def made(folder: Path, encoder: str = "bag of words") -> Path:
    with Collection(folder, BagOfWords(encoder)) as collection:
        collection.add(numbered(1))
    return folder / "collection.sqlite"


# What is added and removed


def test_documents_come_back_as_they_were_added_and_in_that_order(tmp_path: Path) -> None:
    added = [
        Document("Line ends:\r\none\rtwo\n\n\ttab, NUL \0 and \ufeff mark.", "b.txt", "/some/b.txt"),
        Document("👩‍👩‍👧 e\u0301 — مرحبا بالعالم. 会議は開かれた。", "日本", "C:\\a.txt"),
        Document("  Two spaces before and after.  ", "", ""),
    ]
    with Collection(tmp_path, BagOfWords()) as collection:
        assert collection.documents() == []
        assert collection.add(*added) == added

    with Collection(tmp_path, BagOfWords()) as collection:
        kept = collection.documents()

    assert [(d.text, d.title, d.source) for d in kept] == [(d.text, d.title, d.source) for d in added]


def test_adding_a_document_that_is_already_there_does_nothing(tmp_path: Path) -> None:
    encoder = BagOfWords()
    one, other = Document("The same text.", "first title"), Document("Another text.", "other")
    with Collection(tmp_path, encoder) as collection:
        assert collection.add(one, one) == [one]
        assert collection.add(Document(one.text, "second title"), other) == [other]
        assert collection.add() == []

        assert [document.title for document in collection.documents()] == ["first title", "other"]
        assert encoder.encoded == 2


class Unwell(BagOfWords):
    """Fails at poison, and loses count at puzzles."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if any("poison" in text for text in texts):
            raise MemoryError
        vectors = super().encode_passages(texts)
        return vectors[1:] if any("puzzle" in text for text in texts) else vectors


@pytest.mark.parametrize("bad", ["A cup of poison.", "A puzzle."])
def test_documents_are_added_all_or_none(tmp_path: Path, bad: str) -> None:
    with Collection(tmp_path, Unwell()) as collection:
        collection.add(numbered(1))
        with pytest.raises((MemoryError, ValueError)):
            collection.add(numbered(2), Document(bad, "bad"), numbered(3))

        assert collection.documents() == [numbered(1)]
        check_whole(collection)
        collection.add(numbered(2))
        check_whole(collection)


def test_a_full_disk_is_one_clear_sentence_and_loses_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="needs a system that can limit the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            with pytest.raises(UnusableCollection, match=ONE_SENTENCE):
                collection.add(numbered(2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

        assert collection.documents() == [numbered(1)]
        collection.add(numbered(3))
        check_whole(collection)


def test_a_removed_document_is_found_no_more_and_can_be_added_again(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
        collection.remove(numbered(1).id)

        assert collection.documents() == [numbered(2)]
        check_whole(collection)

        assert collection.add(numbered(1)) == [numbered(1)]
        check_whole(collection)


def test_a_collection_can_lose_its_last_document(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        collection.remove(numbered(1).id)

        assert collection.search(EVERYWHERE) == []
        assert collection.documents() == []


def test_removing_a_document_that_is_not_there_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        with pytest.raises(UnknownDocument, match=numbered(2).id):
            collection.remove(numbered(2).id)

        check_whole(collection)


# What is found


def test_hits_are_slices_of_their_documents_best_first_and_at_most_k(tmp_path: Path) -> None:
    texts = {document.id: document.text for document in map(numbered, range(5))}
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(*map(numbered, range(5)))
        for k in (1, 3, 1000):
            hits = collection.search("Which sentence of document3 says the word9?", k)

            assert len(hits) == min(k, sum(len(split(document)) for document in collection.documents()))
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            for hit in hits:
                span = hit.passage.span
                assert hit.passage.text == texts[hit.passage.document.id][span.start : span.end]
        assert hits[0].passage.document == numbered(3)


def test_the_dense_ranking_is_that_of_all_cosines(tmp_path: Path) -> None:
    encoder = BagOfWords()
    question = "the word12 of document2 or of document7"
    with Collection(tmp_path, encoder) as collection:
        collection.add(*map(numbered, range(60)))
        hits = sorted(collection.search(question, k=1000), key=lambda hit: hit.dense_rank or 0)

    cosines = encoder.encode_passages([hit.passage.text for hit in hits]) @ encoder.encode_question(question)

    assert len(hits) > DEPTH
    assert [hit.dense_rank for hit in hits] == list(range(1, len(hits) + 1))
    assert list(cosines) == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)


def test_the_lexical_ranking_is_that_of_bm25(tmp_path: Path) -> None:
    draw = random.Random(0)
    trees = ["ash", "birch", "elm", "fir", "oak", "fig", "palm", "alder"]
    # Up to 40 words, whose number Tantivy keeps exactly. Texts go forward through the alphabet and questions backward,
    # so that words which are neighbours in a question never are in a text, and each word counts for itself.
    texts = {" ".join(sorted(draw.choices(trees, range(1, 9), k=draw.randint(1, 40)))) for _ in range(80)}
    words = {text: Counter(text.split()) for text in texts}
    mean_length = sum(count.total() for count in words.values()) / len(words)

    def bm25(question: str, count: Counter[str]) -> float:
        score = 0.0
        for word in question.split():
            holders = sum(word in other for other in words.values())
            rarity = math.log(1 + (len(words) - holders + 0.5) / (holders + 0.5))
            length = 1.2 * (0.25 + 0.75 * count.total() / mean_length)
            score += rarity * 2.2 * count[word] / (count[word] + length)
        return score

    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(*(Document(text, "trees") for text in sorted(texts)))
        for question in ("ash", "oak", "oak ash", "elm birch alder", "palm oak fir fig"):
            hits = collection.search(question, k=1000)
            reached = sorted((hit for hit in hits if hit.lexical_rank), key=lambda hit: hit.lexical_rank or 0)
            scores = [bm25(question, words[hit.passage.text]) for hit in reached]

            assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-4)
            assert len(scores) == sum(bm25(question, count) > 0 for count in words.values())


@pytest.mark.parametrize("question", ["CELEBRATING", "celebrated naïveté", "Ángel?"])
def test_words_are_found_whatever_their_ending_case_and_accents(tmp_path: Path, question: str) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(Document("The angels celebrate.", "target"), Document("Nothing else is here.", "other"))
        best = collection.search(question)[0]

    assert (best.passage.document.title, best.lexical_rank) == ("target", 1)


def test_a_passage_that_only_one_of_the_two_rankings_reaches_is_found(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        # These share a whole word with the question, so that the target, which shares a stem, is the last by cosine.
        collection.add(*(Document(f"In year {n} somebody did things.", "other") for n in range(DEPTH + 10)))
        collection.add(Document("Celebrations!", "target"))
        hits = collection.search("somebody celebrating", k=DEPTH + 11)

        by_words = collection.search("somebody celebrating", k=DEPTH)
        by_meaning = collection.search("somewhere")

    target = next(hit for hit in hits if hit.passage.document.title == "target")
    assert target.lexical_rank == 1
    assert [hit.dense_rank for hit in by_words if hit.passage.document.title == "target"] == [None]
    assert {hit.lexical_rank for hit in by_meaning} == {None}
    assert len(by_meaning) == 10


BAD_QUESTIONS = [
    pytest.param("", "no words", id="empty"),
    pytest.param(" \r\n\t\u2003", "no words", id="blank"),
    pytest.param("?!… — “”", "no words", id="only punctuation"),
    pytest.param("why " * 25_000, "100,000 characters", id="100,000 characters"),
    pytest.param("who\ud800 opened it?", "lone surrogate", id="half a character"),
]


@pytest.mark.parametrize(("question", "complaint"), BAD_QUESTIONS)
def test_a_bad_question_is_refused_in_one_sentence(tmp_path: Path, question: str, complaint: str) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        with pytest.raises(UnusableQuestion, match=ONE_SENTENCE) as refusal:
            collection.search(question)

    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    "question",
    [
        'the AND OR NOT "( [ title:* ^2 ~ \\',
        "the\0word\n12",
        "👩‍👩‍👧 the?",
        "ما هو the",
        "²",
        "the " * (LONGEST_QUESTION // 4),
    ],
    ids=["query syntax", "control characters", "emoji", "two scripts", "superscript", "as long as may be"],
)
def test_an_unusual_question_is_a_question(tmp_path: Path, question: str) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))

        assert collection.search(question)


# What happens to the two derived indexes


def deleted(index: Path) -> None:
    # Out of the way in one step: Tantivy may be making a lock file in it, at which deleting file by file would stumble.
    index.rename(index.with_name(f"{index.name}, deleted"))


def replaced_by_a_file(index: Path) -> None:
    deleted(index)
    index.write_text("This is no folder.")


def emptied(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(b"")


def cut_in_half(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def filled_with_garbage(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(random.Random(0).randbytes(1000))


@pytest.mark.parametrize("index", ["dense", "lexical"])
@pytest.mark.parametrize("damage", [deleted, replaced_by_a_file, emptied, cut_in_half, filled_with_garbage])
def test_a_damaged_index_is_mended_without_encoding_anything_again(
    tmp_path: Path, index: str, damage: Callable[[Path], None]
) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(*map(numbered, range(3)))
        before = answers(collection)
    damage(tmp_path / index)

    encoder = BagOfWords()
    with Collection(tmp_path, encoder) as collection:
        assert answers(collection) == before
        check_whole(collection)
        assert encoder.encoded == 0
        collection.add(numbered(3))
        check_whole(collection)


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_an_index_that_lacks_any_one_file_is_mended(tmp_path: Path, index: str) -> None:
    whole = tmp_path / "whole"
    made(whole)
    lost = {}
    for file in sorted((whole / index).iterdir()):
        folder = tmp_path / f"without {file.name}"
        shutil.copytree(whole, folder)
        (folder / index / file.name).unlink()
        try:
            with Collection(folder, BagOfWords()) as collection:
                check_whole(collection)
        except Exception as error:  # each file counts, and so does knowing which
            lost[file.name] = error

    assert not lost


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_an_index_deleted_behind_an_open_collection_is_made_again(tmp_path: Path, index: str) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        deleted(tmp_path / index)
        check_whole(collection)
        collection.add(numbered(2))
        check_whole(collection)

    with Collection(tmp_path, BagOfWords()) as collection:
        check_whole(collection)


@pytest.mark.parametrize(
    "behind", [["dense"], ["lexical"], ["dense", "lexical"], ["dense/generation"], ["lexical/generation"]], ids=" ".join
)
def test_a_stop_between_the_commit_and_the_indexes_is_mended_at_the_next_search(
    tmp_path: Path, behind: list[str]
) -> None:
    folder, before = tmp_path / "collection", tmp_path / "before"
    with Collection(folder, BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
    shutil.copytree(folder, before)
    with Collection(folder, BagOfWords()) as collection:
        collection.remove(numbered(1).id)
        collection.add(numbered(3))

    for name in behind:
        if (folder / name).is_dir():
            deleted(folder / name)
            shutil.copytree(before / name, folder / name)
        else:
            shutil.copy(before / name, folder / name)

    encoder = BagOfWords()
    with Collection(folder, encoder) as collection:
        check_whole(collection)
        assert collection.documents() == [numbered(2), numbered(3)]
    assert encoder.encoded == 0


def test_indexes_ahead_of_a_database_restored_from_a_backup_are_made_again(tmp_path: Path) -> None:
    with Collection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(numbered(1))
    shutil.copy(tmp_path / "collection" / "collection.sqlite", tmp_path / "backup")
    with Collection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(*map(numbered, range(2, 8)))
        collection.remove(numbered(1).id)
    shutil.copy(tmp_path / "backup", tmp_path / "collection" / "collection.sqlite")

    encoder = BagOfWords()
    with Collection(tmp_path / "collection", encoder) as collection:
        assert collection.documents() == [numbered(1)]
        check_whole(collection)
        assert encoder.encoded == 0
        collection.add(numbered(3))
        check_whole(collection)


# What is no collection


def by_another_model(folder: Path) -> None:
    made(folder, "another model")


def by_a_newer_version(folder: Path) -> None:
    with sqlite3.connect(made(folder)) as database:
        database.execute("PRAGMA user_version = 1000")
    database.close()


def by_another_program(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "collection.sqlite") as database:
        database.execute("CREATE TABLE settings (encoder TEXT)")
        database.execute("CREATE TABLE documents (id, title, source, text)")
    database.close()


def of_other_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("Mine.")


def a_file(folder: Path) -> None:
    folder.write_text("Mine.")


def overwritten(folder: Path) -> None:
    made(folder).write_text("This was a database once. " * 1000)


def cut_short(folder: Path) -> None:
    database = made(folder)
    database.write_bytes(database.read_bytes()[:10_000])


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (by_another_model, "'another model'"),
        (by_a_newer_version, "newer version"),
        (by_another_program, "another program"),
        (of_other_files, "other files"),
        (a_file, "cannot be used"),
        (overwritten, "damaged"),
        (cut_short, "damaged"),
    ],
)
def test_what_is_no_usable_collection_is_refused_in_one_sentence_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], complaint: str
) -> None:
    folder = tmp_path / "folder"
    make(folder)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    for _ in range(2):
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            Collection(folder, BagOfWords()).search(EVERYWHERE)
        assert complaint in str(refusal.value)
        assert str(folder) in str(refusal.value)

    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(UnusableCollection, match=ONE_SENTENCE):
        Collection(tmp_path / "folder", BagOfWords())


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
from tests.test_collection import check_whole, numbered
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
from tests.test_collection import numbered
with Collection(sys.argv[1], BagOfWords()) as collection:
    for number in range(1_000_000):
        if collection.add(numbered(number)):
            print(number, flush=True)
"""
