"""The folder of a collection: in its place, for its owner alone, and asked where it cannot be written."""

import gc
import logging
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index import (
    CollectionLocked,
    CollectionMoved,
    FolderCollection,
    NewerFormat,
    OtherModel,
    ReadOnlyCollection,
    UnusableCollection,
)
from index.add import Change, add
from index.encoder.base import Vectors
from index.folder.lock import Lock
from index.testing import EVERYWHERE, BagOfWords, numbered
from tests.index.test_disk import can_mount


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


def replaced(folder: Path) -> None:
    shutil.rmtree(folder)
    FolderCollection(folder, BagOfWords()).close()


@pytest.mark.parametrize("happened", [moved, deleted, replaced])
def test_nothing_is_added_to_a_folder_that_is_no_longer_there(tmp_path: Path, happened: Callable[[Path], None]) -> None:
    folder = tmp_path / "collection"
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.add(numbered(1))
        happened(folder)
        before = {path for path in tmp_path.rglob("*") if not path.name.startswith(("lock", "collection.sqlite-"))}
        for change in (
            lambda: collection.add(numbered(2)),
            lambda: collection.remove(numbered(1).id),
            lambda: collection.replace(numbered(1).id, numbered(2)),
            collection.rebuild,
        ):
            with pytest.raises(CollectionMoved, match="nothing was changed"):
                change()
        assert {
            path for path in tmp_path.rglob("*") if not path.name.startswith(("lock", "collection.sqlite-"))
        } == before
        assert collection.documents() == [numbered(1)]
    if happened is moved:
        with FolderCollection(tmp_path / "elsewhere", BagOfWords()) as collection:
            assert collection.documents() == [numbered(1)]


def test_a_new_collection_is_for_its_owner_alone(tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "new", BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
        collection.search(EVERYWHERE)
        collection.remove(numbered(1).id)
        for path in [tmp_path / "new", *(tmp_path / "new").rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which there is a collection of two documents, and which nobody can write."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not can_mount() or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=False).returncode:
        pytest.skip("needs the right to mount a disk")
    with FolderCollection(disk / "collection", BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
    del collection  # which has files in it open
    gc.collect()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    yield disk / "collection"
    subprocess.run(["umount", "--lazy", disk], check=True)  # the first collection may still be in memory


def test_a_collection_that_cannot_be_written_is_asked_and_not_changed(read_only: Path) -> None:
    with FolderCollection(read_only, BagOfWords()) as collection:
        assert {hit.passage.document.id for hit in collection.search(EVERYWHERE)} == {numbered(1).id, numbered(2).id}
        assert collection.documents() == [numbered(1), numbered(2)]
        assert collection.check().findings == ()
        with pytest.raises(ReadOnlyCollection, match="cannot be written"):
            collection.add(numbered(3))
        with pytest.raises(ReadOnlyCollection, match="cannot be written"):
            collection.remove(numbered(1).id)


def test_a_collection_that_cannot_be_written_is_asked_although_its_indexes_are_gone(read_only: Path) -> None:
    subprocess.run(["mount", "-o", "remount,rw", read_only.parent], check=True)
    shutil.rmtree(read_only / "lexical")
    (read_only / "dense" / "manifest").write_text("damaged", encoding="ascii")
    subprocess.run(["mount", "-o", "remount,ro", read_only.parent], check=True)
    with FolderCollection(read_only, BagOfWords()) as collection:
        assert len({hit.passage.document for hit in collection.search(EVERYWHERE)}) == 2


def test_opening_a_collection_waits_for_nobody_who_changes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.folder.lock.PATIENCE", 0.1)
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        collection.search(EVERYWHERE)
    with Lock(tmp_path).held(), FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.documents() == [numbered(1)]


def test_of_two_who_add_the_same_one_has_added_it(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as mine, FolderCollection(tmp_path, BagOfWords()) as yours:

        class Slow(BagOfWords):
            def encode_passages(self, texts: Sequence[str]) -> Vectors:
                assert yours.add(numbered(1)) == [numbered(1)]  # while mine is being encoded
                return super().encode_passages(texts)

        mine.encoder = Slow()
        assert mine.add(numbered(1)) == []


def test_of_two_who_replace_the_same_file_one_has_replaced_it(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    with (
        FolderCollection(tmp_path / "c", BagOfWords()) as mine,
        FolderCollection(tmp_path / "c", BagOfWords()) as yours,
    ):
        note.write_text("The tide turned.", encoding="utf-8")
        assert [outcome.change for outcome in add([note], mine)] == [Change.ADDED]
        note.write_text("The tide turned at noon.", encoding="utf-8")
        adding = add([note, note], mine)  # has looked at what is there, and goes on only when yours is done

        class Slow(BagOfWords):
            def encode_passages(self, texts: Sequence[str]) -> Vectors:
                yours.encoder = BagOfWords()
                assert [outcome.change for outcome in add([note], yours)] == [Change.REPLACED]
                mine.encoder = BagOfWords()
                return super().encode_passages(texts)

        mine.encoder = Slow()
        assert next(adding).change is Change.UNCHANGED
        assert len(mine.documents()) == 1


def test_an_error_says_which_of_its_causes_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.folder.lock.PATIENCE", 0.1)

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        with pytest.raises(OtherModel):
            FolderCollection(tmp_path, BagOfWords("another"))
        with Lock(tmp_path).held(), pytest.raises(CollectionLocked):
            collection.add(numbered(1))
    with sqlite3.connect(tmp_path / "collection.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(NewerFormat):
        FolderCollection(tmp_path, BagOfWords())
    for kind in (CollectionLocked, CollectionMoved, NewerFormat, OtherModel, ReadOnlyCollection):
        assert issubclass(kind, UnusableCollection)


def test_what_is_mended_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
    assert not caplog.records
    (tmp_path / "lexical" / "manifest").write_text("damaged", encoding="ascii")
    with caplog.at_level(logging.INFO), FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.search(EVERYWHERE)
    assert [(record.name, record.levelname) for record in caplog.records] == [("cited.index", "WARNING")]
    assert "lexical is damaged and is made again" in caplog.text


def test_a_document_stays_in_memory_while_others_are_added_and_removed(tmp_path: Path) -> None:
    words = numbered(1).text[:100]
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(numbered(1))
        (first, *_) = collection.search(words, k=1)
        collection.add(numbered(2))
        collection.remove(numbered(2).id)
        (again, *_) = collection.search(words, k=1)
        assert again.passage.document is first.passage.document
        assert first.passage.document == numbered(1)


def test_a_document_that_comes_back_under_another_title_is_found_under_that(tmp_path: Path) -> None:
    folder, text = tmp_path / "collection", numbered(1).text
    with FolderCollection(folder, BagOfWords()) as collection, FolderCollection(folder, BagOfWords()) as other:
        collection.add(numbered(1))
        assert collection.search(text[:100], k=1)[0].passage.document.title == numbered(1).title
        other.remove(numbered(1).id)
        other.add(replace(numbered(1), title="Harbour report"))
        assert collection.search(text[:100], k=1)[0].passage.document.title == "Harbour report"
