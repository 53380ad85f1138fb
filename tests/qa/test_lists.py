"""A question for several things is answered by all members of an enumeration, a list, a label or a column."""

from pathlib import Path

import pytest

from index import FolderCollection, Span, read
from index.testing import BagOfWords
from qa import Answer, ask
from qa.explain.enumeration import asks_for_several, grown, members
from qa.share.card import card, evidence
from qa.share.transcript import plain_text

TEXT = """# Harbour fair

## What to bring

Visitors should bring the following:

- a waterproof coat
- a torch, and
- a cup

## Who plays

| Day | Artist | Fee |
|---|---|---|
| Friday | Tam Rennie | £750 |
| Saturday | Sunniva Aas | £900 |
| Saturday | The Wicklow Fiddlers | £300 |

## Meeting

Present: Norah Byatt (chair), Owen Tresize, Judith Amory

Ferries go to Denmark, Sweden and Portugal. They do not go to Spain.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Denmark, Sweden and Portugal", ["Denmark", "Sweden", "Portugal"]),
        ("from Tolworth, from Ashby and from Crane", ["Tolworth", "Ashby", "Crane"]),
        ("R. Hanley (£612), the hall (£140) and Greenways", ["R. Hanley", "the hall", "Greenways"]),
        ("Bog and Fen, A Valley and Letters to Runa", ["Bog and Fen", "A Valley", "Letters to Runa"]),
        ("Signe and Runa", ["Signe", "Runa"]),
        ("Beate Hollein, the director", []),
        ("he came, and she was late", []),
    ],
)
def test_an_enumeration_is_divided_into_its_members(text: str, expected: list[str]) -> None:
    assert [text[each.start : each.end] for each in members(text, Span(0, len(text)))] == expected


def test_a_member_grows_to_its_enumeration() -> None:
    text = "Offers came: from Swingtime, from Oakfield Leisure and from Garth."
    start = text.index("Oakfield")
    span = grown(text, Span(start, start + 16), Span(0, len(text)))
    assert text[span.start : span.end] == "Swingtime, from Oakfield Leisure and from Garth"


@pytest.mark.parametrize(
    ("text", "words", "grown_to"),
    [
        (
            "Paid: R. Hanley (£612), the hall (£140) and Greenways.",
            "R. Hanley",
            "R. Hanley (£612), the hall (£140) and Greenways",
        ),
        ("She studied in Ulm and in Uppsala, and wrote a thesis.", "Ulm and in Uppsala", "Ulm and in Uppsala"),
    ],
)
def test_an_enumeration_of_names_goes_on_with_names_and_things(text: str, words: str, grown_to: str) -> None:
    start = text.index(words)
    span = grown(text, Span(start, start + len(words)), Span(0, len(text)))
    assert text[span.start : span.end] == grown_to


def test_a_time_a_number_and_a_reason_are_no_lists() -> None:
    assert not any(map(asks_for_several, ("When was it?", "How many came?", "Why did it close?", "Who is Ada Lind?")))


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> FolderCollection:
    file = tmp_path_factory.mktemp("fair") / "fair.md"
    file.write_text(TEXT, encoding="utf-8")
    made = FolderCollection(Path(tmp_path_factory.mktemp("collection")), BagOfWords())
    made.add(read(file))
    return made


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What should visitors bring?", ["a waterproof coat", "a torch", "a cup"]),
        ("Which artists play on Saturday?", ["Sunniva Aas", "The Wicklow Fiddlers"]),
        ("Who was present?", ["Norah Byatt", "Owen Tresize", "Judith Amory"]),
        ("To which countries do ferries go?", ["Denmark", "Sweden", "Portugal"]),
    ],
)
def test_every_member_is_cited(collection: FolderCollection, question: str, expected: list[str]) -> None:
    answer = ask(question, collection)
    assert [item.quote for item in answer.items] == expected
    assert [item["quote"] for item in answer.to_dict()["items"]] == expected


@pytest.fixture(scope="module")
def answer(collection: FolderCollection) -> Answer:
    return ask("Which artists play on Saturday?", collection)


def test_the_card_and_the_transcript_show_every_member(answer: Answer) -> None:
    made = card(answer)
    assert '<li dir="auto">Sunniva Aas</li>\n<li dir="auto">The Wicklow Fiddlers</li>' in made
    assert [item["quote"] for item in evidence(made)["answer"]["items"]] == ["Sunniva Aas", "The Wicklow Fiddlers"]
    assert plain_text(answer).startswith("- Sunniva Aas\n- The Wicklow Fiddlers\n")
