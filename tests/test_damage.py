"""A collection outlives what happens to its folder."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Collection, UnusableCollection
from tests.bag_of_words import BagOfWords
from tests.numbered import EVERYWHERE, ONE_SENTENCE, answers, check_whole, made, numbered

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
