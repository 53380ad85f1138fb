"""Comments in the margin are read with their authors, set apart from the text, and cited where they are attached."""

from pathlib import Path

import docx

from index import Document, Role, Span, read
from qa import Citation
from tests.index.formats.pdf_files import a_pdf, text


def cited(document: Document, words: str) -> str:
    start = document.text.index(words)
    return Citation(document, Span(start, start + len(words))).place


def comments(document: Document) -> list[str]:
    lines = document.text.split("\n")
    return [line for line in lines if line and document.block(document.text.index(line)).role == Role.COMMENT]


def test_comments_of_a_word_file_are_read_with_their_authors(tmp_path: Path) -> None:
    file = docx.Document()
    for heading, words in (("Tenders", "The price is £7 million."), ("Dates", "Work begins in May.")):
        file.add_heading(heading)
        runs = file.add_paragraph(words).runs
        file.add_comment(runs, text=f"Who said {words[-4:-1]}?", author="Ada Lind")
    file.save(tmp_path / "a.docx")
    document = read(tmp_path / "a.docx")

    assert comments(document) == ["Ada Lind: Who said ion?", "Ada Lind: Who said May?"]
    assert cited(document, "ion?") == "section “Tenders”, from a comment"
    assert document.unread == ()


def test_a_word_file_whose_comments_and_page_footers_are_empty_is_read(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("First.")
    assert not list(file.comments)  # makes the part that holds them
    file.sections[0].footer.is_linked_to_previous = False
    file.save(tmp_path / "a.docx")

    assert read(tmp_path / "a.docx").text == "First."


def test_without_headings_a_word_file_and_its_comments_are_cited_by_their_paragraph(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("First.")
    file.add_comment(file.add_paragraph("Second.").runs, text="Really?", author="")
    file.sections[0].footer.paragraphs[0].text = "Plan 7"
    file.save(tmp_path / "a.docx")
    document = read(tmp_path / "a.docx")

    assert cited(document, "Second") == "paragraph 2"
    assert cited(document, "Really?") == "paragraph 2, from a comment"
    assert cited(document, "Plan 7") == "all pages, from the page footer"


def test_comments_of_a_pdf_are_read_with_their_authors_and_hidden_ones_are_not(tmp_path: Path) -> None:
    note = "<< /Type /Annot /Subtype /{} /Rect [72 690 120 720] /QuadPoints [72 720 120 720 72 690 120 690] {} >>"
    annotations = [
        note.format("Text", "/T (Ada Lind) /Contents (Too high?)"),
        note.format("Highlight", "/Contents (Check this.)"),
        note.format("Text", "/F 2 /Contents (Hidden words.)"),
        note.format("Text", "/State (Accepted) /Contents (Accepted set by Ada)"),
        note.format("Popup", "/Contents (Too high?)"),
    ]
    pages = (text(72, 700, "The price is 7 million."), text(72, 700, "Second page."))
    (tmp_path / "a.pdf").write_bytes(a_pdf(*pages, annotations=annotations))
    document = read(tmp_path / "a.pdf")

    assert comments(document) == ["Ada Lind: Too high?", "Check this."]
    assert cited(document, "Check this.") == "page 1, from a comment"
