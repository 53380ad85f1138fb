"""What reading the kept files of a collection again changes, what it leaves alone, and what it says of quotes."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from index import Document, Fact, FolderCollection
from index.add import add
from index.document import RECOGNISED, Place
from index.encoder.base import Vectors
from index.reread import Change, reread
from index.sandbox.sandbox import read_file
from index.testing import BagOfWords, numbered
from tests.index.formats.pdf_files import a_pdf, text
from tests.index.formats.scanned import NEEDS_TESSERACT, scan
from tests.index.test_collection import in_format

PAGE = b"""<html><body><h1>Prices</h1><table><tr><th>Firm</th><th>Price</th></tr><tr><td>Marrow</td><td>9 pounds</td>
</tr></table><p>The bridge was closed. It will open in May.</p></body></html>"""


def saved(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def a_mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Prices", "ann@example.com", "Tue, 12 Mar 2024 09:00:00 +0000"
    mail.set_content("The prices are attached.")
    mail.add_attachment(PAGE, maintype="text", subtype="html", filename="prices.html")
    mail.add_attachment(b"Firm,Price\nMarrow,9\n", maintype="text", subtype="csv", filename="prices.csv")
    return mail.as_bytes()


def rows(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "collection.sqlite")) as database:
        return database.execute("SELECT number, document FROM passages ORDER BY number").fetchall()


def test_what_is_read_as_before_keeps_its_rows_and_is_not_encoded_again(tmp_path: Path) -> None:
    names = {
        "page.html": PAGE,
        "mail.eml": a_mail(),
        "notes.md": b"# Notes\n\n- one\n- two\n",
        "report.pdf": a_pdf(text(50, 700, "Minutes of May.")),
    }
    files = [saved(tmp_path, name, data) for name, data in names.items()]
    with FolderCollection(tmp_path / "c", encoder := BagOfWords()) as collection:
        list(add(files, collection))
        before, encoded = rows(tmp_path / "c"), encoder.encoded
        for file in files:
            file.unlink()  # what is kept is read, not the file
        outcomes = list(reread(collection))
        assert [outcome.old for outcome in outcomes] == collection.documents()
    assert {outcome.change for outcome in outcomes} == {Change.UNCHANGED}
    assert not any(outcome.note for outcome in outcomes)
    assert (rows(tmp_path / "c"), encoder.encoded) == (before, encoded)


def test_only_what_an_older_reader_read_otherwise_is_replaced(tmp_path: Path) -> None:
    (found,) = read_file(saved(tmp_path, "page.html", PAGE)).documents
    (other,) = read_file(saved(tmp_path, "other.txt", b"Dogs bark.")).documents
    older = Document(found.text, "My title", found.source)  # as plain text, without its table
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(other, original=b"Dogs bark.")
        collection.add(older, original=PAGE)
        collection.add(numbered(1))
        before = rows(tmp_path / "c")
        outcomes = {outcome.old.title: outcome for outcome in reread(collection)}
        mended = collection.document(found.id)
        assert mended.is_read_like(found)
        assert mended.tables
        assert (mended.title, mended.source) == ("My title", found.source)
        assert collection.original(found.id) == PAGE
        assert collection.check().findings == ()
        assert {outcome.change for outcome in reread(collection)} == {Change.UNCHANGED, Change.KEPT}
    assert [outcomes[title].change for title in ("My title", "other", "Document 1")] == ["changed", "unchanged", "kept"]
    assert outcomes["My title"].moved == outcomes["My title"].gone == ()
    assert outcomes["Document 1"].note == "its file was not kept"
    assert [row for row in rows(tmp_path / "c") if row[1] != found.id] == [row for row in before if row[1] != found.id]


def test_a_text_that_is_read_as_before_is_not_encoded_again(tmp_path: Path) -> None:
    (found,) = read_file(saved(tmp_path, "page.html", PAGE)).documents
    with FolderCollection(tmp_path / "c", encoder := BagOfWords()) as collection:
        collection.add(replace(found, facts=(Fact("author", "Ann", "the page"),)), original=PAGE)
        encoded = encoder.encoded
        assert [outcome.change for outcome in reread(collection)] == [Change.CHANGED]
        assert collection.document(found.id).facts == found.facts
        assert [hit.passage.document.facts for hit in collection.search("bridge", k=1)] == [found.facts]
    assert encoder.encoded == encoded


def test_sentences_of_the_old_text_that_moved_or_are_gone_are_named(tmp_path: Path) -> None:
    data = b"Prices rose.\n\nThe bridge was closed. It will open in May.\n"
    source = str(tmp_path / "notes.txt")
    older = Document("Prices rose.\n\nA secret mark. The bridge was closed. It will open in May.", "notes", source)
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(older, original=data)
        (outcome,) = reread(collection)
        assert collection.documents() == [outcome.new]
    assert (outcome.change, outcome.new.text) == (Change.CHANGED, data.decode())
    assert [older.quote(span) for span in outcome.gone] == ["A secret mark."]
    assert [older.quote(span) for span in outcome.moved] == ["The bridge was closed.", "It will open in May."]


def test_attachments_are_read_again_and_known_by_their_names(tmp_path: Path) -> None:
    found = read_file(saved(tmp_path, "mail.eml", a_mail()))
    mail, page, table = found.documents
    older = replace(page, text="Prices of Marrow.", blocks=(), tables=(), title="attachment “prices.html” of “mail”")
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(mail, older, original=a_mail())
        outcomes = list(reread(collection))
        assert collection.documents() == [mail, page]
        assert all(map(collection.original, collection.document_ids()))
    assert [outcome.change for outcome in outcomes] == [Change.UNCHANGED, Change.CHANGED]
    assert outcomes[1].new.title == older.title
    assert table not in {outcome.new for outcome in outcomes}
    assert outcomes[0].note == "1 more can be read from its file now; `cited add` adds them"


def test_a_renamed_attachment_is_not_taken_for_its_mail_and_keeps_its_title(tmp_path: Path) -> None:
    mail, page, _ = read_file(saved(tmp_path, "mail.eml", a_mail())).documents
    older = replace(page, text="Prices of Marrow.", blocks=(), tables=(), title="The prices")
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(replace(mail, text="Older.", blocks=()), older, original=a_mail())
        outcomes = list(reread(collection))
        assert collection.documents() == [older, mail]
    assert [(outcome.change, outcome.new.title) for outcome in outcomes] == [
        (Change.CHANGED, "Prices"),
        (Change.KEPT, "The prices"),
    ]


def test_what_its_file_no_longer_holds_or_no_reader_reads_is_kept(tmp_path: Path) -> None:
    lost = Document("An attachment.", "attachment “a.png” of “mail”", "mail.txt")
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(Document("The mail.", "mail", "mail.txt"), lost, original=b"The mail.")
        collection.add(Document("A picture.", "picture", "picture.txt"), original=b"\x89PNG\r\n and more")
        before = rows(tmp_path / "c")
        notes = [outcome.note for outcome in reread(collection)]
    assert rows(tmp_path / "c") == before
    assert notes[:2] == ["", "it is no longer read from its file"]
    assert notes[2].startswith("its file is an image")


class Interrupted(BagOfWords):
    """An encoder that the user interrupts at the second document that is read again."""

    armed = False

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if self.armed and any("second" in text for text in texts):
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_an_interruption_leaves_each_document_as_it_was_or_as_it_is_read_now(tmp_path: Path) -> None:
    encoder = Interrupted()
    with FolderCollection(tmp_path, encoder) as collection:
        for name in ("first", "second", "third"):
            collection.add(Document(f"Old {name}.", name, f"{name}.txt"), original=f"New {name}.".encode())
        encoder.armed = True
        with pytest.raises(KeyboardInterrupt):
            list(reread(collection))
        texts = {document.title: document.text for document in collection.documents()}
        assert texts == {"first": "New first.", "second": "Old second.", "third": "Old third."}
        assert collection.check().findings == ()
        encoder.armed = False
        list(reread(collection))
        assert {document.text for document in collection.documents()} == {"New first.", "New second.", "New third."}


def test_a_collection_of_an_earlier_format_says_that_its_files_were_not_kept(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(numbered(1), original=b"a file")
        assert collection.check().kept == 1
    in_format(3, tmp_path / "collection.sqlite")
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.check().kept == 0
        assert [(outcome.change, outcome.note) for outcome in reread(collection)] == [
            (Change.KEPT, "its file was not kept")
        ]


@NEEDS_TESSERACT
def test_recognised_text_is_recognised_again(tmp_path: Path) -> None:
    data = scan("The bridge was closed")
    older = Document("The bridge was", "scan", "scan.pdf", (Place(0, f"page 1, {RECOGNISED}"),))
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(older, original=data)
        (outcome,) = reread(collection)
    assert outcome.new.text.strip() == "The bridge was closed"
    assert RECOGNISED in outcome.new.place(0)
