"""The file that a document was read from: kept, found damaged, carried to a copy, and gone with its document."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import FolderCollection, UnknownDocument
from index.add import Change, add
from index.testing import BagOfWords, numbered
from index.transfer import copy
from tests.index.test_collection import in_format

PAGE = b"<html><body><p>Mali won the cup.</p><!-- a secret mark --></body></html>"


def saved(folder: Path, data: bytes = PAGE, name: str = "page.html") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_the_file_of_a_document_is_kept_byte_for_byte_and_goes_with_it(tmp_path: Path) -> None:
    secret = os.urandom(3000)
    file = saved(tmp_path, PAGE.replace(b"a secret mark", secret.hex().encode()))
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        list(add([file], collection))
        (document,) = collection.documents()
        assert collection.original(document.id) == file.read_bytes()
        assert collection.check().findings == ()
        file.unlink()
        collection.remove(document.id)
        with pytest.raises(UnknownDocument):
            collection.original(document.id)
    with closing(sqlite3.connect(tmp_path / "c" / "collection.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM originals").fetchone() == (0,)


def test_what_is_removed_is_overwritten(tmp_path: Path) -> None:
    mark = os.urandom(200)  # which cannot be compressed
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(numbered(1), original=mark)
        collection.remove(numbered(1).id)
    assert not any(mark in file.read_bytes() for file in (tmp_path / "c").iterdir() if file.is_file())


def test_a_file_that_was_changed_replaces_the_one_that_was_kept(tmp_path: Path) -> None:
    file = saved(tmp_path)
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        list(add([file], collection))
        saved(tmp_path, PAGE.replace(b"won", b"lost"))
        assert [outcome.change for outcome in add([file], collection)] == [Change.REPLACED]
        (document,) = collection.documents()
        assert collection.original(document.id) == file.read_bytes()


def test_the_next_version_of_a_file_keeps_the_title_that_people_gave(tmp_path: Path) -> None:
    file, page = saved(tmp_path), tmp_path / "prices.html"
    page.write_bytes(b"<title>Prices</title><p>Bread costs a pound.</p>")
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        list(add([file, page], collection))
        collection.rename(collection.document_ids()[0], "The cup")
        saved(tmp_path, PAGE.replace(b"won", b"lost"))
        page.write_bytes(b"<title>New prices</title><p>Bread costs two pounds.</p>")
        assert [outcome.change for outcome in add([file, page], collection)] == [Change.REPLACED, Change.REPLACED]
        assert [document.title for document in collection] == ["The cup", "New prices"]


def test_documents_of_one_file_share_it_until_the_last_is_removed(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2), original=PAGE)
        collection.remove(numbered(1).id)
        assert collection.original(numbered(2).id) == PAGE
        with closing(sqlite3.connect(tmp_path / "collection.sqlite")) as database:
            assert database.execute("SELECT count(*) FROM originals").fetchone() == (1,)


def test_a_text_without_a_file_and_an_earlier_format_have_none(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), original=PAGE)
        collection.add(numbered(2))
        assert collection.original(numbered(2).id) is None
    in_format(3, tmp_path / "collection.sqlite")
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.original(numbered(1).id) is None


def test_a_copy_has_the_files(tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "a", BagOfWords()) as one, FolderCollection(tmp_path / "b", BagOfWords()) as other:
        one.add(numbered(1), original=PAGE)
        list(copy(one, other))
        assert other.original(numbered(1).id) == PAGE


def test_a_damaged_file_is_found(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), original=PAGE)
    with closing(sqlite3.connect(tmp_path / "collection.sqlite")) as database, database:
        database.execute("UPDATE originals SET content = substr(content, 2)")
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert any("The file of document" in finding for finding in collection.check().findings)
