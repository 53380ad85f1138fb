"""Collections are checked and rebuilt at the terminal."""

import json
import sqlite3
from pathlib import Path

import pytest

from index import Document, FolderCollection
from page.records import Records
from qa import ask
from qa.share.feedback import rate
from tests.qa.cli.conftest import Cited


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
