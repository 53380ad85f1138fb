"""Every format becomes a text of true quotes whose places are known, and what cannot be read becomes one sentence."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Span, read, split
from index.formats.markdown import read_markdown
from index.formats.normal import normalised
from qa import Citation
from tests.index.formats.made import (
    SECTIONS,
    WORD,
    WRITERS,
    a_pdf_with_every_letter,
    paragraph,
    read_or_refused,
    run,
    some_sections,
    zipped,
)


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_places_of_ten_quotes_in_each_format_are_right(tmp_path: Path, suffix: str) -> None:
    sections = some_sections()
    WRITERS[suffix](tmp_path / f"file.{suffix}", sections)
    document = read(tmp_path / f"file.{suffix}")
    line, found, expected = 0, [], []
    for number, (heading, paragraphs) in enumerate(sections, start=1):
        quote = random.Random(number).choice(paragraphs)
        match = re.search(r"\s+".join(map(re.escape, quote.split())), document.text)
        assert match, quote
        found.append(Citation(document, Span(*match.span())).place)
        row = line + 1 + paragraphs.index(quote)
        by_format = {
            "txt": f"line {row}",
            "pdf": f"page {number}",
            "xlsx": f"sheet “Costs”, cell B{row}",
            "csv": f"cell B{row}",
            "pptx": f"slide {number}",
        }
        expected.append(by_format.get(suffix, f"section “{heading}”"))
        line += len(paragraphs)

    assert found == expected
    assert len(found) == SECTIONS


@pytest.mark.parametrize(
    ("written", "headings"),
    [
        ("# One\ntext\n## Two ##\n#no heading\n#\n", ["One", "Two"]),
        ("One\n===\n\nTwo\n---\n\n- item\n---\n\n> quote\n---\n\n    code\n---\n", ["One", "Two"]),
        ("```\n# no\n``\n````\n# One\n~~~ text\n# no\n```\n~~~\n# Two\n", ["One", "Two"]),
        ("---\ntitle: no\n---\n# One\n", ["One"]),
        ("text\n\n---\n\ntext\n", []),
        ("# One\n---\n---\n* * *\n---\n___\n---\n**Two**\n---\n", ["One", "Two"]),
    ],
    ids=["signs", "underlines", "fences", "front matter", "rule", "rules"],
)
def test_markdown_is_kept_as_it_is_and_its_headings_begin_sections(written: str, headings: list[str]) -> None:
    content = read_markdown(written)

    assert content.text == written
    assert [place.label for place in content.places] == [f"section “{heading}”" for heading in headings]


COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_markdown_is_read_without_what_is_struck_or_commented_out() -> None:
    written = "Sail at ~~8~~ 9.<!-- no --> <del>Never.</del> Press `~~x~~`.\n<!--\nnot\n-->\n~~~\n~~y~~\n~~~\n"
    content = read_markdown(written)
    assert content.text.split() == "Sail at 9. Press `~~x~~`. ~~~ ~~y~~ ~~~".split()


def test_markdown_states_its_title_author_and_date() -> None:
    content = read_markdown("---\ntitle: 'Sea plan'\nauthor: Ann Lee\ndate: 2024-03-01\n---\n# Boats\n\nThey sail.\n")
    assert {fact.name: fact.value for fact in content.facts} == {
        "title": "Sea plan",
        "author": "Ann Lee",
        "date": "2024-03-01",
    }
    assert [fact.value for fact in read_markdown("# Boats\n\nThey sail.\n").facts] == ["Boats"]


def test_a_word_file_is_read_as_if_its_changes_were_accepted(tmp_path: Path) -> None:
    own_style = '<w:style w:styleId="Own"><w:name w:val="My own"/><w:basedOn w:val="U1"/></w:style>'
    styles = f'<w:styles {WORD}><w:style w:styleId="U1"><w:name w:val="heading 1"/></w:style>{own_style}</w:styles>'
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("a", "b"))
    box = f"<mc:AlternateContent>{run('once')}<mc:Fallback>{run('twice')}</mc:Fallback></mc:AlternateContent>"
    tab = "<w:r><w:tab/></w:r>"
    body = [
        paragraph("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", f"<w:ins>{run('new')}</w:ins>", run(" text")),
        paragraph("<w:pPr><w:pStyle w:val='Own'/></w:pPr>", run("Re"), run("sults")),
        f"<w:sdt><w:sdtContent>{paragraph(box)}</w:sdtContent></w:sdt>",
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>",
        paragraph("<w:pPr><w:tabs><w:tab/></w:tabs><w:outlineLvl w:val='1'/></w:pPr>", run("x"), tab, run("y")),
    ]
    notes = f"<w:footnotes {WORD}><w:footnote>{paragraph(run('A note.'))}</w:footnote></w:footnotes>"
    file = zipped(
        tmp_path / "file.docx",
        {
            "word/document.xml": f"<w:document {WORD} {COMPATIBILITY}><w:body>{''.join(body)}</w:body></w:document>",
            "word/styles.xml": styles,
            "word/footnotes.xml": notes,
        },
    )
    document = read(file)

    assert document.text == "new text\n\nResults\n\nonce\n\na\tb\na\tb\n\nx\ty\n\nA note."
    assert [place.label for place in document.places] == ["the beginning", "section “Results”", "section “x y”"]


def test_words_broken_at_the_end_of_a_line_of_a_pdf_are_whole_again(tmp_path: Path) -> None:
    pdf = a_pdf_with_every_letter()
    pdf.multi_cell(
        0,
        text="The confer-\nence of well-\nknown people, Anne-\nMarie: \ufb01rst,\ne\u0301te\u0301. A well-known man.",
    )
    pdf.output(str(tmp_path / "file.pdf"))

    text = "The conference of well-known people, Anne-Marie: first, été. A well-known man."
    assert read(tmp_path / "file.pdf").text == text


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.text().filter(lambda text: any(map(str.isalnum, text))), st.sampled_from(["txt", "md", "html"]))
def test_any_text_ends_in_passages_that_cover_it_or_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    file.write_bytes(text.encode())
    document = read_or_refused(file)
    if document is None:
        return
    passages = split(document)
    covered = {offset for passage in passages for offset in range(passage.span.start, passage.span.end)}

    assert all(passage.text == document.text[passage.span.start : passage.span.end] for passage in passages)
    assert all(offset in covered or character.isspace() for offset, character in enumerate(document.text))
    assert all(Citation(document, passage.span).place for passage in passages)
