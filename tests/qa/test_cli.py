"""What a person, or a program, sees at the terminal."""

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import pytest

from bench.office_files import open_document
from index import Collection, Document, FolderCollection
from index.add import Kind, add, find
from index.testing import BagOfWords
from page.records import Records
from qa import ask
from qa.cli import main
from qa.share.feedback import rate
from tests.conftest import REPOSITORY, RunPython
from tests.index.formats.pdf_files import a_pdf, an_image

CASES = REPOSITORY / "tests" / "index" / "formats" / "cases"

COMMANDS = sorted(module.stem for module in (REPOSITORY / "qa" / "cli" / "commands").glob("[a-z]*.py"))

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


def test_ask_prints_the_answer_its_quote_in_context_and_where_it_stands(cited: Cited, the_article: Document) -> None:
    outcome = cited("ask", "who", "opened", "the", "conference?")

    answer = ask(OPENED)
    span = answer.citations[0].span
    context = answer.passages[0].passage.text.replace(answer.text, f"«{answer.text}»")
    place = f"article, line 9, characters {span.start} to {span.end}, confidence {answer.confidence:.0%}"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(answer.text)
    assert outcome.out.replace("│", "").split() == f"{answer.text} {context} {place}".split()
    assert the_article.text[span.start : span.end] == answer.text


def test_json_holds_the_same_for_programs_one_line_an_answer(cited: Cited) -> None:
    outcome = cited("ask", "--json", typed=f"{OPENED}\n\n  Where is Morocco?\r\n".encode())

    assert (outcome.code, outcome.err) == (0, "")
    assert [json.loads(line) for line in outcome.out.splitlines()] == [
        ask(OPENED).to_dict(),
        ask("Where is Morocco?").to_dict(),
    ]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("?!…".encode(), "no words"),
        (b"why?" * 25_000, "100,000 characters"),
        ("Qui a ouvert la conférence ?".encode("latin-1"), ""),
    ],
    ids=["punctuation", "too long", "not UTF-8"],
)
def test_a_bad_question_among_good_ones_is_complained_of_and_the_others_answered(
    cited: Cited, bad: bytes, complaint: str
) -> None:
    outcome = cited("ask", "--json", typed=b"\n".join([OPENED.encode(), bad, OPENED.encode()]))

    assert outcome.code == 1
    assert outcome.err.startswith("cited: The question ")
    assert complaint in outcome.err
    assert outcome.err.count("\n") == 1
    assert [json.loads(line)["question"] for line in outcome.out.splitlines()] == [OPENED, OPENED]


def test_a_conversation_is_plain_where_it_is_piped_and_its_questions_depend_on_each_other(cited: Cited) -> None:
    outcome = cited("chat", typed=f"{OPENED}\n?!\nwhat is his position?\n".encode())

    assert outcome.code == 1
    assert outcome.err == "cited: The question holds no words; type one that does.\n"
    assert outcome.out.startswith("Abdel Latif Hamouchi\n")
    assert "Understood as: what is Abdel Latif Hamouchi's position?" in outcome.out
    assert outcome.out.count("article, line") >= 2
    assert "\x1b" not in outcome.out


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_conversation_at_a_terminal_asks_for_questions_and_answers_in_colours_until_ctrl_d() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "qa", "chat"],
        cwd=REPOSITORY,
        env=os.environ | {"NO_COLOR": "", "TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as chat:
        os.close(theirs)
        shown = b""
        for prompts, typed in ((1, f"{OPENED}\n".encode()), (2, b"\x04")):
            while shown.count(b"\n? ") < prompts:
                shown += os.read(ours, 10_000)
            os.write(ours, typed)
        chat.wait(timeout=60)
    os.close(ours)
    assert chat.returncode == 0
    assert b"\x1b[1;32mAbdel Latif Hamouchi\x1b[0m" in shown


def test_an_empty_question_is_a_bad_one(cited: Cited) -> None:
    outcome = cited("ask", "")

    assert (outcome.code, outcome.out) == (1, "")
    assert "no words" in outcome.err


def test_files_are_added_listed_and_asked(cited: Cited, tmp_path: Path, moon: Path) -> None:
    folder = tmp_path / "collection"

    added = cited("add", moon, "--collection", folder)
    again = cited("add", moon, "--collection", folder)
    listed = cited("list", "--collection", folder)
    asked = cited("ask", "what did NASA celebrate?", "--collection", folder)

    assert (added.code, added.err) == (0, "")
    assert added.out == f"added      {moon}\n1 added, 0 replaced, 0 unchanged, 0 refused.\n"
    assert (again.code, again.err) == (0, "")
    assert again.out == f"unchanged  {moon}\n0 added, 0 replaced, 1 unchanged, 0 refused.\n"
    assert (listed.code, listed.out.count("\n")) == (0, 1)
    assert f"{len(moon.read_text(encoding='utf-8'))} characters  moon  ({moon})" in listed.out
    assert asked.code == 0
    assert asked.out.startswith("its landing on the Moon\n")
    assert "landing\n    │ on the Moon" in asked.out
    assert "moon, line 3, characters" in asked.out


def test_a_sound_collection_is_checked_and_rebuilt(cited: Cited, tmp_path: Path, moon: Path) -> None:
    folder = tmp_path / "collection"
    cited("add", moon, "--collection", folder)
    manifests = {index: (folder / index / "manifest").read_bytes() for index in ("dense", "lexical")}

    rebuilt = cited("rebuild", "--collection", folder)
    checked = cited("check", "--collection", folder)

    assert (rebuilt.code, rebuilt.err) == (0, "")
    assert (folder / "lexical" / "manifest").read_bytes() != manifests["lexical"]
    assert (checked.code, checked.err) == (0, "")
    assert checked.out == "Documents: 1. Passages: 1. Recall: 100.0%.\nNo problems found.\n"
    assert cited("check").code == 0  # the article's


def test_kept_files_are_read_again_and_quotes_that_moved_are_named(
    cited: Cited, tmp_path: Path, moon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder, data = tmp_path / "collection", moon.read_bytes()
    older = Document(
        data.decode().replace("landing\n", "landing ").replace("It was 1969", "It was in 1969"), "moon", str(moon)
    )  # as an older reader read it
    with FolderCollection(folder) as collection:
        collection.add(older, original=data)
        collection.add(Document("A text that was given.", "note"))
        rate(ask("what did NASA celebrate?", collection), useful=True)
        Records(folder / "conversations").append("chat", "1", ask("When was it?", collection))
    assert "Documents whose files were not kept: 1." in cited("check", "-c", folder).out

    first, again = (cited("rebuild", "--read", "-c", folder) for _ in range(2))

    lines = first.out.splitlines()
    assert (first.code, first.err, lines[-2:]) == (0, "", ["1 changed, 1 kept, 0 unchanged.", "Rebuilt."])
    assert lines[0].startswith(f"changed    {older.id[:12]} → ")
    assert "    sentences that moved: 1; that are gone: 2" in lines
    assert "    gone: “NASA celebrated its landing on the Moon.”" in lines
    assert "    gone, from an answer that you rated: “its landing on the Moon”" in lines
    assert "    moved, from a conversation that was kept: “1969”" in lines
    assert any(line.startswith("kept") and line.endswith("its file was not kept") for line in lines)
    assert "0 changed, 1 kept, 1 unchanged." in again.out


def test_reading_again_is_for_programs_too_and_needs_files(cited: Cited, tmp_path: Path, moon: Path) -> None:
    cited("add", moon, "-c", tmp_path / "collection")
    outcome = cited("rebuild", "--read", "--json", "-c", tmp_path / "collection")
    (said,) = map(json.loads, outcome.out.splitlines())
    assert (said["change"], said["old"] == said["new"], said["gone"], said["cited"]) == ("unchanged", True, [], [])
    assert "read-only" in cited("rebuild", "--read").err


def test_a_check_says_what_is_wrong_in_sentences(cited: Cited, tmp_path: Path, moon: Path) -> None:
    folder = tmp_path / "collection"
    cited("add", moon, "--collection", folder)
    with sqlite3.connect(folder / "collection.sqlite") as database:
        database.execute("UPDATE documents SET text = replace(text, 'Moon', 'Mars')")
    database.close()

    outcome = cited("check", "--collection", folder)

    counts, finding = outcome.out.splitlines()
    assert outcome.code == 1
    assert counts.startswith("Documents: 1. Passages: 1.")
    assert "'moon'" in finding
    assert finding.endswith("backup.")


def test_a_bad_file_among_good_ones_is_refused_and_the_others_added(cited: Cited, tmp_path: Path, moon: Path) -> None:
    empty, other = tmp_path / "empty.txt", tmp_path / "other.txt"
    empty.touch()
    other.write_text("Another text.")

    outcome = cited("add", moon, tmp_path / "missing.txt", empty, other, "--collection", tmp_path / "collection")

    assert (outcome.code, outcome.err) == (1, "")
    *rows, missing_refused, empty_refused, totals = outcome.out.splitlines()
    assert [row.split() for row in rows] == [["added", str(moon)], ["added", str(other)]]
    assert missing_refused.startswith(f"refused    {tmp_path / 'missing.txt'}: cannot be read")
    assert empty_refused.startswith(f"refused    {empty}: is empty")
    assert totals == "2 added, 0 replaced, 0 unchanged, 2 refused."


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


def test_a_folder_is_added_with_all_folders_in_it_each_file_once(cited: Cited, tmp_path: Path, folder: Path) -> None:
    outcome = cited("add", folder, "--collection", tmp_path / "collection")

    rows = [f"added      {folder / 'moon.txt'}", f"added      {folder / 'more' / 'page.HTM'}"]
    totals = "2 added, 0 replaced, 0 unchanged, 0 refused. Passed over: 1 others (.jpg)."
    assert (outcome.code, outcome.out.splitlines(), outcome.err) == (0, [*rows, totals], "")
    assert "page, section “Dogs”" in cited("ask", "do dogs bark?", "--collection", tmp_path / "collection").out


def test_a_file_that_has_changed_takes_the_place_of_what_it_was(cited: Cited, tmp_path: Path, folder: Path) -> None:
    collection = tmp_path / "collection"
    cited("add", folder, "--collection", collection)
    (folder / "moon.txt").write_text("The Moon is far.")
    outcome = cited("add", folder, "--collection", collection)

    assert outcome.code == 0
    assert f"replaced   {folder / 'moon.txt'}\n" in outcome.out
    assert "0 added, 1 replaced, 1 unchanged, 0 refused." in outcome.out
    with FolderCollection(collection) as kept:
        assert [document.text for document in kept.documents()] == ["Dogs\n\nDogs bark.", "The Moon is far."]
        assert {hit.passage.text for hit in kept.search("NASA the Moon")} == {"Dogs\n\nDogs bark.", "The Moon is far."}


def test_a_text_belongs_to_the_file_that_holds_it_now(cited: Cited, tmp_path: Path) -> None:
    collection, copy, original = tmp_path / "collection", tmp_path / "copy.txt", tmp_path / "original.txt"
    original.write_text("The sun shines.")
    copy.write_text("The sun shines.")
    cited("add", original, "--collection", collection)
    outcome = cited("add", copy, "--collection", collection)
    assert f"unchanged  {copy}: its text is that of {original}\n" in outcome.out

    for changed in ("The sun sets.", "The sun has set."):
        original.write_text(changed)
        cited("add", copy, original, "--collection", collection)
        with FolderCollection(collection) as kept:
            held = {document.source: document.text for document in kept.documents()}
        assert held == {str(copy): "The sun shines.", str(original): changed}


def test_a_folder_of_every_format_ends_in_a_table_of_what_became_of_each_file(cited: Cited, tmp_path: Path) -> None:
    (folder := tmp_path / "files").mkdir()
    image = {"resources": "/XObject << /I 100 0 R >>"}
    names = {
        "notes.txt": b"Notes on tides.",
        "list.md": b"# Tides",
        "page.html": b"<p>Words on tides.<img src=a alt=x><video></video>",
        "scan.pdf": a_pdf("q 500 0 0 700 40 40 cm /I Do Q", parts=[an_image()], more=image),
        "locked.odt": open_document("text", "", manifest="<encryption-data/>"),
        "photo.jpg": b"",
    }
    for name, data in names.items():
        (folder / name).write_bytes(data)
    for case in ("docx_numbers-lease.docx", "epub-mediatype.epub", "disclaimer-report.pdf", "mail-accounts.eml"):
        shutil.copy(CASES / case, folder)
    for case in ("mhtml-page.mhtml", "rules-garden.odt", "sailings.csv", "sheet-repairs.xlsx", "slides-survey.pptx"):
        shutil.copy(CASES / case, folder)
    outcome = cited("add", folder, "--collection", tmp_path / "collection")

    assert (outcome.code, outcome.err) == (1, "")
    assert [line.replace(f"{folder}/", "") for line in outcome.out.splitlines()] == [
        "added      disclaimer-report.pdf",
        "added      docx_numbers-lease.docx",
        "added      epub-mediatype.epub",
        "added      list.md",
        "added      mail-accounts.eml: with attachment “repairs.xlsx” of “Accounts of the Skarv” (not read: 1"
        " hidden row, 1 hidden column, 1 hidden sheet); with attachment “sailings.csv” of “Accounts of the Skarv”; not"
        " read: attachment “ferry.png” (is an image; have its text recognised (OCR) first)",
        "added      mhtml-page.mhtml",
        "added      notes.txt",
        "added      page.html: not read: 1 image, 1 video",
        "added      rules-garden.odt",
        "added      sailings.csv",
        "added      slides-survey.pptx: not read: 1 hidden slide",
        f"unchanged  sheet-repairs.xlsx: its text is that of {folder / 'mail-accounts.eml'}; not read: 1 hidden row,"
        " 1 hidden column, 1 hidden sheet".replace(f"{folder}/", ""),
        "refused    locked.odt: is protected by a password; save it without one.",
        "refused    scan.pdf: is a PDF without text, a scan perhaps; add it with --ocr, which has its text"
        " recognised by the program tesseract.",
        "11 added, 0 replaced, 1 unchanged, 2 refused. Passed over: 1 others (.jpg).",
    ]


def test_an_interrupted_add_goes_on_where_it_stopped(tmp_path: Path, folder: Path) -> None:
    encoder = BagOfWords()
    with FolderCollection(tmp_path / "collection", encoder) as collection:
        first = next(add(find([folder]).files, collection))
    with FolderCollection(tmp_path / "collection", encoder) as collection:
        then = [outcome.kind for outcome in add(find([folder]).files, collection)]

        assert (first.kind, then) == (Kind.ADDED, [Kind.UNCHANGED, Kind.ADDED])
        assert encoder.encoded == len(collection.documents()) == 2


@pytest.mark.parametrize("by", ["id", "source", "relative source"])
def test_a_document_is_removed_by_what_the_list_shows_of_it(
    cited: Cited, tmp_path: Path, folder: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = tmp_path / "collection"
    cited("add", folder, "--collection", collection)
    monkeypatch.chdir(folder)
    listed = cited("list", "--collection", collection).out.splitlines()[0]
    name = {"id": listed.split()[0], "source": folder / "moon.txt", "relative source": "moon.txt"}[by]

    outcome = cited("remove", name, "--collection", collection)
    again = cited("remove", name, "--collection", collection)

    assert (outcome.code, outcome.out) == (0, f"removed    {listed.split()[0]}  {folder / 'moon.txt'}\n")
    assert "moon" not in cited("list", "--collection", collection).out
    assert (again.code, again.out) == (1, "")
    assert again.err.startswith(f"cited: No document here has the id or the source '{name}'; ")


def test_documents_are_asked_alone_by_the_names_that_remove_takes_and_what_they_do_not_hold_is_said(
    cited: Cited, tmp_path: Path, moon: Path
) -> None:
    (birds := tmp_path / "birds.txt").write_text("Birds fly.", encoding="utf-8")
    collection = tmp_path / "collection"
    cited("add", moon, birds, "--collection", collection)
    question = ("ask", "what did NASA celebrate?", "--collection", collection)

    told = cited(*question, "--document", birds).out
    assert told.startswith("Not stated; the documents do not hold: NASA, celebrate.\n\nRelated, not an answer:\n")
    assert "│ Birds fly.\n" in told
    assert cited(*question, "--document", birds, "--document", moon).out == cited(*question).out
    assert cited(*question, "--document", "stars.txt").err.startswith("cited: No document here has the id")


def test_a_progress_bar_with_the_time_left_is_shown_at_a_terminal_and_only_there(
    cited: Cited, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    with os.fdopen(theirs, "w") as terminal, os.fdopen(ours, "rb", buffering=0) as screen:
        monkeypatch.setattr(sys, "stderr", terminal)
        at_a_terminal = cited("add", folder, "--collection", tmp_path / "first")
        terminal.flush()

        assert re.search(rb"\d+%.*\d:\d\d:\d\d", screen.read(100_000))
    monkeypatch.undo()
    elsewhere = cited("add", folder, "--collection", tmp_path / "second")

    assert (elsewhere.out, elsewhere.err) == (at_a_terminal.out, "")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system on which a file's name may be any bytes")
def test_a_file_whose_name_is_no_text_is_added(cited: Cited, tmp_path: Path, moon: Path) -> None:
    odd = moon.rename(moon.with_name(os.fsdecode(b"caf\xe9.txt")))

    outcome = cited("add", odd, "--collection", tmp_path / "collection")

    assert (outcome.code, outcome.err) == (0, "")
    assert "caf\\xe9.txt" in cited("list", "--collection", tmp_path / "collection").out


def test_an_option_goes_before_the_setting_and_without_both_the_article_is_asked(
    cited: Cited, tmp_path: Path, moon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    monkeypatch.setenv("CITED_COLLECTION", str(first))
    cited("add", moon)
    cited("add", other, "--collection", second)

    assert "moon" in cited("list").out
    assert "other" in cited("list", "--collection", second).out
    for nothing in (monkeypatch.delenv, lambda name: monkeypatch.setenv(name, "")):
        nothing("CITED_COLLECTION")
        assert "article" in cited("list").out


def test_the_article_is_read_only(cited: Cited, moon: Path) -> None:
    outcome = cited("add", moon)

    assert (outcome.code, outcome.out) == (1, "")
    assert "read-only" in outcome.err
    assert "--collection" in outcome.err
    assert cited("list").out.count("\n") == 1


@pytest.mark.parametrize("command", ["ask Who?", "list", "check", "rebuild"])
@pytest.mark.parametrize("existing", [True, False], ids=["an empty folder", "no folder"])
def test_where_there_is_no_collection_only_adding_makes_one(
    cited: Cited, tmp_path: Path, command: str, existing: bool
) -> None:
    folder = tmp_path / "folder"
    if existing:
        folder.mkdir()

    outcome = cited(*command.split(), "--collection", folder)

    assert (outcome.code, outcome.out) == (1, "")
    assert f"no collection at {folder}" in outcome.err
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"] * existing


@pytest.mark.slow
@pytest.mark.usefixtures("about_the_article")  # so that the process needs no model
def test_a_reader_that_stops_reading_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "qa", "list"], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()

        assert listing.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.usefixtures("about_the_article")
def test_a_full_disk_behind_the_output_is_one_sentence() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        listing = subprocess.run(
            [sys.executable, "-m", "qa", "list"],
            cwd=REPOSITORY,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert listing.returncode == 1
    assert listing.stderr == "cited: The output cannot be written (No space left on device).\n"


FORGED = "added      /etc/passwd\ncited: all is well"
STEERING = f"\x1b]52;c;Zm9v\x07\x9b31m\x85\u2028\u202e\r{FORGED}"
"""What puts text into the clipboard, colours, turns the direction round, and begins lines."""


def check_harmless(outcome: Outcome) -> None:
    """Nothing steers the terminal, and no line of a text or a name passes for one of the program's."""
    shown = outcome.out + outcome.err
    assert not set(shown) & set("\x1b\x07\x9b\x85\u2028\u202e\r")
    assert not any(line.startswith(("added      /etc", "cited: all")) for line in shown.split("\n"))


def test_no_text_and_no_name_steers_the_terminal_or_forges_a_line(cited: Cited, tmp_path: Path) -> None:
    folder = tmp_path / "collection"
    text = f"NASA was founded in 1958 in Washington. {STEERING} It is large."
    with FolderCollection(folder) as collection:
        collection.add(Document(text, f"title {STEERING}", f"source {STEERING}"))
    here = ("--collection", folder)

    listed, as_json = cited("list", *here), cited("list", "--json", *here)
    answers = [cited("ask", *options, "when was NASA founded?", *here) for options in ([], ["--json"], ["--quiet"])]
    removed = cited("remove", STEERING, *here)
    for outcome in (listed, as_json, *answers, removed):
        check_harmless(outcome)
    assert json.loads(as_json.out)["source"] == f"source {STEERING}"
    assert "\\x1b]52;c;Zm9v\\x07" in listed.out
    assert "1958" in answers[0].out
    assert "passages" in json.loads(answers[1].out)
    assert removed.code == 1


@pytest.mark.skipif(
    sys.platform == "win32", reason="needs a system on which a file's name may hold a control character"
)
def test_the_name_of_a_file_that_is_added_or_refused_is_shown_escaped(cited: Cited, tmp_path: Path) -> None:
    name = STEERING.replace("/", ":")
    for good in ("good", "empty"):
        (tmp_path / f"{good}{name}.txt").write_text("Birds fly." if good == "good" else "")
    added = cited("add", tmp_path, "--collection", tmp_path / "collection")
    check_harmless(added)
    assert added.out.count("\n") == 3
    assert added.out.count("\\x1b]52;c;Zm9v\\x07") == 2
    check_harmless(cited("add", tmp_path / f"missing{name}", "--collection", tmp_path / "collection"))


def test_options_say_as_much_as_is_asked_for(cited: Cited, tmp_path: Path, moon: Path) -> None:
    folder = tmp_path / "collection"

    assert cited("add", moon, "--quiet", "--collection", folder) == Outcome(0, "", "")
    (described,) = [json.loads(line) for line in cited("list", "--json", "--collection", folder).out.splitlines()]
    (document,) = FolderCollection(folder).documents()
    assert described == {
        "id": document.id,
        "title": "moon",
        "source": str(moon),
        "characters": len(document.text),
    }
    asked = cited("ask", "-q", "what did NASA celebrate?", "-c", folder)
    assert asked == Outcome(0, "its landing on the Moon\n", "")
    assert cited("check", "--quiet", "--collection", folder) == Outcome(0, "", "")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_each_command_says_what_it_does_and_gives_an_example(cited: Cited, command: str) -> None:
    outcome = cited(*command.split(), "--help")

    assert (outcome.code, outcome.err) == (0, "")
    assert "Usage: cited" in outcome.out
    assert ("Example: cited " if command else "Exit codes: 0 done") in outcome.out


def test_a_command_that_is_not_understood_has_a_code_of_its_own(cited: Cited) -> None:
    for arguments in ([], ["fly"], ["list", "--colour"], ["add"]):
        outcome = cited(*arguments)
        assert outcome.code == 2
        assert "Usage: cited" in outcome.out + outcome.err


def test_the_version_is_that_of_the_package(cited: Cited) -> None:
    assert cited("--version").out == f"cited {version('cited')}\n"


# The first thing that a new user does, with nothing in the cache, and no network.
OFFLINE = """
import os, sys

def stay_here(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0] if event.startswith("socket.get") else arguments[1]
        if isinstance(host, tuple):
            host = host[0]
        if host not in {"127.0.0.1", "::1", "localhost", None}:
            print(f"{event} {host!r}", file=sys.stderr, flush=True)
            os._exit(99)  # nothing can catch this

sys.addaudithook(stay_here)
from qa.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_new_user_asks_the_article_without_any_network(tmp_path: Path, python: RunPython) -> None:
    new = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "0"}
    new["PYTHONPATH"] = ""  # so that this guard, which nothing can catch, is the first to see an attempt

    done = python("-c", OFFLINE, "ask", typed=f"{OPENED}\n???\n", environment=new)

    assert done.stderr == "cited: The question holds no words; type one that does.\n"
    assert done.returncode == 1
    assert done.stdout.startswith("Abdel Latif Hamouchi\n")
    assert "article, line 9, characters" in done.stdout


def test_the_guard_against_the_network_can_fail(python: RunPython) -> None:
    code = OFFLINE.replace("from qa.cli import main", "import socket; socket.create_connection(('192.0.2.1', 80))")

    assert python("-c", code, environment={"PYTHONPATH": ""}).returncode == 99
