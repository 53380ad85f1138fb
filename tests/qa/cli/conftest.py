"""The command line, run in this process, and a file to add."""

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from index import Collection
from qa.cli import main

OPENED = "who opened the conference?"


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


class Cited(Protocol):
    def __call__(self, *arguments: object, typed: bytes = b"") -> Outcome: ...


@pytest.fixture
def cited(about_the_article: Collection, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cited:
    """Run the command line in this process, which has the model loaded."""
    assert about_the_article.documents()

    def run(*arguments: object, typed: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        return Outcome(main(list(map(str, arguments))), *capsys.readouterr())

    return run


@pytest.fixture
def moon(tmp_path: Path) -> Path:
    file = tmp_path / "moon.txt"
    file.write_text("It was 1969.\n\nNASA celebrated its landing\non the Moon. 🚀 It was far.", encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path, moon: Path) -> Path:
    """A folder of two texts in two folders, what is hidden, what is no document, and a loop of links."""
    folder = tmp_path / "documents"
    (folder / "more").mkdir(parents=True)
    moon.rename(folder / "moon.txt")
    (folder / "more" / "page.HTM").write_text("<h1>Dogs</h1><p>Dogs bark.")
    (folder / "more" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text("Hidden.")
    (folder / "more" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "twice").symlink_to(folder / "more", target_is_directory=True)
    return folder
