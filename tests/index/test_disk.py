"""A collection outlives a full disk."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import pytest

from index import DiskFull, Document, FolderCollection, UnusableCollection
from index.testing import ONE_SENTENCE, BagOfWords, check_whole, numbered


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


def test_a_file_larger_than_the_room_left_is_told_as_a_full_disk_and_not_as_damage(small_disk: Path) -> None:
    large = Document("\n\n".join(numbered(number).text for number in range(400)), "annals")
    with FolderCollection(small_disk / "collection", BagOfWords()) as collection:
        collection.add(numbered(0))
        (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free - 3_000_000))
        with pytest.raises(DiskFull, match=ONE_SENTENCE):
            collection.add(large, original=os.urandom(4_000_000))
        assert collection.documents() == [numbered(0)]
        check_whole(collection)


def _fill(disk: Path) -> None:
    """Take all the room that is left."""
    with (disk / "ballast").open("ab", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))
