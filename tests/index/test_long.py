"""Long texts: split, encoded and stored a part at a time, whole or not at all, and in little memory."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index import Document, FolderCollection, split
from index.block import Kind
from index.sandbox.sandbox import Sandbox
from index.testing import BagOfWords, check_whole, numbered
from tests.conftest import RunPython


def long_text(paragraphs: int) -> str:
    return "\n\n".join(
        f"Chapter {n}\n\nSentence one of chapter {n} tells of word{n}. Sentence two says nothing “more”.\n\n***"
        for n in range(paragraphs)
    )


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make parts so small that a short text has several."""
    monkeypatch.setattr("index.passage.PART", 5_000)
    monkeypatch.setattr("index.sandbox.sandbox.SHORT", 5_000)
    monkeypatch.setattr("index.utf8.PART", 7)
    monkeypatch.setattr("index.folder.documents.PART", 1_001)
    monkeypatch.setattr("index.encoder.spool.KEPT", 10)


@pytest.mark.usefixtures("in_small_parts")
def test_a_long_text_is_split_in_parts_as_it_is_split_at_once() -> None:
    document = Document(long_text(300), "long")

    passages = Sandbox().passages(document)

    assert passages == split(document)
    assert all(document.block(passage.span.end - 1).kind is not Kind.HEADING for passage in passages)
    covered = {at for passage in passages for at in range(passage.span.start, passage.span.end)}
    assert all(at in covered for at, sign in enumerate(document.text) if sign.isalnum())


@pytest.mark.usefixtures("in_small_parts")
def test_a_long_document_is_stored_as_it_is_and_removed_without_a_trace(tmp_path: Path) -> None:
    document = Document(long_text(300), "long")

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(document, numbered(1))
        (hit,) = collection.search("word217", k=1)
        assert "word217" in hit.passage.text
        stored = collection.encoded(document.id)
        vectors = np.asarray(stored.vectors)
        collection.remove(numbered(1).id)
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.document(document.id).text == document.text
        assert collection.check().findings == ()
        collection.remove(document.id)
    with closing(sqlite3.connect(tmp_path / "collection.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM continuations").fetchone() == (0,)

    passages = split(document)
    assert stored.passages == tuple(passages)
    assert np.array_equal(vectors, BagOfWords().encode_passages([passage.text for passage in passages]))


@pytest.mark.usefixtures("in_small_parts")
def test_a_part_that_is_damaged_is_found(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document(long_text(50), "long"))
    with closing(sqlite3.connect(tmp_path / "collection.sqlite")) as database, database:
        database.execute("UPDATE continuations SET text = replace(text, 'tells', 'spoke') WHERE part = 2002")

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert any("'long'" in finding for finding in collection.check().findings)


KILLED = """
import os, signal, sys
from index import Document, FolderCollection
from index.testing import BagOfWords
from tests.index.test_long import long_text
class Deadly(BagOfWords):
    def encode_passages(self, texts):
        if self.encoded > 600:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode_passages(texts)
with FolderCollection(sys.argv[1], Deadly()) as collection:
    collection.add(Document(long_text(8000), "long"))
"""


def test_a_process_that_is_killed_while_it_adds_a_long_text_leaves_nothing(tmp_path: Path, python: RunPython) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        files = {path.name for path in tmp_path.rglob("*")}

        done = python("-c", KILLED, str(tmp_path))

        assert done.returncode == -signal.SIGKILL
        assert {path.name for path in tmp_path.rglob("*")} <= files
        assert collection.documents() == [numbered(1)]
        check_whole(collection)
