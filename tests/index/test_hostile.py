"""Files made to do harm end as documents that hold what a person sees of them, or in one sentence, and soon."""

import re
import time
from pathlib import Path

import pytest

from bench.hostile_files import FILES, SECRET, shows
from index import CitedError, TooDemanding, read
from index.testing import ONE_SENTENCE

READ = (
    "tables-in-tables.docx hidden.docx marks.docx dots.docx cut.docx nested-links.epub hidden.epub marks.epub"
    " long-tag.epub repeated-chapter.epub hidden.html attributes.html styles.html at-rules.html signs.html"
    " comments.html json.html long-tag.xhtml quotes.txt marks.txt fences.md signs.md hidden.pdf own-pages.pdf parts.eml"
    " entities.xlsx last-row.xlsx merged.xlsx hidden.xlsx format.xlsx formula.xlsx cut.xlsx laughs.pptx hidden.pptx"
    " groups.pptx formula.csv columns.csv laughs.odt hidden.odt nested.odt tables-in-tables.odt spaces.odt repeated.ods"
    " encrypted.odt"
).split()
"""Those that take a second or less; `python -m bench.hostile` adds all."""


@pytest.mark.parametrize("name", READ)
def test_a_hostile_file_is_soon_what_a_person_sees_of_it_or_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    begun = time.monotonic()
    try:
        text, refusal = read(file).text, None
    except CitedError as error:
        text, refusal = "", error

    assert not isinstance(refusal, TooDemanding)
    assert re.match(ONE_SENTENCE, str(refusal)) if refusal else shows(name, text)
    assert time.monotonic() - begun < 25


@pytest.mark.parametrize("name", ["entities.docx", "laughs.docx", "doctype.docx", "entities.epub", "laughs.epub"])
def test_xml_that_declares_entities_is_refused_before_it_is_parsed(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    with pytest.raises(CitedError, match=ONE_SENTENCE) as refusal:
        read(file)

    assert "holds a declaration that no such file needs" in str(refusal.value)


def test_a_text_that_lacks_what_a_person_sees_or_holds_what_nobody_sees_is_told_from_a_true_one() -> None:
    assert shows("hidden.pdf", "Some text.\n")
    assert shows("fences.md", "# Some text\n\n```\n")
    assert not shows("hidden.pdf", f"Some text. {SECRET}")
    assert not shows("nested-forms.pdf", f"Some text. {SECRET}")
    assert not shows("nested-forms.pdf", "Other text.")
    assert not shows("states.pdf", "Some text.")


def test_there_are_at_least_40_hostile_files_of_every_format() -> None:
    assert len(FILES) >= 40
    assert {name.rpartition(".")[2] for name in FILES} >= {
        "pdf",
        "docx",
        "epub",
        "html",
        "txt",
        "md",
        "eml",
        "xlsx",
        "pptx",
        "csv",
        "odt",
        "ods",
    }
