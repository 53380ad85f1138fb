"""Digests of files: remembered, and never those of another version."""

import os
import time
from hashlib import sha256 as exact
from pathlib import Path

import pytest

import index.digest
from index.digest import sha256


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the user's cache lie in a folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "cited" / "sha256.json"


@pytest.fixture
def finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a file that counts as finished at once."""
    monkeypatch.setattr(index.digest, "SETTLED", -1.0)
    (tmp_path / "weights").write_bytes(b"one")
    time.sleep(0.05)  # longer than a tick of the file system's clock
    return tmp_path / "weights"


def test_a_file_is_not_read_again_while_it_stays_the_same(finished: Path, cache: Path) -> None:
    first = sha256(finished)
    cache.write_text(cache.read_text().replace(first, "what was remembered"))
    assert first == exact(b"one").hexdigest()
    assert sha256(finished) == "what was remembered"


def test_another_version_of_a_file_is_read_even_with_the_same_size_and_time(finished: Path, cache: Path) -> None:
    sha256(finished)
    state = finished.stat()
    finished.write_bytes(b"two")
    os.utime(finished, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert sha256(finished) == exact(b"two").hexdigest()


def test_a_file_that_has_just_changed_is_not_remembered(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "weights").write_bytes(b"one")
    assert sha256(tmp_path / "weights") == exact(b"one").hexdigest()
    assert not cache.exists()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}'])
def test_a_damaged_cache_is_done_without(tmp_path: Path, cache: Path, content: str) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text(content)
    (tmp_path / "weights").write_bytes(b"one")
    assert sha256(tmp_path / "weights") == exact(b"one").hexdigest()


def test_a_cache_that_cannot_be_written_is_done_without(finished: Path, cache: Path) -> None:
    cache.parent.parent.write_text("no folder")
    assert sha256(finished) == exact(b"one").hexdigest()
