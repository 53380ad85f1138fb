"""An e-mail is read with what is attached to it, each as a document of its own that says where it comes from."""

import binascii
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from bench.hostile_files import pdf_of_nested_forms
from index import FolderCollection, Place, Role, UnreadableFile, read, read_all
from index.add import Change, add
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
        "attachment “photo.png” (is an image; add it with --ocr, so that the program tesseract recognises its text)",
        "attachment “none.txt” (is empty; add a file that has text)",
        "attachment “dots.txt” (holds no words)",
    )
    assert read(tmp_path / "mail.eml").unread == ("3 attachments",)


def test_an_attachment_that_does_harm_takes_nothing_else_with_it(tmp_path: Path) -> None:
    message = an_email("Bomb")
    for name in ("a.pdf", "b.pdf"):
        attach(message, name, pdf_of_nested_forms())
    sandbox = Sandbox(Limits(memory=8_000_000_000, seconds=3))
    sandbox.read(CASES / "lists-staff.txt")  # starts the process, which takes longest on a busy machine
    begun = time.monotonic()
    (mail,) = sandbox.read_file(saved(message, tmp_path)).documents

    first, rest = mail.unread
    assert first.startswith(("attachment “a.pdf” (takes longer than 3 s", "attachment “a.pdf” (needs more than 1 GB"))
    assert rest == "1 more attachment (for lack of time)"
    assert time.monotonic() - begun < 25


def test_an_email_is_added_with_its_attachments_and_replaced_with_them(tmp_path: Path) -> None:
    message = an_email("Tides", "High water is at noon.")
    attach(message, "birds.txt", b"Birds fly.", "text/plain")
    other = an_email("Tides", "High water is at one.")
    attach(other, "dogs.txt", b"Dogs bark.", "text/plain")
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        changes = [outcome.change for _ in range(2) for outcome in add([saved(message, tmp_path)], collection)]
        (outcome,) = add([saved(other, tmp_path)], collection)

        assert changes == [Change.ADDED, Change.UNCHANGED]
        assert (outcome.change, outcome.reason) == (Change.REPLACED, "with attachment “dogs.txt” of “Tides”")
        assert [document.text.split()[-1] for document in collection] == ["one.", "bark."]


@pytest.mark.parametrize("kind", ["message/rfc822", "multipart/mixed; boundary=x", "application/pdf", "text/csv"])
def test_a_part_that_is_cut_short_is_no_crash(kind: str, tmp_path: Path) -> None:
    headers = "Subject: Tides\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHigh water.\n"
    (tmp_path / "cut.eml").write_text(f"{headers}--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\nA")

    assert "High water." in read_all(tmp_path / "cut.eml")[0].text


def written(folder: Path, *headers: str, body: bytes | str, encoding: str = "utf-8") -> Path:
    lines = "\n".join(["From: Åse Øye <a@b.example>", *headers, "MIME-Version: 1.0"]).encode(encoding)
    (folder / "mail.eml").write_bytes(lines + b"\n\n" + (body.encode(encoding) if isinstance(body, str) else body))
    return folder / "mail.eml"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_headers_whose_bytes_are_not_encoded_are_read(encoding: str, tmp_path: Path) -> None:
    found = read(written(tmp_path, "Subject: Møte om havna", body="Words.", encoding=encoding))

    assert (found.title, found.text.splitlines()[1]) == ("Møte om havna", "From: Åse Øye <a@b.example>")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii"])
def test_text_declared_as_western_is_what_its_bytes_say(encoding: str, declared: str, tmp_path: Path) -> None:
    words = "The café costs €55 – “net”."
    kind = f"Content-Type: text/plain; charset={declared}"
    found = read(written(tmp_path, kind, "Content-Transfer-Encoding: 8bit", body=words.encode(encoding)))

    assert found.text.endswith(words)


def test_the_line_before_an_email_in_a_mailbox_is_no_text_and_several_emails_are_refused(tmp_path: Path) -> None:
    mail = written(tmp_path, "Content-Transfer-Encoding: quoted-printable", body="The fee is =E2=82=AC55.\n")
    envelope = b"From ada@b.example Mon May  3 08:00:00 2021\n"
    one = tmp_path / "one.txt"
    one.write_bytes(envelope + mail.read_bytes())
    (tmp_path / "two.mbox").write_bytes(2 * (one.read_bytes() + b"\n"))

    assert read(one).text.endswith("\n\nThe fee is €55.")
    with pytest.raises(UnreadableFile, match=r"is a mailbox of several e-mails; save each of them as \.eml"):
        read(tmp_path / "two.mbox")


def test_a_file_written_into_the_text_is_an_attachment(tmp_path: Path) -> None:
    lines = binascii.b2a_uu(b"The toll is 12.").decode()
    mail = written(tmp_path, body=f"The fee is 55.\n\nbegin 644 toll.txt\n{lines}`\nend\n")
    texts = [document.text for document in read_all(mail)]

    assert texts[0].endswith("The fee is 55.")
    assert texts[1:] == ["The toll is 12."]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("plain", "No, 55.\n\nOn 1 May 2021, Per wrote:\n> I think it is 40.\n> Per\n"),
        ("plain", "No, 55.\n\n-----Original Message-----\nFrom: Per\n\nI think it is 40.\n"),
        ("plain", "No, 55.\n\nOn 1 May 2021, Per wrote:\n> I think it is 40.\nWe agree on that.\n"),
        (
            "html",
            "<p>No, 55.<hr><b>From:</b> Per<br><b>Sent:</b> 1 May<br><b>To:</b> Ada<br><b>Subject:</b> Fee<p>"
            "I think it is 40.",
        ),
        ("html", "<p>No, 55.</p><div class=gmail_quote>Per wrote:<blockquote>I think it is 40.</blockquote></div>"),
        ("html", "<p>No, 55, as far as I know.</p><blockquote type=cite><p>I think it is 40.</p></blockquote>"),
    ],
)
def test_a_message_that_is_quoted_in_an_answer_is_set_apart(kind: str, body: str, tmp_path: Path) -> None:
    found = read(written(tmp_path, f"Content-Type: text/{kind}; charset=utf-8", body=body))
    roles = [found.block(found.text.index(words)).role for words in ("No, 55", "I think it is 40.")]

    assert roles == [Role.TEXT, Role.QUOTED]


@pytest.mark.parametrize("deletes", [False, True])
def test_the_lines_of_a_flowed_text_are_whole_paragraphs(deletes: bool, tmp_path: Path) -> None:
    header = "Content-Type: text/plain; charset=utf-8; format=flowed" + "; delsp=yes" * deletes
    space = "  " if deletes else " "
    body = f"The fee{space}\nis 55.\nPay it.\n> It was{space}\n> 40.\n From now on.\n-- \nAda\n"
    found = read(written(tmp_path, header, body=body))

    assert found.text.endswith("The fee is 55.\nPay it.\n> It was 40.\nFrom now on.\n-- \nAda")
    assert found.block(found.text.index("It was")).role == Role.QUOTED
    assert found.block(found.text.index("From now")).role == Role.TEXT
