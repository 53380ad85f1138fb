"""Every collection finds what a question asks for, in the same order, wherever it is stored."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from index import (
    Document,
    UnknownDocument,
    UnusableQuestion,
    copy,
    split,
)
from index.collection import DEPTH, LONGEST_QUESTION
from index.testing import EVERYWHERE, ONE_SENTENCE, BagOfWords, numbered
from tests.index.conftest import FILE, FOLDER, SERVER, Home


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
        dogs = Document("Dogs bark at night.", "dogs")
        collection.add(dogs, Document("They celebrated a landing and budgeted.", "landing"))

        assert collection.missing(question) == ["INTERPOL", "Moon-landing"]
        assert collection.missing("Why do the dogs bark?", [dogs.id]) == []
        assert collection.missing(question, [dogs.id])[:3] == ["celebrate", "INTERPOL", "budget"]
        collection.remove(dogs.id)
        assert collection.missing("Do dogs celebrate?") == ["dogs"]


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
