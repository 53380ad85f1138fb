"""What documents are about, and whom they name, is asked of them as a whole, and every word shown is still a quote."""

from collections.abc import Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, FolderCollection, Span, UnknownDocument, UnusableQuestion
from index.testing import BagOfWords
from qa import Citation, Conversation, ask
from qa.answer import Form
from qa.overview.names import names
from qa.overview.summary import MOST_PASSAGES, central_sentences
from qa.question.kinds import asks_for
from tests.conftest import RunPython


def whole(text: str, title: str = "made up") -> Citation:
    document = Document(text, title)
    return Citation(document, Span(0, len(text)))


def quotes(citations: Sequence[Citation]) -> list[str]:
    return [cited.quote for cited in citations]


@pytest.mark.parametrize(
    "question",
    [
        "What is this about?",
        "what's this article about",
        "Summarise!",
        "Could you please summarize the document for me?",
        "give me a short summary",
        "What are the main points of this report?",
        "TL;DR",
    ],
)
def test_a_question_for_a_summary_is_known(question: str) -> None:
    assert asks_for(question) == Form.SUMMARY


@pytest.mark.parametrize(
    "question",
    ["Who is mentioned?", "which people or organisations are named in the article?", "List the people mentioned."],
)
def test_a_question_for_names_is_known(question: str) -> None:
    assert asks_for(question) == Form.NAMES


@pytest.mark.parametrize(
    "question",
    [
        "What is the Schengen agreement about?",
        "What did the report say about the bridge?",
        "Who mentioned the bridge?",
        "Which companies were named by the minister?",
        "What are the main points of the treaty?",
        "Summarise the treaty of Rome",
        "Who is the mayor?",
    ],
)
def test_a_question_about_something_in_the_document_asks_for_no_overview(question: str) -> None:
    assert asks_for(question) == Form.SPAN


@pytest.mark.parametrize("said", ["what is this tool for?", "Thanks, that helps!", "what can you help me with?"])
def test_talk_asks_nothing_of_the_documents(said: str) -> None:
    assert asks_for(said) == Form.TALK


def test_a_question_for_the_purpose_of_something_is_no_talk() -> None:
    assert asks_for("what is this bridge for?") == Form.SPAN


@pytest.mark.usefixtures("about_the_article")
def test_the_article_is_summed_up_in_three_of_its_sentences_in_their_order(the_article: Document) -> None:
    answer = ask("What is this article about?")

    assert (answer.form, answer.confidence, len(answer.citations)) == (Form.SUMMARY, 1.0, 3)
    assert answer.text == answer.citations[0].quote
    assert answer.text.startswith("Major General Ahmed Nasser Al-Raisi")
    starts = [cited.span.start for cited in answer.citations]
    assert starts == sorted(starts)
    for cited in answer.citations:
        assert cited.document == the_article
        assert any(cited.quote in hit.passage.text for hit in answer.passages)


@pytest.mark.usefixtures("about_the_article")
def test_whom_the_article_names_is_cited_where_each_first_stands(the_article: Document) -> None:
    answer = ask("who is mentioned?")

    assert answer.form == Form.NAMES
    assert {"Major General Ahmed Nasser Al-Raisi", "Abdel Latif Hamouchi"} <= set(quotes(answer.citations))
    for cited in answer.citations:
        assert cited.span.start == the_article.text.index(cited.quote)


@pytest.mark.usefixtures("about_the_article")
def test_asked_for_in_a_conversation_an_overview_is_of_the_documents_and_not_of_the_last_answer() -> None:
    conversation = Conversation()
    conversation.ask("who opened the conference?")

    assert conversation.ask("summarise it").citations == ask("summarise it").citations


def test_a_heading_a_caption_and_a_dependent_sentence_do_not_sum_up() -> None:
    text = (
        "The ferry and the harbour and the ferry\n\n"
        "The ferry of the harbour, seen from the ferry pier in May. Image: Jo Smith.\n\n"
        "The ferry of Lavar sank in the harbour on Monday with forty people on board.\n\n"
        "He said that the ferry and the harbour of Lavar were as safe as any ferry and any harbour.\n\n"
        "Divers found the wreck of the ferry at the mouth of the harbour.\n\n"
        '"The harbour was dark. The ferry had no lights at all in the harbour of Lavar then," one diver added.\n\n'
        "The harbour master of Lavar closed the port for every other ferry."
    )

    assert [quote.split()[:2] for quote in quotes(central_sentences([whole(text)]))] == [
        ["The", "ferry"],
        ["Divers", "found"],
        ["The", "harbour"],
    ]


def test_each_of_several_documents_gives_one_sentence() -> None:
    texts = [
        whole(
            f"The {name} ferry sank in the harbour on Monday. The harbour of {name} has been closed to all ships.", name
        )
        for name in ("Lavar", "Tolvik", "Rindal", "Halden")
    ]

    titles = [cited.document.title for cited in central_sentences(texts)]

    assert titles == ["Lavar", "Tolvik", "Rindal", "Halden"]


def test_boilerplate_and_what_is_said_twice_do_not_sum_up() -> None:
    notice = "The harbour board of Lavar accepts no liability for the harbour or its ferries.\n\n"
    again = "The ferry of Lavar and its harbour are shown on page 7 of the harbour map.\n\n"
    said = "The ferry of Lavar sank in the harbour on Monday with forty people on board.\n\n"

    (only,) = central_sentences([whole(notice + again + again.replace("7", "8") + said)])

    assert only.quote == said.strip()


@pytest.mark.parametrize(
    "glued",
    [
        "Thursday, May 7, 2015 ",
        "Harbour news\n",
        "2. Summary of events\n",
        "By Anna Berg, harbour reporter · ",
        "7 May 2015 ",
    ],
)
def test_headings_dates_and_bylines_are_cut_from_the_sentence_behind_them(glued: str) -> None:
    said = "The ferry of Lavar sank in the harbour on Monday with forty people on board."

    assert quotes(central_sentences([whole(glued + said)])) == [said]


def test_only_the_documents_named_are_summed_up_and_only_their_beginnings(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        sentence = "Bananas are eaten by the elephants of the island every morning.\n\n"
        long = "".join(f"{sentence * 5}Number {i} is the number of this part.\n\n" for i in range(MOST_PASSAGES))
        collection.add(Document("A storm has closed the harbour of Lavar to all ships.", "short"))
        (added,) = collection.add(Document(long, "long"))

        answer = ask("summarise this", collection, documents=[added.id])

        assert {cited.document.title for cited in answer.citations} == {"long"}
        assert all(cited.span.end < len(long) * 0.9 for cited in answer.citations)
        with pytest.raises(UnknownDocument):
            ask("summarise this", collection, documents=["none"])
        with pytest.raises(UnusableQuestion):
            ask("summarise this", collection, documents=[])


def test_an_empty_collection_has_nothing_to_sum_up(tmp_path: Path) -> None:
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        answer = ask("What is this about?", collection)

    assert (answer.text, answer.citations, answer.passages, answer.confidence) == ("", (), (), 0.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The mayor, Anna Berg, spoke. Mr Berg refused to comment.", ["Anna Berg"]),
        ("She lives in Port Elna. The Red Cross said so.", ["Red Cross"]),
        ("Tanya Chan of the Civic Party won.", ["Tanya Chan", "Civic Party"]),
        ("The World Health Organisation met. The WHO warned of it. Everybody heard.", ["World Health Organisation"]),
        ("Yesterday it rained. On Monday in May it did not. However, nobody said so.", []),
        ("Citing Anna Berg, it praised the French.", ["Anna Berg"]),
        ("HARBOUR CLOSED BY Anna Berg\n\nIt is closed.", []),
    ],
)
def test_people_and_organisations_are_named_and_nothing_else(text: str, named: list[str]) -> None:
    assert quotes(names([whole(text)])) == named


@given(
    st.lists(st.sampled_from(["Anna Berg", " said ", "the ", ". ", "\n\n", "😀", '"', "NATO ", "of ", "In ", "I’m "]))
)
def test_whatever_is_cited_is_a_slice_of_its_text(parts: list[str]) -> None:
    text = whole("Go. " + "".join(parts))

    for cited in [*names([text]), *central_sentences([text])]:
        assert cited.quote in text.quote
        assert cited.quote == cited.quote.strip()


def test_the_command_line_prints_each_sentence_with_its_place(python: RunPython) -> None:
    done = python("-m", "qa", "ask", "what is this about?")

    assert done.stdout.startswith("Major General Ahmed Nasser Al-Raisi")
    assert done.stdout.count("article, line ") == 3


def test_the_names_of_a_long_index_are_told_apart_in_seconds() -> None:
    entries = (f"Anna{number % 700} Berg{number} spoke. " for number in range(4000))
    began = process_time()
    names([whole("".join(entries))])

    assert process_time() - began < 4  # to compare every name with every other takes more than ten
