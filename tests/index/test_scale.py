"""The dense index changes with the collection's size, and what is found hardly does."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import Collection, Document, FolderCollection
from index.collection import DEPTH
from index.folder import dense, lexical
from index.folder.changes import VectorBatch
from index.folder.collection import DATABASE
from index.folder.database import Database
from index.folder.dense import NEIGHBOURS, DenseIndex, Trial
from index.testing import BagOfWords

FEW, SOME, MANY = 90, 250, 600
"""Passages for each kind of index, with the limits below."""

KINDS = {FEW: "IDMap2,Flat", SOME: "IDMap,SQ8", MANY: "IVF23,SQ8"}


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "EXACT_UP_TO", 100)
    monkeypatch.setattr(dense, "SCANNED_UP_TO", 300)
    monkeypatch.setattr(dense, "MOST_REPLAYED", 20)
    monkeypatch.setattr(dense, "RERANKED", 2 * NEIGHBOURS)


def short(number: int) -> Document:
    """A document of one passage."""
    draw = random.Random(number)
    words = draw.choices(["ash", "birch", "elm", "fir", "oak", "fig", "palm", "alder", "yew", "box"], k=12)
    return Document(f"Tree {number}: {' '.join(words)}.", str(number))


def opened_index(folder: Path) -> DenseIndex:
    """The dense index as it is on disk."""
    index = DenseIndex(folder / "dense", Database(folder / DATABASE, BagOfWords()))
    index.load()
    return index


def kind_on_disk(folder: Path) -> str:
    built = opened_index(folder).built
    assert built is not None
    return built.kind


def found(collection: Collection, question: str, documents: Sequence[str] | None = None) -> list[str]:
    """The documents that the dense ranking puts first, best first."""
    reached = (hit for hit in collection.search(question, 2 * DEPTH, documents) if hit.dense_rank)
    hits = sorted(reached, key=lambda hit: hit.dense_rank or 0)
    return [hit.passage.document.title for hit in hits[:NEIGHBOURS]]


@pytest.mark.parametrize("count", KINDS)
def test_what_is_nearest_is_found_by_any_kind_of_index(tmp_path: Path, count: int) -> None:
    encoder = BagOfWords()
    documents = [short(number) for number in range(count)]
    vectors = encoder.encode_passages([document.text for document in documents])
    with FolderCollection(tmp_path, encoder) as collection:
        collection.add(*documents)
        shares = []
        for question in ("an ash, a birch and tree 7", "elm elm oak", "palm fig", "tree 11 yew box"):
            cosines = vectors @ encoder.encode_question(question)
            best = sorted(cosines)[-NEIGHBOURS]
            shares += [cosines[int(title)] >= best - 1e-6 for title in found(collection, question)]
        recall = collection.check().recall or 0

    assert kind_on_disk(tmp_path) == KINDS[count]
    assert (recall == 1) if count == FEW else (0.9 <= recall <= 1)
    assert np.mean(shares) >= recall - 0.1


@pytest.mark.parametrize("count", KINDS)
def test_cosines_are_exact_in_any_kind_of_index(tmp_path: Path, count: int) -> None:
    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as collection:
        collection.add(*map(short, range(count)))
    question = encoder.encode_question("elm and birch")
    cosines = opened_index(tmp_path).search(question, NEIGHBOURS)

    exact = encoder.encode_passages([short(number - 1).text for number in cosines]) @ question
    assert list(cosines.values()) == pytest.approx(exact.tolist(), abs=1e-6)
    assert list(cosines.values()) == sorted(cosines.values(), reverse=True)


@pytest.mark.parametrize("count", KINDS)
def test_among_some_documents_all_that_is_nearest_is_found_in_any_kind_of_index(tmp_path: Path, count: int) -> None:
    encoder = BagOfWords()
    documents = {str(number): short(number) for number in range(count)}
    with FolderCollection(tmp_path, encoder) as collection:
        collection.add(*documents.values())
        for some in (["8"], list(documents)[::30], list(documents)[1::2]):
            among = [documents[title] for title in some]
            vectors = encoder.encode_passages([document.text for document in among])
            for question in ("an ash, a birch and tree 7", "elm elm oak"):
                cosines = dict(zip(some, vectors @ encoder.encode_question(question), strict=True))
                best = found(collection, question, [document.id for document in among])

                assert [cosines[title] for title in best] == pytest.approx(
                    sorted(cosines.values(), reverse=True)[:NEIGHBOURS], abs=1e-6
                )


@pytest.mark.parametrize("count", KINDS)
def test_documents_are_removed_from_any_kind_of_index(tmp_path: Path, count: int) -> None:
    question = short(7).text
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(*map(short, range(count)))
        assert found(collection, question)[0] == "7"
        collection.remove(short(7).id)

        assert "7" not in found(collection, question)
        assert collection.check().findings == ()
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert "7" not in found(collection, question)
        collection.add(short(7))
        assert found(collection, question)[0] == "7"


@pytest.mark.slow
def test_an_index_grows_from_kind_to_kind_and_shrinks_again(tmp_path: Path) -> None:
    long = Document("\n\n".join(f"{short(n).text} {'An oak stands here. ' * 32}" for n in range(SOME, MANY)), "long")
    kinds = []
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        for documents in (map(short, range(FEW)), map(short, range(FEW, SOME)), [long]):
            collection.add(*documents)
            kinds.append(kind_on_disk(tmp_path))
            assert found(collection, short(7).text)[0] == "7"
        collection.remove(long.id)
        kinds.append(kind_on_disk(tmp_path))

        assert found(collection, short(7).text)[0] == "7"
        assert collection.check().findings == ()
    assert kinds == [KINDS[FEW], KINDS[SOME], KINDS[MANY], KINDS[SOME]]


def test_a_small_change_leaves_the_files_of_the_dense_index_alone_and_is_found_by_all(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(*map(short, range(FEW)))
        saved = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "dense").iterdir()}
        collection.add(*map(short, range(FEW, FEW + 5)))
        collection.remove(short(3).id)

        assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "dense").iterdir()} == saved
        with FolderCollection(tmp_path, BagOfWords()) as another:
            for each in (collection, another):
                assert found(each, short(FEW + 2).text)[0] == str(FEW + 2)
                assert "3" not in found(each, short(3).text)
                assert each.check().findings == ()


@pytest.mark.slow
def test_many_small_changes_are_saved_after_all(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        for number in range(dense.MOST_REPLAYED + 3):
            collection.add(short(number))

    assert len(opened_index(tmp_path).passages()) > dense.MOST_REPLAYED


def test_recall_is_the_share_of_the_nearest_passages_that_a_search_finds() -> None:
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((500, 32), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    trial = Trial(vectors[:50])
    for first in range(0, 500, 120):
        passages = range(first, min(first + 120, 500))
        trial.observe(VectorBatch(list(passages), vectors[passages.start : passages.stop]))

    def nearest(query: np.ndarray, k: int, among: int) -> dict[int, float]:
        cosines = vectors[:among] @ query
        return {int(passage): float(cosines[passage]) for passage in np.argsort(-cosines)[:k]}

    assert trial.recall(lambda query, k: nearest(query, k, 500)) == 1
    assert trial.recall(lambda query, k: nearest(query, k, 250)) == pytest.approx(0.5, abs=0.1)
    assert trial.recall(lambda query, k: {}) == 0


def test_common_words_are_left_out_among_many_passages_but_not_where_a_question_has_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(question: str) -> dict[str, int]:
        hits = collection.search(question, k=100)
        return {hit.passage.document.title: hit.lexical_rank for hit in hits if hit.lexical_rank}

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(*(Document(f"The tree {number} is old.", str(number)) for number in range(30)))
        assert len(reached("the tree 7")) == 30
        monkeypatch.setattr(lexical, "MANY_PASSAGES", 30)

        assert reached("the tree 7") == {"7": 1}
        assert len(reached("the tree")) == 30
