"""Who wrote a document, when, and what it is called is answered from its byline, dateline and heading, cited."""

from datetime import date
from pathlib import Path

import pytest

from index import Document, Fact, FolderCollection, Span, read
from index.testing import BagOfWords
from index.text.bylines import byline
from qa import Answer
from qa.answer import Citation
from qa.overview.about import about_document
from qa.question.understand import Asked

ORIGIN = "the page's metadata"
ARTICLE = """Ferry company to cut sailings

By Johanna Rask, Harbour Gazette
Published: 12 March 2024

The ferry company will cut its daily sailings from six to four in April, its director said."""


def asked(question: str, document: Document, folder: Path) -> Answer | None:
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.add(document)
        return about_document(Asked(question, question), collection)


@pytest.mark.parametrize(
    ("question", "text", "proof"),
    [
        ("Who wrote this?", "Johanna Rask", "By Johanna Rask, Harbour Gazette"),
        ("who is the author of this article", "Johanna Rask", "By Johanna Rask, Harbour Gazette"),
        ("When was it published?", "12 March 2024", "Published: 12 March 2024"),
        ("What is the title of this article?", "Ferry company to cut sailings", "Ferry company to cut sailings"),
    ],
)
def test_what_a_text_says_of_itself_is_cited(question: str, text: str, proof: str, tmp_path: Path) -> None:
    answer = asked(question, Document(ARTICLE, "ferry"), tmp_path)

    assert answer
    assert [cited.quote for cited in answer.citations] == [text, proof]


def test_a_byline_may_be_a_line_of_a_short_block(tmp_path: Path) -> None:
    document = Document("Interview with Ann Lee, swimmer\nby Jonas Feld, 8 August 2022\n\nQ: Why?\nA: Why not?", "ann")
    answer = asked("Who did the interview?", document, tmp_path)

    assert answer
    assert answer.text == "Jonas Feld"


def test_all_who_signed_are_named(tmp_path: Path) -> None:
    text = "The hire is £90.\n\nSigned: Ann Lee, director, for the Owner\nSigned: Bo Ray, for the Hirer"
    answer = asked("Who signed the agreement?", Document(text, "hire"), tmp_path)

    assert answer
    assert [item.quote for item in answer.items] == ["Ann Lee", "Bo Ray"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who sent the mail?", "Kari Moe"),
        ("Who was the e-mail sent to?", "Bo Lund <bo@havn.example>"),
        ("who was cc'd", "Team"),
        ("What is the subject?", "Tides"),
    ],
)
def test_a_letter_says_who_sent_it_to_whom(question: str, name: str, tmp_path: Path) -> None:
    lines = "From: Kari Moe <kari@havn.example>\nTo: Bo Lund <bo@havn.example>\nCc: Team\nSubject: Tides\n\nHi."
    (tmp_path / "letter.eml").write_text(lines)
    answer = asked(question, read(tmp_path / "letter.eml"), tmp_path / "collection")

    assert answer
    assert answer.text == name


@pytest.mark.parametrize(
    ("question", "label", "number"),
    [
        ("What is the report number?", "Report no. AB-2024-7", "AB-2024-7"),
        ("what is the invoice no", "Invoice No: 2024/118", "2024/118"),
        ("What's the case reference?", "Case ref. 77", "77"),
        ("What is the reference number of this letter?", "Our ref: HG/12", "HG/12"),
        ("What is the invoice number?", "Order no. 2024/118", None),
        ("What is the report number?", "The report has no 7 tables.", None),
    ],
)
def test_a_number_is_that_of_what_it_is_asked_of(question: str, label: str, number: str | None, tmp_path: Path) -> None:
    answer = asked(question, Document(f"Harbour Company\n\n{label}\n\nThe quay is safe.", "quay"), tmp_path)

    assert (answer.text if answer else None) == number


@pytest.mark.parametrize("question", ["Who wrote the letter to Philip Nairn?", "When was the ferry sold?"])
def test_other_questions_are_left_to_the_reader(question: str, tmp_path: Path) -> None:
    assert asked(question, Document(ARTICLE, "ferry"), tmp_path) is None


def test_what_the_file_alone_says_is_not_quoted_but_told(tmp_path: Path) -> None:
    document = Document("The tower is 34 metres high.", "tower", facts=(Fact("author", "Ellinor Brandt", ORIGIN),))
    answer = asked("Who wrote this?", document, tmp_path)

    assert answer
    assert answer.citations == ()
    assert "Ellinor Brandt" in answer.note


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ada Lind", "Ada Lind"),
        ("By Ada Lind and Per van der Moe | 4 min read", "Ada Lind and Per van der Moe"),
        ("by ADA LIND", "ADA LIND"),
        ("Author: Siri Holm", "Siri Holm"),
        ('From: "Kari Moe" <kari@havn.example>', "Kari Moe"),
        ("Reported by Åse Ødegård, Oslo", "Åse Ødegård"),
        ("By Monday the ferry had sunk.", None),
        ("By the sea they built a town.", None),
    ],
)
def test_a_byline_is_a_short_block_that_begins_with_it(line: str, name: str | None) -> None:
    document = Document(f"Harbour news\n\n{line}\n\nThe board met.", "news")
    span = byline(document)

    assert (document.quote(span) if span else None) == name


def test_the_byline_of_a_person_precedes_that_of_a_newspaper() -> None:
    document = Document("Storm\n\nBy Brough Gazette\n\nBy Nora Falk\n\nThe port was shut.", "storm")
    span = byline(document)

    assert span
    assert document.quote(span) == "Nora Falk"


def test_a_citations_date_is_the_texts_or_else_the_files() -> None:
    fact = Fact("date", "2011-05-04", ORIGIN)
    plain, dated = (Document(text, "d", facts=(fact,)) for text in ("No day is given here.", ARTICLE))

    assert [Citation(each, Span(0, 2)).date for each in (plain, dated)] == [date(2011, 5, 4), date(2024, 3, 12)]
