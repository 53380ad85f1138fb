"""An answer is a slice of a source, with the place where it stands."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from index import Document, FolderCollection, Span, SpanOutsideText, read
from index.testing import BagOfWords
from qa import Answer, Citation, article_collection, ask
from qa.question.language import foreign_language
from tests.qa.made import answer_of


def check_proven(answer: Answer) -> None:
    """What is said is quoted, and what is quoted is where the citation says."""
    assert answer.text == (answer.citations[0].quote if answer.citations else "")
    for citation in answer.citations:
        assert citation.quote == citation.document.text[citation.span.start : citation.span.end]
    for hit in answer.passages:
        assert hit.passage.text == hit.passage.document.text[hit.passage.span.start : hit.passage.span.end]
    assert all(0 <= ranked.relevance <= 1 for ranked in answer.passages)
    assert 0 <= answer.confidence <= 1
    if answer.evidence:
        assert answer.evidence.quote == answer.text
        assert answer.text in answer.passages[0].passage.text


@pytest.mark.usefixtures("about_the_article")
def test_the_article_says_who_opened_the_conference_and_where_it_says_so(the_article: Document) -> None:
    answer = ask("who opened the conference?")

    check_proven(answer)
    start = the_article.text.index("Abdel Latif Hamouchi")
    said, sentence = answer.citations
    assert said == Citation(the_article, Span(start, start + len("Abdel Latif Hamouchi")))
    assert (answer.text, said.line) == ("Abdel Latif Hamouchi", 9)
    assert sentence.quote.startswith("The Director General of National Security")
    assert sentence.quote.endswith("twenty years.")
    assert sentence.quote in answer.passages[0].passage.text


@pytest.mark.parametrize("question", ["Where is Morocco?", "what? crime!", "Qui est 会議?", "1"])
@pytest.mark.usefixtures("about_the_article")
def test_every_quote_is_a_slice_of_its_document(question: str) -> None:
    check_proven(ask(question))
    check_proven(surest := ask(question, min_confidence=0))
    assert surest.text


@pytest.mark.usefixtures("about_the_article")
def test_the_threshold_can_be_moved_and_the_nearest_passages_remain() -> None:
    answer = ask("who opened the conference?")
    strict = ask("who opened the conference?", min_confidence=1)

    assert (strict.text, strict.citations) == ("", ())
    assert (strict.passages, strict.confidence) == (answer.passages, answer.confidence)


@pytest.mark.parametrize("text", ["She said 😀 that Zoë\u0301 won.\r\nAll left.", "قالت إن ليلى فازت. ثم ذهبت."])
def test_an_answer_never_cuts_a_word(tmp_path: Path, text: str) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document(text, "short"))
        answer = ask("who won?", collection, min_confidence=0)

    check_proven(answer)
    span = answer.citations[0].span
    assert not text[max(span.start - 1, 0) : span.start + 1].isalnum() or span.start == 0
    assert not text[span.end - 1 : span.end + 1].isalnum() or span.end == len(text)


def test_a_collection_is_asked_in_place_of_the_article(tmp_path: Path) -> None:
    text = "It was 1969.\n\nNASA celebrated its landing on the Moon. Nobody had been there before. 🚀 It was far."
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document("Dogs bark.", "dogs"), Document(text, "moon"), Document("Birds fly.", "birds"))
        answer = ask("what did NASA celebrate?", collection)

    check_proven(answer)
    assert answer.question == "what did NASA celebrate?"
    said, sentence = answer.citations
    assert "landing on the Moon" in said.quote
    assert sentence.span == Span(text.index("NASA"), text.index(" Nobody"))
    assert (said.document.title, said.line) == ("moon", 3)


def test_some_documents_can_be_asked_alone_and_what_they_do_not_hold_is_named(tmp_path: Path) -> None:
    moon, birds = Document("NASA celebrated its landing on the Moon.", "moon"), Document("Birds fly.", "birds")
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(moon, birds)
        asked = [
            ask("what did NASA celebrate?", collection, min_confidence=0.5, documents=some)
            for some in (None, [birds.id])
        ]

    check_proven(asked[0])
    assert (asked[0].citations[0].document, asked[0].missing) == (moon, ())
    assert {hit.passage.document for hit in asked[1].passages} == {birds}
    assert (asked[1].text, asked[1].missing) == ("", ("NASA", "celebrate"))
    assert asked[1].to_dict()["missing"] == ["NASA", "celebrate"]
    assert asked[1].nearest
    assert asked[1].nearest.quote in asked[1].passages[0].passage.text
    assert (asked[1].nearest.quote[0].isupper(), asked[1].nearest.quote[-1], asked[0].nearest) == (True, ".", None)


@pytest.mark.usefixtures("about_the_article")
def test_what_is_misspelled_is_asked_as_the_documents_spell_it_and_the_answer_says_so() -> None:
    answer, meant = ask("who opned the conferense?"), ask("who opened the conference?")

    assert (answer.question, answer.understood) == ("who opned the conferense?", "who opened the conference?")
    assert (answer.citations, answer.confidence, meant.understood) == (meant.citations, meant.confidence, "")
    assert ask("what did Hamouchy say about uncle and the budget?", min_confidence=1).understood == ""


@pytest.mark.usefixtures("about_the_article")
def test_words_in_quotation_marks_are_asked_as_they_are_typed() -> None:
    answer = ask('who opened the "conferense"?', min_confidence=1)

    assert (answer.understood, answer.missing) == ("", ("conferense",))
    assert ask('"wen" was it opened?', min_confidence=1).understood == ""


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("pls tell me wen teh conference was opend thx", "when the conference was opened?"),
        ("WHAT IS THSI ABUOT", "what is this about?"),
        ("give me a sumary of teh artical", "give me a summary of the article?"),
    ],
)
@pytest.mark.usefixtures("about_the_article")
def test_what_surrounds_a_question_and_what_asks_for_an_overview_may_be_misspelled(question: str, meant: str) -> None:
    answer = ask(question)

    assert (answer.understood, bool(answer.text)) == (meant, True)


def test_a_word_with_a_wrong_ending_is_asked_with_the_right_one(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document("The spectators cheered Ulrika Blomgrens for an hour.", "match"))
        answer = ask("why did the spectaters cheer ulrika blomgrens?", collection)

    assert answer.understood == "why did the spectators cheer ulrika blomgrens?"


def test_a_question_in_small_letters_is_refused_like_one_with_capitals(tmp_path: Path) -> None:
    text = "The clerk, Helen Marsh, replied that she could not say how much the file of 2018 had cost."
    with FolderCollection(tmp_path) as collection:
        collection.add(Document(text, "minutes"))
        asked = [
            ask(each, collection) for each in ("How much does Helen Marsh earn?", "how much does helen marsh earn?")
        ]

    assert [(answer.text, answer.understood) for answer in asked] == [("", ""), ("", "")]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Quién inauguró la conferencia?", "Spanish"),
        ("wer hat die Konferenz eröffnet", "German"),
        ("Кто открыл конференцию?", "Cyrillic script"),
        ("谁主持了会议的开幕式?", "Chinese"),
    ],
)
@pytest.mark.usefixtures("about_the_article")
def test_who_asks_in_another_language_is_told_so(question: str, language: str) -> None:
    answer = ask(question, min_confidence=1)

    assert answer.note == f"The question seems to be in {language}; Cited reads English."
    assert (answer.text, answer.missing) == ("", ())
    assert ask(question, min_confidence=0).note == answer.note


@pytest.mark.parametrize(
    "question",
    [
        "who opned de conferense",
        "die hard",
        "José de la Cruz",
        "Where is the Dar es Salaam of Les Misérables?",
        "1",
    ],
)
def test_what_is_in_english_or_may_be_a_name_is_taken_for_no_other_language(question: str) -> None:
    assert foreign_language(question) == ""


def test_an_empty_collection_states_nothing(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        answer = ask("what did NASA celebrate?", collection)

    check_proven(answer)
    assert (answer.text, answer.citations, answer.passages, answer.confidence) == ("", (), (), 0)


def test_what_is_cited_lies_inside_the_document() -> None:
    with pytest.raises(SpanOutsideText):
        Citation(Document("Short.", "short"), Span(0, 7))


def test_an_answer_says_nothing_but_its_first_quote_and_never_changes() -> None:
    citation = Citation(Document("Yes. No.", "both"), Span(0, 4))
    answer = answer_of("Is it so?", citation)

    assert answer.text == "Yes."
    assert "text" not in {field.name for field in dataclasses.fields(Answer)}
    for value, field in ((answer, "text"), (answer, "citations"), (citation, "span")):
        # Python raises the one or the other for frozen classes with slots.
        with pytest.raises((AttributeError, TypeError)):
            setattr(value, field, "Maybe.")


def test_an_answer_can_be_written_as_json(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        text = "The sun shines.\n\nThe “moon” 🌙 does not."
        collection.add(Document(text, "sky", "/some/sky.txt"))
        answer = ask("moon?", collection, min_confidence=0)

    written = json.loads(json.dumps(answer.to_dict()))

    assert (written["question"], written["text"]) == ("moon?", answer.text)
    assert written["citations"] == [
        {
            "document": cited.document.id,
            "title": "sky",
            "source": "/some/sky.txt",
            "date": None,
            "place": f"line {1 + text[: cited.span.start].count(chr(10))}",
            "role": "",
            "line": 1 + text[: cited.span.start].count("\n"),
            "start": cited.span.start,
            "end": cited.span.end,
            "quote": cited.quote,
        }
        for cited in answer.citations
    ]
    assert [passage["text"] for passage in written["passages"]] == [hit.passage.text for hit in answer.passages]


@pytest.mark.slow
def test_the_articles_collection_is_built_anew_where_the_cache_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about_the_article: FolderCollection
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    build = article_collection.__wrapped__  # what is behind its cache: as a new process would call it
    with build() as collection:
        database = collection.path / "collection.sqlite"
    database.write_bytes(b"This was a database once.")

    with build() as collection:
        assert tmp_path in collection.path.parents
        assert collection.documents() == about_the_article.documents()


def test_an_answer_a_document_and_a_collection_show_themselves_in_a_line(
    the_article: Document, about_the_article: FolderCollection
) -> None:
    assert repr(the_article) == "Document('article', 3,012 characters)"
    assert re.fullmatch(
        r"Answer\('Abdel Latif Hamouchi', confidence 0\.\d\d\)", repr(ask("who opened the conference?"))
    )
    assert repr(Answer("why?")) == "Answer(not stated)"
    assert repr(about_the_article) == f"FolderCollection({str(about_the_article.path)!r})"


def test_a_notebook_shows_the_sentence_with_the_answer_marked_and_nothing_of_it_as_html() -> None:
    source = Document("The <b>lamp</b> & the <i>cup</i> are here.", "<u>title</u>")
    cup, whole = Span(22, 32), Span(0, len(source.text))
    answer = answer_of("what?", Citation(source, cup), Citation(source, whole))

    shown = answer._repr_html_()

    assert "The &lt;b&gt;lamp&lt;/b&gt; &amp; the <mark>&lt;i&gt;cup&lt;/i&gt;</mark> are here." in shown
    assert "&lt;u&gt;title&lt;/u&gt;, line 1" in shown
    assert Answer("why?")._repr_html_() == "<p><i>Not stated</i></p>"


def test_a_comment_answers_only_if_the_main_text_does_not(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<article><h1>The harbour</h1><p>The harbour is small and lies in the north. It was dug long ago, and Jon Reyes"
        " became the harbour master in May.</p></article><div id=comments><p>The harbour master is Bob Crane.</p>"
        "<p>The harbour cat is called Mog.</p></div>"
    )
    with FolderCollection(tmp_path / "harbour") as harbour:
        harbour.add(read(page))
        assert ask("who is the harbour master?", harbour).text == "Jon Reyes"
        assert ask("what is the harbour cat called?", harbour).text == "Mog"


@pytest.mark.usefixtures("about_the_article")
def test_a_question_without_a_content_word_is_not_sure_of_any_date() -> None:
    assert ask("since when?", min_confidence=0).confidence < 0.9


def test_a_heading_never_answers_yes_or_no_and_a_role_in_brackets_chooses_one_of_a_list(tmp_path: Path) -> None:
    text = (
        "# Minutes\n\nPresent: Ann Lee (chair), Bo Ray (clerk), Cy Moss\n\n## Fires\n\nAfter complaints, fires are"
        " banned until September.\n\nThe pump failed twice."
    )
    (tmp_path / "minutes.md").write_text(text, encoding="utf-8")
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(tmp_path / "minutes.md"))
        assert ask("Can I have a fire in May?", collection).text.endswith("banned until September.")
        assert ask("Who is the clerk?", collection).text == "Bo Ray"
        assert [item.quote for item in ask("Who was present?", collection).items] == ["Ann Lee", "Bo Ray", "Cy Moss"]


def test_a_cell_that_a_question_names_by_its_headers_precedes_the_text_beside_the_table(tmp_path: Path) -> None:
    page = tmp_path / "results.html"
    page.write_text(
        "<article><h1>Results</h1><p>The operating profit was £142 million, as the board said in its report.</p><table>"
        "<tr><th>£ million</th><th>2025</th><th>2024</th></tr><tr><td>Revenue</td><td>1,210</td><td>1,315</td></tr>"
        "<tr><td>Operating profit</td><td>142</td><td>231</td></tr></table></article>"
    )
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(page))
        assert ask("What was the operating profit in 2024?", collection).text == "231"
        assert ask("What was the operating profit?", collection).text == "£142 million"


def test_a_row_that_says_more_than_is_asked_is_not_believed_for_its_headers(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(
        "<article><h1>Report</h1><p>We estimate the cost of the repair at £6.4 million.</p><table><tr><th>Item</th>"
        "<th>Cost (£ thousand)</th></tr><tr><td>Supports</td><td>1,150</td></tr><tr><td>Repair of the eastern girder"
        "</td><td>2,900</td></tr></table></article>"
    )
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(page))
        answer = ask("How much does the repair cost?", collection)
        assert answer.text == "£6.4 million"
        assert answer.attribution
        assert not answer.attribution.reported  # "we" are who wrote it


def test_the_reply_to_a_question_that_a_document_asks_precedes_what_it_forbids(tmp_path: Path) -> None:
    text = "# Loans\n\n## How many books can I borrow?\n\nUp to twelve.\n\nReference books cannot be borrowed.\n"
    (tmp_path / "loans.md").write_text(text, encoding="utf-8")
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(tmp_path / "loans.md"))
        assert ask("How many books may I borrow?", collection).text.startswith("Up to twelve.")


def test_a_reply_that_is_quoted_with_its_question_is_said_by_the_one_who_replies(tmp_path: Path) -> None:
    text = (
        "Interview with Kaja Holm, a diver.\n\nQ: Did you dive on Sunday?\n\nA: I did. It was cold.\n\nQ: Were all the"
        " ropes tested?\n\nA: Half of them were.\n"
    )
    (tmp_path / "interview.txt").write_text(text, encoding="utf-8")
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(tmp_path / "interview.txt"))
        said = ask("Were all the ropes tested?", collection)
        assert said.text.endswith("Half of them were.")
        assert said.attribution
        assert said.attribution.speaker
        assert said.attribution.speaker.quote == "Kaja Holm"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who runs the harbor?", "Ann Lee runs the harbour."),
        ("Who organised the theater?", "Ann Lee organized the theatre."),
        ("Who cancelled it?", "The fair was canceled by Ann Lee."),
    ],
)
def test_british_and_american_words_are_asked_as_the_documents_spell_them(
    tmp_path: Path, question: str, text: str
) -> None:
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(Document(text, "news"))
        answer = ask(question, collection)
        assert answer.text == "Ann Lee"
        assert answer.missing == ()
