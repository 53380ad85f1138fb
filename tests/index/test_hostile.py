"""Files made to do harm end as documents whose quotes are true, or in one sentence, and soon."""

import re
import time
from pathlib import Path

import pytest

from bench.hostile_files import FILES
from index import CitedError, TooDemanding, read, split
from index.testing import ONE_SENTENCE

READ = (
    "doctype.docx tables-in-tables.docx marks.docx dots.docx cut.docx nested-links.epub marks.epub long-tag.epub"
    " repeated-chapter.epub attributes.html styles.html at-rules.html signs.html comments.html json.html long-tag.xhtml"
    " quotes.txt marks.txt own-pages.pdf parts.eml"
).split()


@pytest.mark.parametrize("name", READ)
def test_a_hostile_file_is_soon_a_document_or_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    begun = time.monotonic()
    try:
        document, refusal = read(file), None
    except CitedError as error:
        document, refusal = None, error

    assert not isinstance(refusal, TooDemanding)
    assert refusal is None or re.match(ONE_SENTENCE, str(refusal))
    assert document is None or all(passage.text in document.text for passage in split(document))
    assert time.monotonic() - begun < 25


@pytest.mark.parametrize("name", ["entities.docx", "laughs.docx", "doctype.docx", "entities.epub", "laughs.epub"])
def test_xml_that_declares_entities_is_refused_before_it_is_parsed(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    with pytest.raises(CitedError, match=ONE_SENTENCE) as refusal:
        read(file)

    assert "declares what such a file has no need of" in str(refusal.value)


def test_there_are_at_least_40_hostile_files_of_every_format() -> None:
    assert len(FILES) >= 40
    assert {name.rpartition(".")[2] for name in FILES} >= {"pdf", "docx", "epub", "html", "txt", "md", "eml"}
