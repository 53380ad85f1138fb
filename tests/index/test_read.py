"""Files become documents, and what is no text becomes one clear sentence."""

import gzip
import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from index import CitedError, Document, EmptyDocument, Place, Span, SpanOutsideText, UnreadableFile, read

ONE_SENTENCE = r"\A.+\.\Z"
FRENCH = "Le président a ouvert la conférence à Genève.\r\nOù étiez-vous ?\rÀ l'école.\n\n\tFin, déjà…\n"


def a_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("hello.txt", "Hello")
    return data.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("…", "."), "latin-1"),
        ("It\u2019s the director\u2019s “great” day — he said.\r\n", "cp1252"),
        ("Конференцию открыл директор. Она прошла в Танжере в среду утром.\n", "cp1251"),
        ("会議は水曜日にタンジールで開かれた。警察の代表が出席した。\n", "shift_jis"),
    ],
    ids=[
        "UTF-8",
        "UTF-8 with a mark",
        "UTF-16",
        "UTF-16 that does not say so",
        "UTF-32",
        "French",
        "French in Latin-1",
        "English",
        "Russian",
        "Japanese",
    ],
)
def test_a_text_file_is_read_exactly_but_for_its_line_ends(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "Une école.txt"
    file.write_bytes(text.encode(encoding))

    document = read(file)

    assert document.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert document.title == "Une école"
    assert document.source == str(file)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \r\n\t\xef\xbb\xbf\n", "no words", id="blank"),
        pytest.param(b"* * *\n---\n", "no words", id="only punctuation"),
        pytest.param(FRENCH.encode() + FRENCH.encode("cp1252"), "partly in UTF-8", id="mixed encodings"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "an old Office file", id="DOC"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_001A".encode("utf-16-le"), "save it as .eml", id="MSG"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx", id="Word 97"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "without a password",
            id="locked",
        ),
        pytest.param(rb"{\rtf1 Hello}", "an RTF file", id="RTF"),
        pytest.param(a_zip(), "a ZIP archive", id="ZIP"),
        pytest.param(gzip.compress(b"Hello " * 100, mtime=0), "not text", id="gzip"),
        pytest.param(b"Hello\0world", "not text", id="binary"),
        pytest.param(bytes(range(256)) * 20, "not text", id="every byte"),
        pytest.param(b"\xff\xfeH\0e", "not text", id="half a UTF-16 character"),
    ],
)
def test_a_file_that_holds_no_text_is_refused_in_one_sentence(tmp_path: Path, content: bytes, complaint: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(content)

    with pytest.raises((UnreadableFile, EmptyDocument), match=ONE_SENTENCE) as refusal:
        read(file)

    assert complaint in str(refusal.value)
    assert "bad" in str(refusal.value)


@pytest.mark.parametrize("name", ["missing.txt", ".", "missing/file.txt", "nul\0.txt", "long" * 100])
def test_a_path_at_which_no_file_is_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match=ONE_SENTENCE):
        read(tmp_path / name)


def test_a_long_text_that_is_ascii_at_first_is_read_in_the_encoding_of_the_rest(tmp_path: Path) -> None:
    text = "A plain line.\n" * 30_000 + FRENCH.replace("\r", "")
    file = tmp_path / "late.txt"
    file.write_bytes(text.encode("cp1252"))

    assert read(file).text == text


@pytest.mark.slow
def test_a_text_of_100_megabytes_is_read_whole(tmp_path: Path) -> None:
    line = "Le président a ouvert la conférence à Genève.\r\n"
    lines = 100_000_000 // len(line.encode())
    (tmp_path / "long.txt").write_bytes(line.encode() * lines)
    document = read(tmp_path / "long.txt")

    assert len(document.text) == lines * (len(line) - 1)
    assert document.place(len(document.text) - 2) == f"line {lines}"


def test_a_file_larger_than_may_be_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as huge:
        huge.truncate(1_000_000_000_000)

    with pytest.raises(UnreadableFile, match=r"larger than 250,000,000 bytes.*\.\Z"):
        read(file)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "log.txt"
    file.write_bytes(b"It goes on.\n" * 2_000_000)
    done = Event()

    def write_on() -> None:
        with file.open("ab", buffering=0) as log:
            while not done.is_set():
                log.write(b"And on.\n")

    with ThreadPoolExecutor() as threads:
        threads.submit(write_on)
        try:
            with pytest.raises(UnreadableFile, match=r"changed while it was read.*\.\Z"):
                read(file)
        finally:
            done.set()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("Hello")
    file.chmod(0)

    with pytest.raises(UnreadableFile, match=r"Permission denied.*\.\Z"):
        read(file)


def test_documents_are_the_same_when_their_texts_are() -> None:
    assert Document("One text.", "a title") == Document("One text.", "another", "elsewhere")
    assert Document("One text.", "a title") != Document("One text. ", "a title")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_a_span_runs_forward_from_zero_or_later(start: int, end: int) -> None:
    with pytest.raises(SpanOutsideText, match=ONE_SENTENCE):
        Span(start, end)


def test_what_a_document_quotes_lies_inside_its_text() -> None:
    document = Document("One\n\ntwo 👩‍👩‍👧.", "numbers")

    assert document.quote(Span(5, 14)) == "two 👩‍👩‍👧"
    assert [document.line(offset) for offset in (0, 3, 4, 5)] == [1, 1, 2, 3]
    with pytest.raises(SpanOutsideText, match=ONE_SENTENCE):
        document.quote(Span(5, 16))


def test_a_place_reaches_from_where_it_begins_to_the_next() -> None:
    document = Document("One\ntwo\nthree", "numbers", places=(Place(4, "page 1"), Place(8, "page 2")))

    assert [document.place(offset) for offset in (0, 3, 4, 7, 8, 12)] == [
        "line 1",
        "line 1",
        "page 1",
        "page 1",
        "page 2",
        "page 2",
    ]


@pytest.mark.parametrize("starts", [(-1,), (3, 3), (4, 2), (13,)])
def test_places_begin_one_behind_the_other_inside_the_text(starts: tuple[int, ...]) -> None:
    with pytest.raises(SpanOutsideText, match=ONE_SENTENCE):
        Document("One\ntwo\nthree", "numbers", places=tuple(Place(start, "a page") for start in starts))


@pytest.mark.parametrize("error", [EmptyDocument, SpanOutsideText, UnreadableFile])
def test_every_error_on_purpose_can_be_caught_as_one(error: type[Exception]) -> None:
    assert issubclass(error, CitedError)
