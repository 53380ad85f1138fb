"""An uploaded file is added whole or not at all, and whoever waits for it may cancel it."""

import asyncio
import io
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from bench.hostile_files import pdf_of_nested_forms
from index import FolderCollection, InvalidText, UnreadableFile
from index.encoder.base import Vectors
from index.errors import Cancelled, ScannedFile
from index.formats.scans import program
from index.testing import BagOfWords, numbered
from page import functions
from page.adding import Adding
from page.session import Lasting
from page.uploads import Uploads
from tests.index.formats.scanned import WORDS, scan


class Telling(BagOfWords):
    """An encoder that calls `told` before it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Callable[[], object] = bool

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.told()
        return super().encode_passages(texts)


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    with closing(Uploads(tmp_path / "uploads")) as uploads:
        yield uploads


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[FolderCollection]:
    with FolderCollection(tmp_path / "collection", Telling()) as collection:
        yield collection


@pytest.fixture
def adding(collection: FolderCollection, uploads: Uploads) -> Adding:
    return Adding(lambda: Lasting(lambda: collection), uploads)


LONG = "\n\n".join(numbered(number).text for number in range(100)).encode()
"""A text of more passages than are encoded at once."""


def kept(uploads: Uploads, content: bytes, name: str = "file.txt") -> str:
    return asyncio.run(uploads.keep(UploadFile(io.BytesIO(content), filename=name)))


def test_a_file_that_waits_is_cancelled_and_deleted(adding: Adding, uploads: Uploads, tmp_path: Path) -> None:
    path = kept(uploads, b"The tide turned.")

    assert adding.progress(path) == {"step": "waiting", "share": 0}
    assert uploads.cancel(path)
    assert not list(tmp_path.rglob("file.txt"))
    with pytest.raises(UnreadableFile, match="was not uploaded"):
        adding.add(path, "file.txt")


def test_a_file_that_is_read_is_cancelled_at_once_and_nothing_of_it_is_kept(
    adding: Adding, uploads: Uploads, collection: FolderCollection, tmp_path: Path
) -> None:
    path = kept(uploads, pdf_of_nested_forms(), "bomb.pdf")  # which would take hours to read
    with ThreadPoolExecutor() as threads:
        outcome = threads.submit(adding.add, path, "bomb.pdf")
        while adding.progress(path)["step"] != "reading":
            time.sleep(0.01)
        time.sleep(0.3)
        began = time.monotonic()

        assert not uploads.cancel(path)
        with pytest.raises(Cancelled, match="was cancelled"):
            outcome.result()
    assert time.monotonic() - began < 3
    assert not list(tmp_path.rglob("bomb.pdf"))
    assert len(collection) == 0
    assert adding.add(kept(uploads, b"The tide turned."), "tide.txt")["outcome"] == "added"


def test_a_file_that_is_encoded_is_cancelled_and_nothing_of_it_is_kept(
    adding: Adding, uploads: Uploads, collection: FolderCollection
) -> None:
    path = kept(uploads, LONG)
    seen = []

    def look() -> None:
        seen.append(adding.progress(path))
        if len(seen) == 2:
            uploads.cancel(path)

    collection.encoder.told = look  # type: ignore[attr-defined]
    with pytest.raises(Cancelled):
        adding.add(path, "long.txt")

    assert [each["step"] for each in seen] == ["reading", "indexing"]
    assert 0 < seen[1]["share"] < 1
    assert len(collection) == 0
    assert not collection.search("document2", k=1)


def test_a_pasted_text_has_the_title_that_is_given_and_takes_no_other_texts_place(
    adding: Adding, uploads: Uploads, collection: FolderCollection
) -> None:
    text = b"The council met on Monday and voted to close the bridge for two years."
    for title, content in (("Monday", text), (" The  vote ", text.replace(b"two", b"six"))):
        assert adding.add(kept(uploads, content), "pasted text", title=title)["outcome"] == "added"
    with pytest.raises(InvalidText, match="holds no words"):
        adding.add(kept(uploads, b"The tide turned."), "pasted text", title="?")

    assert [(each.title, each.source) for each in collection] == [
        ("Monday", "pasted text"),
        ("The vote", "pasted text"),
    ]


def test_scans_are_told_and_read_if_asked_for(adding: Adding, uploads: Uploads, collection: FolderCollection) -> None:
    mixed, whole = scan(WORDS, before="Minutes of the council, which met in May."), scan(WORDS)

    assert adding.add(kept(uploads, mixed), "mixed.pdf")["hasScans"]
    assert not adding.add(kept(uploads, b"The tide turned."), "tide.txt")["hasScans"]
    with pytest.raises(ScannedFile, match=r"^whole.pdf is a PDF without text"):
        adding.add(kept(uploads, whole), "whole.pdf")
    if program():
        assert adding.add(kept(uploads, mixed), "mixed.pdf", ocr=True) == {
            "outcome": "added in place of its older version",
            "document": collection.document_ids()[-1],
            "hasScans": False,
        }
        assert WORDS in collection.document(collection.document_ids()[-1]).text


def test_the_page_knows_whether_scans_can_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert asyncio.run(functions.recognises()) == bool(program())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not asyncio.run(functions.recognises())


def test_it_is_too_late_to_cancel_a_file_that_is_added(adding: Adding, uploads: Uploads) -> None:
    path = kept(uploads, b"The tide turned.")
    adding.add(path, "tide.txt")

    assert not uploads.cancel(path)
    assert adding.progress(path) == {"step": "", "share": 0}
