"""A collection keeps documents and finds their passages."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import (
    Collection,
    Document,
    InvalidText,
    UnknownDocument,
    UnusableCollection,
    UnusableModel,
    UnusableQuestion,
    split,
)
from index.contract import DEPTH, LONGEST_QUESTION
from index.encoder import Vectors
from tests.bag_of_words import BagOfWords
from tests.numbered import EVERYWHERE, ONE_SENTENCE, check_whole, numbered

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


@pytest.mark.parametrize("part", ["text", "title", "source"])
def test_half_a_character_is_refused_in_one_sentence_wherever_it_stands(part: str) -> None:
    sound = {"text": "Some words.", "title": "Title", "source": "a.txt"}
    with pytest.raises(InvalidText, match=ONE_SENTENCE):
        Document(**sound | {part: "who\ud800"})


class Unwell(BagOfWords):
    """Fails at poison, loses count at puzzles, and sees no numbers in a void."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if any("poison" in text for text in texts):
            raise MemoryError
        vectors = super().encode_passages(texts)
        if any("void" in text for text in texts):
            vectors[-1] = np.nan
        return vectors[1:] if any("puzzle" in text for text in texts) else vectors


@pytest.mark.parametrize("bad", ["A cup of poison.", "A puzzle.", "A void."])
def test_documents_are_added_all_or_none(tmp_path: Path, bad: str) -> None:
    with Collection(tmp_path, Unwell()) as collection:
        collection.add(numbered(1))
        with pytest.raises((MemoryError, ValueError, UnusableModel)):
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


@pytest.mark.parametrize("k", [0, -1])
def test_a_search_for_less_than_one_passage_is_refused_in_one_sentence(tmp_path: Path, k: int) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        with pytest.raises(UnusableQuestion, match=ONE_SENTENCE):
            collection.search(EVERYWHERE, k)


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
