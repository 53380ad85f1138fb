"""A check finds what is damaged in a collection, and a rebuild mends what can be mended."""

import re
import sqlite3
from pathlib import Path

import pytest

from index import Document, FolderCollection, Report, split
from index.testing import ONE_SENTENCE, BagOfWords, answers, check_whole, made, numbered


def test_a_sound_collection_passes_its_check(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert collection.check() == Report(documents=0, passages=0, findings=(), kept=0)
        collection.add(numbered(1), numbered(2), Document("  Spaces. \n\n Around.\n", "spaces"))
        collection.remove(numbered(1).id)

        assert collection.check() == Report(2, len(split(numbered(2))) + 1, (), kept=0)


def test_a_check_finds_a_document_of_which_a_part_is_missing(tmp_path: Path) -> None:
    with sqlite3.connect(made(tmp_path)) as database:
        database.execute("DELETE FROM passages WHERE number = 2")
    database.close()

    with FolderCollection(tmp_path, BagOfWords()) as collection:
        assert any("'Document 1' is in no passage" in finding for finding in collection.check().findings)


@pytest.mark.parametrize("index", ["dense", "lexical"])
def test_a_check_finds_an_index_of_other_passages_and_a_rebuild_mends_it(tmp_path: Path, index: str) -> None:
    with sqlite3.connect(made(tmp_path)) as database:
        database.execute("DELETE FROM passages WHERE number = 2")
    database.close()

    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as collection:
        before = [finding for finding in collection.check().findings if f"{index} index" in finding]
        collection.rebuild()
        after = [finding for finding in collection.check().findings if f"{index} index" in finding]

    assert len(before) == 1
    assert re.match(ONE_SENTENCE, before[0])
    assert after == []
    assert encoder.encoded == 0


def test_a_rebuild_changes_no_answer_and_is_seen_by_others(tmp_path: Path) -> None:
    encoder = BagOfWords()
    with FolderCollection(tmp_path, encoder) as mine, FolderCollection(tmp_path, encoder) as yours:
        mine.add(*map(numbered, range(3)))
        before, encoded = answers(yours), encoder.encoded
        mine.rebuild()

        assert answers(mine) == answers(yours) == before
        yours.add(numbered(3))
        check_whole(mine)
        assert encoder.encoded == encoded + len(split(numbered(3)))
