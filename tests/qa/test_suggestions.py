"""Questions to begin with come from the documents themselves, and the documents answer them."""

from pathlib import Path

import pytest

from index import Collection, Document, FolderCollection, UnknownDocument
from qa import ask, suggestions

STORY = """The new bridge over the Orne was opened on 4 May 2015 by the mayor of the town.

Anna Berg, mayor of Tolvik, welcomed the guests at the town hall, and the band played until midnight.

Lars Holm, 42, built the old bridge of stone with forty men from the village.

The celebration took place at Union Square in the rain. He said that it had been a long day for everybody.

"Nobody knows who paid for all of that," said one of the guests, and the others laughed about it.
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    collection = FolderCollection(tmp_path_factory.mktemp("told"))
    collection.add(
        Document(STORY, "story"), Document("Bananas are yellow when they are ripe, and green before.", "fruit")
    )
    return collection


@pytest.mark.usefixtures("about_the_article")
def test_what_is_suggested_about_the_article_is_answered_from_it() -> None:
    suggested = suggestions()

    assert 1 <= len(suggested) <= 3
    assert len(set(suggested)) == len(suggested)
    for question in suggested:
        assert question[0].isupper()
        assert question.endswith("?")
        assert ask(question).text


def test_questions_are_made_of_the_documents_sentences(told: Collection) -> None:
    suggested = suggestions(told, count=8)

    assert set(suggested) <= {
        "Who is the mayor of Tolvik?",
        "Who welcomed the guests at the town hall?",
        "How old is Lars Holm?",
        "Who built the old bridge of stone with forty men from the village?",
        "Where did the celebration take place?",
    }
    assert {"Who is the mayor of Tolvik?", "Where did the celebration take place?"} & set(suggested)


def test_who_is_not_asked_of_what_is_done_to_a_thing(tmp_path: Path) -> None:
    with FolderCollection(tmp_path) as collection:
        text = "Tarn Crossing was closed to all traffic on 2 May. Ada Lind was elected to the council in June."
        collection.add(Document(text, "news"))
        assert not any("closed" in question for question in suggestions(collection))


def test_no_more_are_suggested_than_asked_for_and_none_where_none_is_good(told: Collection) -> None:
    (fruit,) = (document.id for document in told.documents() if document.title == "fruit")

    assert len(suggestions(told, count=1)) == 1
    assert suggestions(told, documents=[fruit]) == []
    with pytest.raises(UnknownDocument):
        suggestions(told, documents=["none"])


def test_an_empty_collection_suggests_nothing(tmp_path: Path) -> None:
    with FolderCollection(tmp_path) as collection:
        assert suggestions(collection) == []
