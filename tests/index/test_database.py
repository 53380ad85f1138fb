"""The database of a collection is never overwritten: what is damaged or of others is refused in one sentence."""

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index import DamagedCollection, FolderCollection, UnusableCollection
from index.testing import EVERYWHERE, ONE_SENTENCE, BagOfWords, made, numbered


def by_another_model(folder: Path) -> None:
    made(folder, "another model")


def by_a_newer_version(folder: Path) -> None:
    with sqlite3.connect(made(folder)) as database:
        database.execute("PRAGMA user_version = 1000")
    database.close()


def by_an_older_version(folder: Path) -> None:
    with sqlite3.connect(made(folder)) as database:
        database.execute("PRAGMA user_version = 1")
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


def cut_to_nothing(folder: Path) -> None:
    made(folder).write_bytes(b"")


def without_settings(folder: Path) -> None:
    with sqlite3.connect(made(folder)) as database:
        database.execute("DELETE FROM settings")
    database.close()


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (by_another_model, "'another model'"),
        (by_a_newer_version, "newer version"),
        (by_an_older_version, "older version"),
        (by_another_program, "another program"),
        (of_other_files, "other files"),
        (a_file, "cannot be used"),
        (overwritten, "damaged"),
        (cut_short, "damaged"),
        (cut_to_nothing, "lost its content"),
        (without_settings, "damaged"),
    ],
)
def test_what_is_no_usable_collection_is_refused_in_one_sentence_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], complaint: str
) -> None:
    folder = tmp_path / "folder"
    make(folder)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "lock"}

    for _ in range(2):
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            FolderCollection(folder, BagOfWords()).search(EVERYWHERE)
        assert complaint in str(refusal.value)
        assert str(folder) in str(refusal.value)

    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("path", ["a\0b", "half\ud800"])
def test_a_path_that_no_folder_can_have_is_refused_in_one_sentence(path: str) -> None:
    with pytest.raises(UnusableCollection, match=ONE_SENTENCE):
        FolderCollection(path, BagOfWords())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(UnusableCollection, match=ONE_SENTENCE):
        FolderCollection(tmp_path / "folder", BagOfWords())


# What happens to the database


def test_a_bit_flipped_anywhere_in_the_database_is_an_error_in_one_sentence_or_does_no_harm(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    sound = made(whole).read_bytes()
    text = numbered(1).text
    draw = random.Random(0)
    refused = 0
    for number in range(60):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        flipped = bytearray(sound)
        flipped[draw.randrange(len(sound))] ^= 1 << draw.randrange(8)
        (folder / "collection.sqlite").write_bytes(flipped)
        for derived in ("dense", "lexical") if number % 2 else ():
            shutil.rmtree(folder / derived)
        try:
            with FolderCollection(folder, BagOfWords()) as collection:
                for hit in collection.search(EVERYWHERE):
                    assert hit.passage.text in text
                refused += bool(collection.check().findings)
        except UnusableCollection as error:
            assert re.match(ONE_SENTENCE, str(error))  # noqa: PT017
            refused += 1

    assert 0 < refused < 60


DAMAGES = {
    "a vector that is too short": "UPDATE vectors SET vector = substr(vector, 5) WHERE passage = 2",
    "a vector of nothing": "UPDATE vectors SET vector = x'' WHERE passage = 2",
    "a vector that is a text": "UPDATE vectors SET vector = 'one, two, three' WHERE passage = 2",
    "a vector that is too long to be one": "UPDATE vectors SET vector = zeroblob(4 * 256) WHERE passage = 2",
    "a vector of no numbers": "UPDATE vectors SET vector = replace(hex(zeroblob(256)), '00', x'0000c07f')",
    "a span behind the text": 'UPDATE passages SET "end" = 1000000 WHERE number = 2',
    "a span that ends before it begins": 'UPDATE passages SET "end" = 1 WHERE number = 2',
    "a span before the text": 'UPDATE passages SET "start" = -5 WHERE number = 2',
    "a span of words": "UPDATE passages SET \"start\" = 'five' WHERE number = 2",
    "a span of fractions": 'UPDATE passages SET "start" = "start" + 0.5 WHERE number = 2',
    "another text": "UPDATE documents SET text = replace(text, 'word7', 'word8')",
    "no text": "UPDATE documents SET text = ''",
    "a number for a text": "UPDATE documents SET text = 5",
    "a text that is not UTF-8": "UPDATE documents SET text = CAST(x'ff41' AS TEXT)",
    "a title that is not UTF-8": "UPDATE documents SET title = CAST(x'ff41' AS TEXT)",
    "a number for a title": "UPDATE documents SET title = x'05'",
    "no document": "DELETE FROM documents",
}


@pytest.mark.parametrize("statement", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_cannot_have_been_written_is_one_sentence_to_who_asks_and_to_who_checks(
    tmp_path: Path, statement: str
) -> None:
    path = made(tmp_path)
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()
    damaged = path.read_bytes()

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        findings = collection.check().findings
        with pytest.raises(DamagedCollection, match=ONE_SENTENCE):
            collection.rebuild()
    for index in ("dense", "lexical"):
        shutil.rmtree(tmp_path / index, ignore_errors=True)
    with FolderCollection(tmp_path, BagOfWords()) as collection, pytest.raises(DamagedCollection, match=ONE_SENTENCE):
        collection.search(EVERYWHERE)

    assert findings
    assert all(re.match(ONE_SENTENCE, finding) for finding in findings)
    assert path.read_bytes() == damaged
