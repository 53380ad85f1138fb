"""An e-mail is read with what is attached to it, each as a document of its own that says where it comes from."""

import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from bench.hostile_files import pdf_of_nested_forms
from index import FolderCollection, Place, read, read_all
from index.add import Kind, add
from index.sandbox.sandbox import Sandbox
from index.sandbox.worker import Limits
from index.testing import BagOfWords

CASES = Path(__file__).with_name("cases")


def an_email(subject: str, body: str = "See what is attached.") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Kari Moe <kari@havn.example>"
    message["Date"] = "Tue, 5 Mar 2024 10:00:00 +0100"
    message.set_content(body)
    return message


def attach(message: EmailMessage, name: str, data: bytes, media_type: str = "application/octet-stream") -> None:
    maintype, subtype = media_type.split("/")
    message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)


def saved(message: EmailMessage, folder: Path) -> Path:
    (file := folder / "mail.eml").write_bytes(message.as_bytes())
    return file


def test_attachments_are_documents_that_name_themselves_and_their_email(tmp_path: Path) -> None:
    message = an_email("Repairs")
    attach(message, "rapport ø.pdf", (CASES / "inspection-report.pdf").read_bytes())
    attach(message, "price.html", b"<p>A ticket costs 62 euros.", "text/html")
    file = saved(message, tmp_path)
    mail, report, price = read_all(file)

    assert [each.title for each in (mail, report, price)] == [
        "Repairs",
        "attachment “rapport ø.pdf” of “Repairs”",
        "attachment “price.html” of “Repairs”",
    ]
    assert {each.source for each in (mail, report, price)} == {str(file)}
    assert "attached." in mail.text
    assert "62 euros" not in mail.text
    assert report == read(CASES / "inspection-report.pdf")
    assert price.text == "A ticket costs 62 euros."


def test_an_attached_email_is_read_with_its_own_attachments(tmp_path: Path) -> None:
    inner, outer = an_email("Lease", "The lease is signed."), an_email("Fwd: Lease")
    attach(inner, "lease.docx", (CASES / "docx_numbers-lease.docx").read_bytes())
    outer.add_attachment(inner)
    mail, forwarded, lease = read_all(saved(outer, tmp_path))

    assert "The lease is signed." not in mail.text
    assert forwarded.text.endswith("The lease is signed.")
    assert lease.title == "attachment “lease.docx” of “Lease”"
    assert "four percent a year" in lease.text


def test_what_is_attached_to_an_archived_page_is_read_and_what_the_page_is_made_of_is_not(tmp_path: Path) -> None:
    page = EmailMessage()
    page["Snapshot-Content-Location"] = "https://a.example/"
    page.set_content("<p>High water is at noon.", subtype="html")
    page.make_related()
    page.add_related(b"p { color: red }", maintype="text", subtype="css")
    attach(page, "birds.txt", b"Birds fly.", "text/plain")
    (tmp_path / "page.mhtml").write_bytes(page.as_bytes())

    assert [document.text for document in read_all(tmp_path / "page.mhtml")] == ["High water is at noon.", "Birds fly."]


def test_an_email_is_cited_by_its_day(tmp_path: Path) -> None:
    (tmp_path / "undated.eml").write_text("Subject: Tides\nFrom: a@b.example\n\nHigh water is at noon.")

    assert read(saved(an_email("Tides"), tmp_path)).places == (Place(0, "e-mail of 5 March 2024"),)
    assert read(tmp_path / "undated.eml").places == (Place(0, "e-mail"),)


def test_an_attachment_that_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    message = an_email("Photos")
    attach(message, "photo.png", b"\x89PNG\r\n", "image/png")
    attach(message, "none.txt", b"", "text/plain")
    attach(message, "dots.txt", b"...", "text/plain")
    (mail,) = read_all(saved(message, tmp_path))

    assert mail.unread == (
        "attachment “photo.png” (is an image; have its text recognised (OCR) first)",
        "attachment “none.txt” (is empty; add a file that has text)",
        "attachment “dots.txt” (holds no words)",
    )
    assert read(tmp_path / "mail.eml").unread == ("3 attachments",)


def test_an_attachment_that_does_harm_takes_nothing_else_with_it(tmp_path: Path) -> None:
    message = an_email("Bomb")
    for name in ("a.pdf", "b.pdf"):
        attach(message, name, pdf_of_nested_forms())
    sandbox = Sandbox(Limits(seconds=3))
    sandbox.read(CASES / "lists-staff.txt")  # starts the process, which takes longest on a busy machine
    begun = time.monotonic()
    (mail,) = sandbox.read_file(saved(message, tmp_path)).documents

    first, rest = mail.unread
    assert first.startswith("attachment “a.pdf” (takes longer than 3 s to read; ")
    assert rest == "1 more attachment (for lack of time)"
    assert time.monotonic() - begun < 25


def test_an_email_is_added_with_its_attachments_and_replaced_with_them(tmp_path: Path) -> None:
    message = an_email("Tides", "High water is at noon.")
    attach(message, "birds.txt", b"Birds fly.", "text/plain")
    other = an_email("Tides", "High water is at one.")
    attach(other, "dogs.txt", b"Dogs bark.", "text/plain")
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        kinds = [outcome.kind for _ in range(2) for outcome in add([saved(message, tmp_path)], collection)]
        (outcome,) = add([saved(other, tmp_path)], collection)

        assert kinds == [Kind.ADDED, Kind.UNCHANGED]
        assert (outcome.kind, outcome.reason) == (Kind.REPLACED, "with attachment “dogs.txt” of “Tides”")
        assert [document.text.split()[-1] for document in collection] == ["one.", "bark."]


@pytest.mark.parametrize("kind", ["message/rfc822", "multipart/mixed; boundary=x", "application/pdf", "text/csv"])
def test_a_part_that_is_cut_short_is_no_crash(kind: str, tmp_path: Path) -> None:
    headers = "Subject: Tides\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHigh water.\n"
    (tmp_path / "cut.eml").write_text(f"{headers}--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\nA")

    assert "High water." in read_all(tmp_path / "cut.eml")[0].text
