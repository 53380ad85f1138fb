"""A collection outlives what happens to its folder."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import pytest

from index import DamagedCollection, DiskFull, Document, FolderCollection, Report, UnusableCollection, split
from index.folder import lexical
from index.folder.manifest import Manifest, read_manifest
from index.testing import EVERYWHERE, ONE_SENTENCE, BagOfWords, answers, check_whole, made, numbered
from qa import article_collection

# What happens to the two derived indexes


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


# What is no collection


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


# Checked and rebuilt


def test_a_sound_collection_passes_its_check(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.check() == Report(documents=0, passages=0, findings=(), kept=0)
        collection.add(numbered(1), numbered(2), Document("  Spaces. \n\n Around.\n", "spaces"))
        collection.remove(numbered(1).id)

        assert collection.check() == Report(2, len(split(numbered(2))) + 1, (), kept=0)


def test_a_check_finds_a_document_of_which_a_part_is_missing(tmp_path: Path) -> None:
    with sqlite3.connect(made(tmp_path)) as database:
        database.execute("DELETE FROM passages WHERE number = 2")
    database.close()

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert any("'Document 1' is in no passage" in finding for finding in collection.check().findings)


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_a_check_finds_an_index_of_other_passages_and_a_rebuild_mends_it(tmp_path: Path, index: str) -> None:
    with sqlite3.connect(made(tmp_path)) as database:
        database.execute("DELETE FROM passages WHERE number = 2")
    database.close()

    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as collection:
        before = [finding for finding in collection.check().findings if f"{index} index" in finding]
        collection.rebuild()
        after = [finding for finding in collection.check().findings if f"{index} index" in finding]

    assert len(before) == 1
    assert re.match(ONE_SENTENCE, before[0])
    assert after == []
    assert encoder.encoded == 0


def test_a_rebuild_changes_no_answer_and_is_seen_by_others(tmp_path: Path) -> None:
    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as mine, FolderCollection(tmp_path, encoder) as yours:
        mine.add(*map(numbered, range(3)))
        before, encoded = answers(yours), encoder.encoded
        mine.rebuild()

        assert answers(mine) == answers(yours) == before
        yours.add(numbered(3))
        check_whole(mine)
        assert encoder.encoded == encoded + len(split(numbered(3)))


# A full disk


def can_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def mounted(disk: Path, size: str) -> Iterator[Path]:
    disk.mkdir()
    mount = can_mount() and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False)
    if not mount or mount.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", "16m") as disk:
        yield disk


@pytest.fixture
def large_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", "64m") as disk:
        yield disk


def test_a_disk_that_fills_at_any_moment_is_one_clear_sentence_and_loses_nothing(small_disk: Path) -> None:
    ballast, folder = small_disk / "ballast", small_disk / "collection"
    failures = 0
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.add(numbered(0))
        for number in range(1, 60):
            before = collection.documents()
            ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - 4096 * number))
            try:
                collection.add(numbered(number))
            except UnusableCollection as error:
                assert re.match(ONE_SENTENCE, str(error))  # noqa: PT017
                failures += 1
            ballast.unlink()

            assert collection.documents() in (before, [*before, numbered(number)])
            check_whole(collection)
            collection.remove(collection.documents()[-1].id)
            collection.add(numbered(0))

        assert collection.check().findings == ()
    assert 5 < failures < 59


@pytest.mark.parametrize("is_open", [True, False], ids=["open before", "opened when it is full"])
def test_documents_are_removed_from_a_disk_that_is_full(large_disk: Path, is_open: bool) -> None:
    folder = large_disk / "collection"
    with FolderCollection(folder, BagOfWords()) as before:
        before.add(*map(numbered, range(30)))
        _fill(large_disk)
        with nullcontext(before) if is_open else FolderCollection(folder, BagOfWords()) as collection:
            for number in range(5):
                collection.remove(numbered(number).id)
            check_whole(collection)
            assert collection.documents() == list(map(numbered, range(5, 30)))
            _fill(large_disk)
            with pytest.raises(DiskFull, match=ONE_SENTENCE):
                collection.add(*map(numbered, range(100, 140)))


def _fill(disk: Path) -> None:
    """Take all the room that is left."""
    with (disk / "ballast").open("ab", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))


# The cache of the bundled article


@pytest.fixture
def cached_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about_the_article: FolderCollection
) -> Callable[[], FolderCollection]:
    """Open the article's collection as a new process would, with the model loaded, in a cache of its own."""
    assert about_the_article.documents()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    opened: Callable[[], FolderCollection] = article_collection.__wrapped__
    return opened


@pytest.mark.parametrize("damage", ["UPDATE documents SET text = 'Something else.'", None], ids=["a text", "the file"])
def test_the_articles_collection_is_made_anew_where_it_is_damaged(
    cached_article: Callable[[], FolderCollection], the_article: Document, damage: str | None
) -> None:
    with cached_article() as collection:
        path = collection.path / "collection.sqlite"
    if damage is None:
        path.write_bytes(b"This is no database. " * 1000)
    else:
        with sqlite3.connect(path) as database:
            database.execute(damage)
        database.close()

    with cached_article() as collection:
        assert collection.documents() == [the_article]
        assert collection.check().findings == ()
        assert [folder.name for folder in collection.path.parent.iterdir()] == [collection.path.name]


def test_what_stands_where_the_articles_collection_would_is_not_deleted(
    cached_article: Callable[[], FolderCollection],
) -> None:
    with cached_article() as collection:
        folder = collection.path
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "notes.txt").write_text("Mine.")

    with pytest.raises(UnusableCollection, match="other files"):
        cached_article()
    assert (folder / "notes.txt").read_text() == "Mine."
