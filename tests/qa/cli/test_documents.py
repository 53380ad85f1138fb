"""Documents are added, listed and removed at the terminal."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from bench.office_files import open_document
from index import FolderCollection
from index.add import Change, add, find
from index.testing import BagOfWords
from tests.conftest import REPOSITORY
from tests.index.formats.pdf_files import a_pdf, an_image
from tests.index.formats.scanned import WORDS, scan
from tests.qa.cli.conftest import Cited

CASES = REPOSITORY / "tests" / "index" / "formats" / "cases"


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
        "added      mail-accounts.eml: with attachment “repairs.xlsx” of “Accounts of the Skarv” (not read: 1 hidden"
        " row, 1 hidden column, 1 hidden sheet); with attachment “sailings.csv” of “Accounts of the Skarv”; not read:"
        " attachment “ferry.png” (is an image; add it with --ocr, so that the program tesseract recognises its text)",
        "added      mhtml-page.mhtml",
        "added      notes.txt",
        "added      page.html: not read: 1 image, 1 video",
        "added      rules-garden.odt",
        "added      sailings.csv",
        "added      slides-survey.pptx: not read: 1 hidden slide",
        f"unchanged  sheet-repairs.xlsx: its text is that of {folder / 'mail-accounts.eml'}; not read: 1 hidden row,"
        " 1 hidden column, 1 hidden sheet".replace(f"{folder}/", ""),
        "refused    locked.odt: is protected by a password; save it without one",
        "refused    scan.pdf: is a PDF without text, a scan perhaps; add it with --ocr, so that the"
        " program tesseract recognises its text",
        "11 added, 0 replaced, 1 unchanged, 2 refused. Passed over: 1 others (.jpg).",
    ]


def test_the_way_to_read_scans_is_told_once_below_the_table(cited: Cited, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).write_bytes(scan(WORDS, before=f"Minutes of {name}."))
    outcome = cited("add", tmp_path / "one.pdf", tmp_path / "two.pdf", "--collection", tmp_path / "collection")

    assert outcome.code == 0
    assert outcome.out.endswith(
        "two.pdf: not read: 1 scanned page without text\n2 added, 0 replaced, 0 unchanged, 0 refused.\n"
        "Scans were not read; add their files with --ocr.\n"
    )


def test_an_interrupted_add_goes_on_where_it_stopped(tmp_path: Path, folder: Path) -> None:
    encoder = BagOfWords()
    with FolderCollection(tmp_path / "collection", encoder) as collection:
        first = next(add(find([folder]).files, collection))
    with FolderCollection(tmp_path / "collection", encoder) as collection:
        then = [outcome.change for outcome in add(find([folder]).files, collection)]

        assert (first.change, then) == (Change.ADDED, [Change.UNCHANGED, Change.ADDED])
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


def test_a_document_is_renamed_and_its_answers_name_it_so(cited: Cited, tmp_path: Path, folder: Path) -> None:
    here = ("--collection", tmp_path / "collection")
    cited("add", folder, *here)

    outcome = cited("rename", folder / "moon.txt", "  The Moon, 1969 ", *here)
    refused = cited("rename", folder / "moon.txt", "?", *here)

    assert (outcome.code, outcome.out.rpartition("  ")[2]) == (0, "The Moon, 1969\n")
    assert f"The Moon, 1969  ({folder / 'moon.txt'})" in cited("list", *here).out
    assert (refused.code, refused.err) == (1, "cited: The title '?' holds no words; give one that does.\n")
    assert cited("rename", "nowhere.txt", "Moon", *here).err.startswith("cited: No document here has the id")


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
