"""A question for several things is answered by all members of an enumeration, a list, a label or a column."""

from pathlib import Path

import pytest

from index import Document, FolderCollection, Span, read
from index.testing import BagOfWords
from qa import Answer, ask
from qa.answer import Form
from qa.explain.enumeration import asks_for_members, asks_for_several, grown, members
from qa.share import wording
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

**Present:** Norah Byatt (chair), Owen Tresize, Judith Amory

Signed: Ann Lee, director, for the Seller

Signed: Bo Ray, mayor, for the Buyer

## Tickets

| Age | Price in May | Price in June |
|---|---|---|
| under 12 | £2 | £4 |
| over 12 | £5 | £7 |

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
        ("the Elm Prize and, in 2019, the Ash Medal", ["the Elm Prize", "the Ash Medal"]),
        ("Ann Lee, the mayor, and Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("If it fails, the courts of England and Wales decide", []),
        ("Beate Hollein, the director", []),
        ("he came, and she was late", []),
        ("Sam Okoye pulled one back, and Danny Fry", []),
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


@pytest.mark.parametrize(
    ("text", "words", "kind", "grown_to"),
    [
        (
            "Six women helped: Joan Petty, Olive Brand and Ruth Cohen.",
            "Six women",
            "",
            "Joan Petty, Olive Brand and Ruth Cohen",
        ),
        ("With him were Dr Okada and two Sherpas, Pemba and Dorje.", "Pemba", "Sherpas", "Pemba and Dorje"),
        ("The Director of Security and Control, Abdel Latif, opened it.", "Abdel Latif", "", "Abdel Latif"),
        ("By Ann Lee and Bo Ray, Lowmoor Ecology.", "Ann Lee and Bo Ray", "", "Ann Lee and Bo Ray"),
    ],
)
def test_an_enumeration_ends_where_its_kind_does(text: str, words: str, kind: str, grown_to: str) -> None:
    start = text.index(words)
    span = grown(text, Span(start, start + len(words)), Span(0, len(text)), kind)
    assert text[span.start : span.end] == grown_to


def test_a_verb_that_ends_like_a_plural_asks_for_no_list() -> None:
    asked = ("Which otter was poisoned?", "What happens if it fails?", "Which bus goes to Ayr?")
    assert not any(map(asks_for_members, asked))


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
        ("Who were the artists?", ["Tam Rennie", "Sunniva Aas", "The Wicklow Fiddlers"]),
        ("Who was present?", ["Norah Byatt", "Owen Tresize", "Judith Amory"]),
        ("What are the prices in June?", ["£4", "£7"]),
        ("Who signed for the buyer?", ["Bo Ray"]),
        ("To which countries do ferries go?", ["Denmark", "Sweden", "Portugal"]),
    ],
)
def test_every_member_is_cited(collection: FolderCollection, question: str, expected: list[str]) -> None:
    answer = ask(question, collection)
    assert [item.quote for item in answer.items] == expected
    assert [item["quote"] for item in answer.to_dict()["items"]] == expected


def test_a_list_of_things_answers_no_question_for_a_person(collection: FolderCollection) -> None:
    assert not ask("Who are the visitors?", collection).items


@pytest.mark.parametrize("question", ["Who scored for Rovers?", "Who manages Rovers?"])
def test_a_label_that_is_only_one_word_of_the_question_lists_no_answer(tmp_path: Path, question: str) -> None:
    (tmp_path / "cup.md").write_text("The cup was played in May.\n\nRovers: Bech; Price, Neal, Orme; Hale, Gray.")
    with FolderCollection(tmp_path / "asked", BagOfWords()) as collection:
        collection.add(read(tmp_path / "cup.md"))
        assert not ask(question, collection).items


def test_members_that_documents_name_one_by_one_are_at_least_those(tmp_path: Path) -> None:
    told = [
        "Ada Moss swam across the Sound in 1921. The crossing took nine hours.",
        "In 1934 Bill Torrance swam across the Sound. He was seventeen.",
        "Carla Reyes swam across the Sound in 1988, at night.",
    ]
    with FolderCollection(tmp_path, BagOfWords()) as swims:
        swims.add(*(Document(text, f"Swim {number}") for number, text in enumerate(told)))
        answer = ask("Which people swam across the Sound?", swims)
    assert answer.form is Form.MEMBERS
    assert wording.HEADINGS[answer.form] == "At least"
    assert {item.quote for item in answer.items} <= {"Ada Moss", "Bill Torrance", "Carla Reyes"}
    assert len({item.document for item in answer.items}) == len(answer.items) > 1


LEASE = """# Lease

This lease is made between Hale & Sons Ltd ("the Landlord"), Ada Moss (the “Tenant”) and the
person named below (the "Guest").

1. Rent. The Tenant pays £40. The Landlord sends a bill.

2. Keys. The Landlord gives the Tenant two keys. A copy costs £5.

**Witnesses:** Bo Ray, Manager, Cy Hart

## In the flat

- a bed
- a lamp

Otters, herons, hares and a Swiss cow live behind the house.

Two neighbours - Di Lund and Ed Voss - may use the yard. The boiler is on the left side of the hall.

Signed for the Landlord: Gus Hale
"""


def test_a_contract_says_whom_it_means_and_its_clauses_are_no_list(tmp_path: Path) -> None:
    (tmp_path / "lease.md").write_text(LEASE, encoding="utf-8")
    with FolderCollection(tmp_path / "collection", BagOfWords()) as lease:
        lease.add(read(tmp_path / "lease.md"))
        landlord, tenant, guest = (ask(f"Who is the {term}?", lease) for term in ("landlord", "tenant", "guest"))
        listed = {
            question: [item.quote for item in ask(question, lease).items]
            for question in (
                "Which mammals live behind the house?",
                "Who were the witnesses?",
                "What are the things in the flat?",
                "Which neighbours may use the yard?",
            )
        }
        side = ask("Which side of the hall is the boiler on?", lease)
    assert (landlord.text, tenant.text, guest.text) == ("Hale & Sons Ltd", "Ada Moss", "the\nperson named below")
    assert landlord.items == ()
    assert [*listed.values()] == [
        ["Otters", "hares", "a Swiss cow"],
        ["Bo Ray", "Cy Hart"],
        ["a bed", "a lamp"],
        ["Di Lund", "Ed Voss"],
    ]
    assert side.text == "left side"


@pytest.fixture(scope="module")
def answer(collection: FolderCollection) -> Answer:
    return ask("Which artists play on Saturday?", collection)


def test_the_card_and_the_transcript_show_every_member(answer: Answer) -> None:
    made = card(answer)
    assert '<li dir="auto">Sunniva Aas</li>\n<li dir="auto">The Wicklow Fiddlers</li>' in made
    assert [item["quote"] for item in evidence(made)["answer"]["items"]] == ["Sunniva Aas", "The Wicklow Fiddlers"]
    assert plain_text(answer).startswith("- Sunniva Aas\n- The Wicklow Fiddlers\n")
