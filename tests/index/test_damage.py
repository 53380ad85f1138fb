"""Indexes that are lost, damaged or of another state are made again from the database."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import FolderCollection
from index.folder import lexical
from index.folder.manifest import Manifest, read_manifest
from index.testing import BagOfWords, answers, check_whole, made, numbered


def deleted(index: Path) -> None:
    # Out of the way in one step: Tantivy may be making a lock file in it, at which deleting file by file would stumble.
    index.rename(index.with_name(f"{index.name}, deleted"))


def replaced_by_a_file(index: Path) -> None:
    deleted(index)
    index.write_text("This is no folder.")


def filled_with_garbage(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(random.Random(0).randbytes(1000))


@pytest.mark.parametrize("index", ["dense", "lexical"])
@pytest.mark.parametrize("damage", [deleted, replaced_by_a_file, filled_with_garbage])
def test_a_damaged_index_is_mended_without_encoding_anything_again(
    tmp_path: Path, index: str, damage: Callable[[Path], None]
) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(*map(numbered, range(3)))
        before = answers(collection)
    damage(tmp_path / index)

    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as collection:
        assert answers(collection) == before
        check_whole(collection)
        assert encoder.encoded == 0
        collection.add(numbered(3))
        check_whole(collection)


def emptied(content: bytes) -> bytes:
    return content[:0]


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def with_a_bit_flipped(content: bytes) -> bytes:
    flipped = bytearray(content)
    place = random.Random(len(content)).randrange(8 * len(content))
    flipped[place // 8] ^= 1 << place % 8
    return bytes(flipped)


def lost(content: bytes) -> None:
    return None


@pytest.mark.parametrize("damage", [emptied, truncated, with_a_bit_flipped, lost])
def test_damage_to_any_one_file_of_an_index_is_found_and_mended(
    tmp_path: Path, damage: Callable[[bytes], bytes | None]
) -> None:
    whole = tmp_path / "whole"
    made(whole)
    with FolderCollection(whole, BagOfWords()) as collection:
        before = answers(collection)
    files = [file for index in ("dense", "lexical") for file in sorted((whole / index).iterdir())]
    complaints = []
    for file in files:
        folder = tmp_path / f"{file.parent.name} {file.name}"
        shutil.copytree(whole, folder)
        damaged_file, content = folder / file.relative_to(whole), file.read_bytes()
        damaged = damage(content) if content else content
        damaged_file.unlink() if damaged is None else damaged_file.write_bytes(damaged)

        encoder = BagOfWords()
        with FolderCollection(folder, encoder) as collection:
            if answers(collection) != before or encoder.encoded or collection.check().findings:
                complaints.append(f"{file} was not mended")
        if damaged and damaged_file.exists() and damaged_file.read_bytes() == damaged:
            complaints.append(f"{file} was not found damaged")

    assert {file.name for file in files} >= {"manifest", "meta.json"}
    assert complaints == []


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_an_index_deleted_behind_an_open_collection_is_made_again(tmp_path: Path, index: str) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1))
        deleted(tmp_path / index)
        check_whole(collection)
        collection.add(numbered(2))
        check_whole(collection)

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        check_whole(collection)


@pytest.mark.parametrize(
    "behind", [["dense"], ["lexical"], ["dense", "lexical"], ["dense/manifest"], ["lexical/manifest"]], ids=" ".join
)
def test_a_stop_between_the_commit_and_the_indexes_is_mended_at_the_next_search(
    tmp_path: Path, behind: list[str]
) -> None:
    folder, before = tmp_path / "collection", tmp_path / "before"
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
    shutil.copytree(folder, before)
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.remove(numbered(1).id)
        collection.add(numbered(3))

    for name in behind:
        if (folder / name).is_dir():
            deleted(folder / name)
            shutil.copytree(before / name, folder / name)
        else:
            shutil.copy(before / name, folder / name)

    encoder = BagOfWords()
    with FolderCollection(folder, encoder) as collection:
        check_whole(collection)
        assert collection.documents() == [numbered(2), numbered(3)]
    assert encoder.encoded == 0


@pytest.mark.parametrize("changes", [1, 3])
def test_indexes_of_another_copy_of_the_database_are_made_again(tmp_path: Path, changes: int) -> None:
    mine, yours = tmp_path / "mine", tmp_path / "yours"
    made(mine)
    shutil.copytree(mine, yours)
    for folder, numbers in ((mine, range(2, 5)), (yours, range(5, 5 + changes))):
        with FolderCollection(folder, BagOfWords()) as collection:
            for number in numbers:
                collection.add(numbered(number))
    shutil.copy(yours / "collection.sqlite", mine / "collection.sqlite")

    encoder = BagOfWords()
    with FolderCollection(mine, encoder) as collection:
        assert collection.documents() == [numbered(1), *map(numbered, range(5, 5 + changes))]
        check_whole(collection)
        assert collection.check().findings == ()
    assert encoder.encoded == 0


def test_an_update_of_the_lexical_index_that_was_cut_off_at_its_end_is_done_again(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), numbered(2))
        before = read_manifest(tmp_path / "lexical", lexical.LEXICAL_FORMAT).generation
        collection.remove(numbered(1).id)
        collection.add(numbered(3))
    # All is written but the manifest that says so: the one that stands there is from before the update.
    Manifest(lexical.LEXICAL_FORMAT, before).write(tmp_path / "lexical")

    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as collection:
        check_whole(collection)
        assert collection.check().findings == ()
    assert encoder.encoded == 0


def test_indexes_ahead_of_a_database_restored_from_a_backup_are_made_again(tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(numbered(1))
    shutil.copy(tmp_path / "collection" / "collection.sqlite", tmp_path / "backup")
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(*map(numbered, range(2, 8)))
        collection.remove(numbered(1).id)
    shutil.copy(tmp_path / "backup", tmp_path / "collection" / "collection.sqlite")

    encoder = BagOfWords()
    with FolderCollection(tmp_path / "collection", encoder) as collection:
        assert collection.documents() == [numbered(1)]
        check_whole(collection)
        assert encoder.encoded == 0
        collection.add(numbered(3))
        check_whole(collection)
