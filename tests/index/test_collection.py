"""A folder changes all at once or not at all, and ranks by BM25; what every collection does is in `test_contract`."""

import math
import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import (
    Document,
    FolderCollection,
    InvalidText,
    OtherModel,
    UnusableCollection,
    UnusableModel,
)
from index.encoder.base import Vectors
from index.folder.schema import FORMAT
from index.testing import ONE_SENTENCE, BagOfWords, check_whole, made, numbered

# What is added and removed


@pytest.mark.parametrize("part", ["text", "title", "source"])
def test_half_a_character_is_refused_in_one_sentence_wherever_it_stands(part: str) -> None:
    with pytest.raises(InvalidText, match=ONE_SENTENCE):
        replace(Document("Some words.", title="Title", source="a.txt"), **{part: "who\ud800"})  # type: ignore[arg-type]


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
    with FolderCollection(tmp_path, Unwell()) as collection:
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
    with FolderCollection(tmp_path, BagOfWords()) as collection:
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


# What is found


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

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(*(Document(text, "trees") for text in sorted(texts)))
        for question in ("ash", "oak", "oak ash", "elm birch alder", "palm oak fir fig"):
            hits = collection.search(question, k=1000)
            reached = sorted((hit for hit in hits if hit.lexical_rank), key=lambda hit: hit.lexical_rank or 0)
            scores = [bm25(question, words[hit.passage.text]) for hit in reached]

            assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-4)
            assert len(scores) == sum(bm25(question, count) > 0 for count in words.values())


SINCE = {
    5: {"documents": ["emphasis"]},
    4: {"settings": ["model"], "documents": ["tables", "boxes", "original"]},
    3: {"documents": ["blocks", "facts"]},
}
"""Format → the columns that it added."""


def in_format(number: int, path: Path) -> None:
    """Make of the database at `path` one of an earlier format."""
    with closing(sqlite3.connect(path)) as database, database:
        for later in range(number + 1, FORMAT + 1):
            for table, columns in SINCE[later].items():
                for column in columns:
                    database.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        if number < 4:
            database.execute("DROP TABLE continuations")
            database.execute("DROP TABLE originals")
        database.execute(f"PRAGMA user_version = {number}")


@pytest.mark.parametrize("earlier", [2, 3, 4])
def test_a_collection_of_an_earlier_format_opens_and_keeps_its_documents(tmp_path: Path, earlier: int) -> None:
    path = made(tmp_path / "old")
    in_format(earlier, path)

    with FolderCollection(path.parent, BagOfWords(digest="1" * 64)) as collection:  # known by its name alone
        collection.add(numbered(2))
        documents = collection.documents()
        assert collection.check().findings == ()

    assert [document.blocks for document in documents] == [numbered(1).blocks, numbered(2).blocks]
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    with pytest.raises(OtherModel, match="other weights"):
        FolderCollection(path.parent, BagOfWords(digest="2" * 64))
