"""Every collection keeps the same promises, in a folder, in a Milvus Lite file, and on a Milvus server."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from threading import Barrier, Event

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import (
    Cell,
    CellKind,
    Collection,
    Document,
    OtherModel,
    Place,
    Table,
    UnknownDocument,
    UnusableCollection,
    UnusableQuestion,
    copy,
    open_collection,
    split,
)
from index.box import Box, pack
from index.collection import DEPTH, LONGEST_QUESTION
from index.encoder.base import Vectors
from index.testing import ELSEWHERE, EVERYWHERE, ONE_SENTENCE, BagOfWords, check_whole, numbered
from tests.conftest import RunPython

FOLDER, FILE, SERVER = "folder", "Milvus Lite file", "Milvus server"

NUMBERS = count(1)
"""Of homes; one server has them all."""


@dataclass(frozen=True)
class Home:
    """Where one test keeps its collection."""

    address: str

    def open(self, encoder: BagOfWords | None = None) -> Collection:
        return open_collection(self.address, encoder or BagOfWords())


@pytest.fixture
def homes(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Home]:
    """Name a new home of a kind; of each kind, any number for a test."""

    def home(kind: str) -> Home:
        name = f"collection{next(NUMBERS)}"
        if kind == FOLDER:
            return Home(str(tmp_path / name))
        if kind == FILE:
            pytest.importorskip("pymilvus", reason="needs pip install 'cited[milvus]'")
            return Home(str(tmp_path / f"{name}.db"))
        return Home(f"{request.getfixturevalue('milvus_server')}/{name}")

    return home


@pytest.fixture(params=[FOLDER, FILE, SERVER])
def home(request: pytest.FixtureRequest, homes: Callable[[str], Home]) -> Home:
    return homes(request.param)


@pytest.fixture(params=[FOLDER, SERVER])
def shared(request: pytest.FixtureRequest, homes: Callable[[str], Home]) -> Home:
    """A home that several processes may use at once."""
    return homes(request.param)


ODD_PLACES = (Place(0, "page 1"), Place(5, "section “Zoë’s”\0\n👩‍👩‍👧"))


CELLS = (Cell(0, 4, 0, 0, 1, 2, CellKind.COLUMN_HEADER), Cell(10, 14, 1, 0, kind=CellKind.ROW_HEADER))
TABLES = (Table(CELLS), Table((Cell(15, 17, 6, 3),), is_sheet=True))


def kept(documents: Sequence[Document]) -> list[tuple[object, ...]]:
    """All that must come back of documents, which are equal when their texts are."""
    return [
        (each.text, each.title, each.source, each.places, each.blocks, each.tables, each.boxes) for each in documents
    ]


# What is added and removed


def test_documents_come_back_as_they_were_added_and_in_that_order(home: Home) -> None:
    added = [
        Document("Line ends:\r\none\rtwo\n\n\ttab, NUL \0, quotes \"' and \ufeff mark \\.", "b.txt", "/some/b.txt"),
        Document("👩‍👩‍👧 e\u0301 — مرحبا بالعالم. 会議は開かれた。", "日本", "C:\\a.txt", ODD_PLACES),
        Document("  Two spaces before and after.  ", "", "", boxes=pack([Box(2, 5, 0, 1, 50, 700, 71, 711)])),
        Document(
            "Item\tCost\nPier\t£5", "table", "", tables=(Table(CELLS), Table((Cell(15, 17, 6, 3),), is_sheet=True))
        ),
    ]
    with home.open() as collection:
        assert collection.documents() == []
        assert collection.document_ids() == []
        assert collection.add(*added) == added

    with home.open() as collection:
        documents = collection.documents()

        assert collection.document_ids() == [document.id for document in added]
    assert kept(documents) == kept(added)


def test_a_collection_has_a_length_is_gone_through_and_knows_what_is_in_it(home: Home) -> None:
    with home.open() as collection:
        assert (len(collection), list(collection), numbered(1) in collection) == (0, [], False)
        assert collection  # an empty one is still one
        collection.add(numbered(1), numbered(2))

        assert len(collection) == 2
        assert list(collection) == collection.documents() == [numbered(1), numbered(2)]
        assert numbered(1) in collection
        assert numbered(2).id in collection
        assert numbered(3) not in collection
        for document in collection:  # the second one is removed while it is gone through
            assert document == numbered(1)
            collection.remove(numbered(2).id)
        assert home.address.rpartition("/")[2] in repr(collection)


def test_who_adds_is_told_how_many_passages_are_encoded_and_of_how_many(home: Home) -> None:
    told: list[tuple[int, int]] = []
    added = [numbered(number) for number in range(200)]
    with home.open() as collection:
        collection.add(*added, progress=lambda done, of: told.append((done, of)))

        passages = sum(len(split(document)) for document in added)
        assert len(told) > 1
        assert told == sorted(set(told))
        assert told[-1] == (passages, passages)
        collection.add(*added, progress=lambda *_: pytest.fail("nothing is encoded"))


def test_documents_of_more_than_65535_bytes_are_kept_whole(home: Home) -> None:
    # Of four bytes each, so that what is cut by bytes is cut within a character at three shifts of four.
    added = [Document("a" * shift + "🚀" * 20_000 + " Words.", "t" * 70_000, "ш" * 30_000) for shift in range(4)]
    with home.open() as collection:
        collection.add(*added)

    with home.open() as collection:
        documents = collection.documents()

    assert kept(documents) == kept(added)


def test_adding_a_document_that_is_already_there_does_nothing(home: Home) -> None:
    encoder = BagOfWords()
    one, other = Document("The same text.", "first title"), Document("Another text.", "other")
    with home.open(encoder) as collection:
        assert collection.add(one, one) == [one]
        assert collection.add(Document(one.text, "second title"), other) == [other]
        assert collection.add() == []

        assert [document.title for document in collection.documents()] == ["first title", "other"]
        assert encoder.encoded == 2


def test_a_removed_document_is_found_no_more_and_can_be_added_again_and_again(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1), numbered(2))
        for _ in range(3):
            collection.remove(numbered(1).id)
            assert collection.documents() == [numbered(2)]
            check_whole(collection)

            assert collection.add(numbered(1)) == [numbered(1)]
            assert collection.documents() == [numbered(2), numbered(1)]
            check_whole(collection)


def test_a_collection_can_lose_its_last_document(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1))
        collection.remove(numbered(1).id)

        assert collection.search(EVERYWHERE) == []
        assert collection.documents() == []


def test_a_document_that_is_not_there_is_an_error_and_changes_nothing(home: Home) -> None:
    with home.open() as collection:
        for _ in range(2):
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.remove(numbered(2).id)
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.encoded(numbered(2).id)
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.document(numbered(2).id)
            collection.add(numbered(1))

        check_whole(collection)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=2000), max_size=4))
def test_any_text_comes_back_and_its_passages_are_slices_of_it(home: Home, texts: list[str]) -> None:
    documents = [Document(f"{text}\nthe end", "any") for text in texts]
    with home.open() as collection:
        collection.add(*documents)
        texts_kept = {document.id: document.text for document in collection.documents()}
        for document in documents:
            assert texts_kept[document.id] == document.text
            assert collection.document(document.id).text == document.text
            encoded = collection.encoded(document.id)
            assert encoded.passages == tuple(split(document))
            assert collection.beginning(document.id, 2) == split(document)[:2]
        for hit in collection.search("the end", k=20):
            span = hit.passage.span
            assert hit.passage.text == texts_kept[hit.passage.document.id][span.start : span.end]


# What is replaced

OLD = Document("Dogs bark at night.", "dogs", "/dogs.txt")
NEW = Document("Dogs sleep at night.", "dogs", "/dogs.txt", (Place(0, "page 1"), Place(5, "page 2")))
OTHER = Document("Birds sing.", "birds", "/birds.txt")


def test_a_document_is_known_by_its_source_and_found_with_its_places(home: Home) -> None:
    with home.open() as collection:
        assert collection.sources() == {}
        collection.add(OTHER, NEW)
    with home.open() as collection:
        assert list(collection.sources().items()) == [(OTHER.id, "/birds.txt"), (NEW.id, "/dogs.txt")]
        assert collection.search("dogs")[0].passage.document.place(6) == "page 2"


def test_a_replaced_document_is_found_no_more_and_the_new_one_is(home: Home) -> None:
    with home.open() as collection:
        collection.add(OLD, OTHER)
        collection.replace(OLD.id, NEW)

        assert kept(collection.documents()) == kept([OTHER, NEW])
        assert {hit.passage.document for hit in collection.search("dogs at night")} == {OTHER, NEW}


def test_a_document_can_be_replaced_by_one_that_is_there_already_which_stays_as_it_is(home: Home) -> None:
    with home.open() as collection:
        collection.add(OLD, NEW, OTHER)
        collection.replace(OLD.id, Document(OTHER.text, "another title"))
        collection.replace(NEW.id, Document(NEW.text, "another title", "/elsewhere.txt", NEW.places))

        assert kept(collection.documents()) == kept([NEW, OTHER])
        assert collection.search("birds")[0].passage.document == OTHER


class Unwell(BagOfWords):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if "sleep" in texts[0]:
            raise MemoryError
        return super().encode_passages(texts)


def test_where_replacing_fails_the_old_document_stays(home: Home) -> None:
    with home.open(Unwell()) as collection:
        collection.add(OLD)
        with pytest.raises(MemoryError):
            collection.replace(OLD.id, NEW)
        with pytest.raises(UnknownDocument, match=NEW.id):
            collection.replace(NEW.id, OTHER)

        assert collection.documents() == [OLD]
        assert [hit.passage.document for hit in collection.search("dogs")] == [OLD]


# What is found


def test_hits_are_slices_of_their_documents_best_first_and_at_most_k(home: Home) -> None:
    texts = {document.id: document.text for document in map(numbered, range(5))}
    with home.open() as collection:
        assert collection.search(EVERYWHERE) == []
        collection.add(*map(numbered, range(5)))
        for k in (1, 3, 1000, 100_000):
            hits = collection.search("Which sentence of document3 says the word9?", k)

            assert len(hits) == min(k, sum(len(split(document)) for document in collection.documents()))
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            for hit in hits:
                span = hit.passage.span
                assert hit.passage.text == texts[hit.passage.document.id][span.start : span.end]
        assert hits[0].passage.document == numbered(3)


def test_of_passages_with_the_same_words_that_which_joins_them_as_the_question_does_is_first(home: Home) -> None:
    greeted, greeting = (
        Document("The mayor greeted the minister.", "a"),
        Document("The minister greeted the mayor.", "b"),
    )
    with home.open() as collection:
        collection.add(greeted, greeting)
        for question, first in (("Did the minister greet the mayor?", greeting), ("the mayor greets", greeted)):
            best, other = collection.search(question)

            assert best.passage.document == first
            assert best.score > other.score


def test_the_dense_ranking_is_that_of_all_cosines(home: Home) -> None:
    encoder = BagOfWords()
    question = "the word12 of document2 or of document7"
    with home.open(encoder) as collection:
        collection.add(*map(numbered, range(60)))
        hits = sorted(collection.search(question, k=1000), key=lambda hit: hit.dense_rank or 0)

    cosines = encoder.encode_passages([hit.passage.text for hit in hits]) @ encoder.encode_question(question)

    assert len(hits) > DEPTH
    assert [hit.dense_rank for hit in hits] == list(range(1, len(hits) + 1))
    assert list(cosines) == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)


def test_words_are_found_whatever_their_ending_case_and_accents(home: Home) -> None:
    with home.open() as collection:
        collection.add(Document("The angels celebrate.", "target"), Document("Nothing else is here.", "other"))
        for question in ("CELEBRATING", "celebrated naïveté", "Ángel?"):
            best = collection.search(question)[0]

            assert (best.passage.document.title, best.lexical_rank) == ("target", 1)


def test_a_passage_that_only_one_of_the_two_rankings_reaches_is_found(home: Home) -> None:
    with home.open() as collection:
        # These share a whole word with the question, so that the target, which shares a stem, is the last by cosine.
        collection.add(*(Document(f"In year {n} somebody did things.", "other") for n in range(DEPTH + 10)))
        collection.add(Document("Celebrations!", "target"))
        by_words = collection.search("somebody celebrating", k=DEPTH)
        by_meaning = collection.search("somewhere")

    target = next(hit for hit in by_words if hit.passage.document.title == "target")
    assert (target.lexical_rank, target.dense_rank) == (1, None)
    assert {hit.lexical_rank for hit in by_meaning} == {None}
    assert len(by_meaning) == 10


BAD_QUESTIONS = {
    "": "no words",
    " \r\n\t\u2003": "no words",
    "?!… — “”": "no words",
    "why " * 25_000: "100,000 characters",
    "who\ud800 opened it?": "lone surrogate",
}


def test_a_bad_question_is_refused_in_one_sentence(home: Home) -> None:
    with home.open() as collection:
        for question, complaint in BAD_QUESTIONS.items():
            with pytest.raises(UnusableQuestion, match=ONE_SENTENCE) as refusal:
                collection.search(question)
            assert complaint in str(refusal.value)
        for k in (0, -1):
            with pytest.raises(UnusableQuestion, match=ONE_SENTENCE):
                collection.search(EVERYWHERE, k)


LONGEST = ("the _ " * 166).ljust(LONGEST_QUESTION, "_")
UNUSUAL = ['the AND OR NOT "( [ title:* ^2 ~ \\', "the\0word\n12", "👩‍👩‍👧 the?", "ما هو the", "²", LONGEST]


def test_an_unusual_question_is_a_question(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1))
        for question in UNUSUAL:
            assert collection.search(question)


# What is asked of some documents alone


def test_some_documents_can_be_asked_alone_and_are_found_wherever_they_rank(home: Home) -> None:
    question = "the word9 that document7 says"
    least = Document("Nothing of the kind.", "least")
    with home.open() as collection:
        collection.add(*(Document(f"The word9 of document{n} is said here.", "other") for n in range(2 * DEPTH)))
        collection.add(numbered(1), least, numbered(2))
        assert least not in {hit.passage.document for hit in collection.search(question, DEPTH)}

        assert [hit.passage for hit in collection.search(question, documents=[least.id])] == split(least)
        hits = collection.search(question, 1000, {numbered(1).id, numbered(2).id})
        assert Counter(hit.passage for hit in hits) == Counter(split(numbered(1)) + split(numbered(2)))
        assert sorted(hit.dense_rank or 0 for hit in hits) == list(range(1, len(hits) + 1))
        everything = collection.search(question, 1000, collection.document_ids())
        assert {hit.passage for hit in everything} == {hit.passage for hit in collection.search(question, 1000)}
        collection.remove(numbered(1).id)
        assert {hit.passage.document for hit in collection.search(question, 1000, [numbered(2).id])} == {numbered(2)}


def test_documents_that_are_not_there_or_none_at_all_cannot_be_asked(home: Home) -> None:
    with home.open() as collection:
        for _ in range(2):
            for ask in (collection.missing, lambda question, documents: collection.search(question, 1, documents)):
                with pytest.raises(UnknownDocument, match=numbered(2).id):
                    ask(EVERYWHERE, [numbered(2).id])
                with pytest.raises(UnusableQuestion, match=ONE_SENTENCE):
                    ask(EVERYWHERE, [])
            collection.add(numbered(1))
        with pytest.raises(UnknownDocument, match=numbered(2).id):
            collection.search(EVERYWHERE, documents=[numbered(1).id, numbered(2).id])


def test_words_that_the_documents_do_not_hold_are_named_as_typed_and_in_order(home: Home) -> None:
    question = "Who'd celebrate INTERPOL's “budget” or the Moon-landing, and what kind of BUDGET isn't it?"
    with home.open() as collection:
        assert collection.missing("What about the dogs?") == ["dogs"]
        collection.add(OLD, Document("They celebrated a landing and budgeted.", "landing"))

        assert collection.missing(question) == ["INTERPOL", "Moon-landing"]
        assert collection.missing("Why do the dogs bark?", [OLD.id]) == []
        assert collection.missing(question, [OLD.id])[:3] == ["celebrate", "INTERPOL", "budget"]
        collection.remove(OLD.id)
        assert collection.missing("Do dogs celebrate?") == ["dogs"]


# Who else uses it


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


# What is copied


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "target"), [(FOLDER, FILE), (FILE, FOLDER), (FOLDER, FOLDER), (FOLDER, SERVER), (SERVER, FILE)]
)
def test_a_copy_is_the_same_collection_without_encoding_anything_again(
    homes: Callable[[str], Home], source: str, target: str
) -> None:
    documents = [*map(numbered, range(3)), Document("👩‍👩‍👧 مرحبا the \0\r\n" * 9000, "odd", "a/b", ODD_PLACES)]
    encoder = BagOfWords()
    with homes(source).open() as old, homes(target).open(encoder) as new:
        old.add(*documents)
        old.remove(numbered(1).id)

        assert list(copy(old, new)) == old.documents()
        assert list(copy(old, new)) == []
        assert encoder.encoded == 0
        assert kept(new.documents()) == kept(old.documents())
        for document_id in old.document_ids():
            one, other = old.encoded(document_id), new.encoded(document_id)
            assert one.passages == other.passages
            assert np.array_equal(one.vectors, other.vectors)
        check_whole(new)


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_an_interrupted_copy_goes_on_where_it_stopped(homes: Callable[[str], Home], target: str) -> None:
    with homes(FOLDER).open() as old, homes(target).open() as new:
        old.add(*map(numbered, range(200)))
        (first,) = islice(copy(old, new), 1)
        begun = len(new.documents())

        assert 0 < begun < 200
        rest = list(copy(old, new))
        assert len(rest) == 200 - begun
        assert first not in rest
        assert new.documents() == old.documents()


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_collections_of_different_models_are_not_copied(homes: Callable[[str], Home], target: str) -> None:
    with homes(FOLDER).open() as old, homes(target).open(BagOfWords("another model")) as new:
        old.add(numbered(1))
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            list(copy(old, new))

    assert "'another model'" in str(refusal.value)


@pytest.mark.parametrize("other", [FILE, SERVER])
def test_a_folder_and_milvus_find_the_same_with_the_same_scores(homes: Callable[[str], Home], other: str) -> None:
    draw = random.Random(1)  # no two texts of this draw are equally good at the edge of those that are compared
    trees = ["ash", "birch", "elm", "fir", "oak", "fig", "palm", "celebrating alders"]
    # Of up to 40 words, whose number Tantivy keeps exactly.
    texts = {" ".join(draw.choices(trees, range(1, 9), k=draw.randint(1, 20))) for _ in range(150)}
    with homes(FOLDER).open() as folder, homes(other).open() as milvus:
        folder.add(*(Document(text, "trees") for text in sorted(texts)))
        assert list(copy(folder, milvus)) == folder.documents()
        for question in ("ash", "Oak, ash?", "elm celebrated elm alder", "willow"):
            ours, theirs = folder.search(question, k=1000), milvus.search(question, k=1000)

            assert [hit.score for hit in theirs] == pytest.approx([hit.score for hit in ours], abs=1e-4)
            assert {hit.passage: hit.score for hit in theirs} == pytest.approx(
                {hit.passage: hit.score for hit in ours}, abs=1e-4
            )
