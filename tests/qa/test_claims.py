"""Answers of several documents: those that agree are one claim, and those that differ stand side by side."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, FolderCollection, Span
from index.text.dates import dateline
from qa import Answer, Citation, Evidence, ask
from qa.answer import Stance
from qa.explain.claims import LIKELY, agree, claims
from qa.share import wording
from qa.share.card import card, quotes_of
from qa.share.card import evidence as evidence_of
from qa.share.transcript import plain_text
from tests.conftest import RunPython


def said(text: str, document: Document, confidence: float = 0.9) -> Evidence:
    start = document.text.index(text)
    return Evidence(
        Citation(document, Span(start, start + len(text))),
        Citation(document, Span(0, len(document.text))),
        confidence,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The United Nations.", "united nations"),
        ("twelve hundred workers", "1,200"),
        ("240,000", "two hundred and forty thousand"),
        ("$2.5 million", "2 500 000 dollars"),
        ("5%", "five per cent"),
        ("Hamouchi", "Abdel Latif Hamouchi"),
        ("Paris", "Paris, France"),
        ("in Tangier", "Tangier"),
        ("Washington DC", "Washington, D.C."),
        ("2017-07-21", "Friday, July 21st, 2017"),
        ("July 2017", "2017"),
    ],
)
def test_what_is_the_same_however_it_is_written_agrees(one: str, other: str) -> None:
    assert agree(one, other)
    assert agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40", "45"),
        ("over 40", "40"),
        ("not 40", "40"),
        ("as many as 40", "40"),
        ("40%", "40"),
        ("-5 degrees", "5 degrees"),
        ("−5", "5"),
        ("before 1990", "1990"),
        ("after July 21", "July 21"),
        ("2 days ago", "2 days"),
        ("twice five", "five"),
        ("40 million", "40"),
        ("1–2", "2–1"),
        ("two three", "five"),
        ("Michelle Obama", "Barack Obama"),
        ("England", "New England"),
        ("Smith", "Jones, Smith"),
        ("May 2017", "July 2017"),
        ("21 July 2016", "July 21, 2017"),
        ("the police", "the police chief"),
        ("The", "A"),
        ("कि", "का"),
    ],
)
def test_what_is_not_clearly_the_same_stands_apart(one: str, other: str) -> None:
    assert not agree(one, other)
    assert not agree(other, one)


@given(st.text(min_size=1), st.text(min_size=1))
def test_agreeing_is_mutual_and_every_text_agrees_with_itself(one: str, other: str) -> None:
    assert agree(one, one)
    assert agree(one, other) == agree(other, one)


def test_documents_that_agree_are_one_claim_and_the_best_answers_comes_first() -> None:
    first, second, third, fourth = (Document(text, text) for text in ("Forty.", "It is 45.", "40 of them.", "Or 45."))

    found = claims([said("Forty", first, 0.7), said("45", second), said("40", third, 0.4), said("45", fourth, 0.61)])

    assert [[each.answer.document for each in claim.evidence] for claim in found] == [[first, third], [second, fourth]]
    assert [claim.text for claim in found] == ["Forty", "45"]


def test_a_document_counts_once_and_for_the_best_answer_if_any_of_its_passages_agrees() -> None:
    one, two = Document("Forty died.", "one"), Document("First 45 were feared dead, but it was 40.", "two")

    found = claims([said("Forty", one), said("45", two), said("40", two)])

    assert [[each.answer.quote for each in claim.evidence] for claim in found] == [["Forty", "40"]]


def test_what_differs_and_is_doubtful_is_left_out() -> None:
    one, two = Document("Forty died.", "one"), Document("Or 45.", "two")

    assert len(claims([said("Forty", one, LIKELY - 0.1), said("45", two, LIKELY - 0.1)])) == 1
    assert len(claims([said("Forty", one, LIKELY - 0.1), said("45", two, LIKELY)])) == 2


def test_an_answer_that_less_and_more_exact_ones_differ_from_is_never_grouped_with_both() -> None:
    documents = [Document(text, text) for text in ("Obama", "Barack Obama", "Michelle Obama")]

    found = claims([said(document.text, document) for document in documents])

    assert [[each.answer.quote for each in claim.evidence] for claim in found] == [
        ["Obama", "Barack Obama"],
        ["Michelle Obama"],
    ]


@pytest.fixture
def two_towers(tmp_path: Path) -> FolderCollection:
    collection = FolderCollection(tmp_path / "towers")
    collection.add(
        Document("Monday, May 4, 2015\n\nThe Vester mill, which burnt in May, has 350 workers.", "one"),
        Document("The Vester mill has 410 workers.", "two"),
        Document("The Vester mill has three hundred and fifty workers.", "three"),
        Document("Elephants like bananas, and so do the apes of the island.", "four"),
    )
    return collection


def test_documents_that_differ_are_shown_with_place_and_date(two_towers: FolderCollection, python: RunPython) -> None:
    answer = ask("How many workers has the Vester mill?", two_towers)

    stated = {frozenset(each.answer.document.title for each in claim.evidence) for claim in answer.claims}
    assert stated == {frozenset({"one", "three"}), frozenset({"two"})}
    assert answer.claims[0].evidence[0].answer == answer.citations[0]
    dates = {each.answer.document.title: each.answer.date for claim in answer.claims for each in claim.evidence}
    assert dates == {"one": date(2015, 5, 4), "two": None, "three": None}
    written = json.loads(json.dumps(answer.to_dict()))["claims"]
    assert [[each["answer"]["quote"] for each in claim] for claim in written] == [
        [each.answer.quote for each in claim.evidence] for claim in answer.claims
    ]
    two_towers.close()

    done = python("-m", "qa", "ask", "How many workers has the Vester mill?", "--collection", two_towers.path)

    assert "2 sources: " in done.stdout
    assert "1 source: 410" in done.stdout
    assert "one (2015-05-04), line 3" in done.stdout


def test_one_document_is_one_claim_and_nothing_cited_is_none(two_towers: FolderCollection) -> None:
    with two_towers:
        answer = ask("What do elephants like?", two_towers)
        refused = ask("Who wrote the Iliad?", two_towers, min_confidence=1)

    assert [len(claim.evidence) for claim in answer.claims] == [1]
    assert refused.claims == Answer("Who?").claims == ()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("A title\n\nFriday, July 21, 2017\n\nOnce.", "Friday, July 21, 2017"),
        ("A title\n\nThursday, May 7, 2015 On Tuesday it rained.", "Thursday, May 7, 2015"),
        ("21st of July 2017", "21st of July 2017"),
        ("2017-07-21T10:00:00Z\nOnce.", "2017-07-21"),
        ("Published: 3 May 2021, 10:14 BST\nOnce.", "3 May 2021"),
        ("Published July 1, 2017 | Updated July 3, 2017", "July 1, 2017"),
        ("TANGIER, Nov. 20, 2025 (MAP) – He said", "Nov. 20, 2025"),
        ("Posted 1 May 2020\n\n2 May 2020", "1 May 2020"),
    ],
)
def test_a_dateline_near_the_top_is_the_documents_date(text: str, stated: str) -> None:
    document = Document(text, "dated")
    found = dateline(document)

    assert found is not None
    assert document.quote(found.span) == stated


@pytest.mark.parametrize(
    "text",
    [
        "It was signed on July 4, 1776.",
        "July 4, 1776 was hot.",
        "Issued on 4 July 1776, the declaration spread.",
        "PARIS, July 21, 2017, and after",
        "Tuesday, May 7, 2015",  # which was a Thursday
        "February 30, 2012",
        "1 May 2020\n\n2 May 2020",
        "07/08/2017",
        "July 2017",
        "Once.\n" * 400 + "Friday, July 21, 2017",
    ],
)
def test_no_date_is_guessed(text: str) -> None:
    assert dateline(Document(text, "undated")) is None


@given(st.text("\n\r\u2028 😀a1", max_size=20), st.text("\n\r b", max_size=10))
def test_a_dateline_is_a_slice_wherever_it_stands(before: str, after: str) -> None:
    document = Document(f"{before}\nFriday, July 21, 2017\n{after}", "dated")
    found = dateline(document)

    assert found is not None
    assert document.quote(found.span) == "Friday, July 21, 2017"
    assert found.date == date(2017, 7, 21)


def _dated(text: str, words: str, title: str, confidence: float, stance: Stance = Stance.STATED) -> Evidence:
    document = Document(text, title)
    cited = Citation(document, Span(text.index(words), text.index(words) + len(words)))
    return Evidence(cited, cited, confidence, stance)


def test_what_is_so_is_not_shown_beside_what_was_planned() -> None:
    planned = _dated("The minister would open it.", "would open it", "Plan", 0.9, Stance.PLANNED)
    done = _dated("Ellie Marsden opened it.", "Ellie Marsden", "News", 0.85)
    assert [claim.text for claim in claims([planned, done])] == ["Ellie Marsden"]


def test_the_newest_of_claims_that_differ_is_first_and_the_others_are_called_older() -> None:
    old = _dated("Issued 1 April 2022\n\nA card costs £5.", "£5", "Notice", 0.95)
    new = _dated("Issued 2 September 2024. This replaces all others.\n\nA card costs £7.", "£7", "Notice", 0.9)
    said = claims([old, new])
    assert [(claim.text, claim.is_superseded) for claim in said] == [("£7", False), ("£5", True)]
    assert wording.sources_of(said[1]) == "1 source, older"


def test_a_newer_claim_that_is_much_less_likely_does_not_lead() -> None:
    old = _dated("Issued 1 April 2022\n\nA card costs £5.", "£5", "Notice", 0.98)
    new = _dated("Issued 2 September 2024\n\nA card costs £7.", "£7", "Notice", 0.61)
    assert [claim.text for claim in claims([old, new])] == ["£5", "£7"]


def test_the_card_and_the_transcript_carry_what_others_say() -> None:
    old = _dated("Issued 1 April 2022\n\nA card costs £5.", "£5", "Notice", 0.95)
    new = _dated("Issued 2 September 2024\n\nA card costs £7.", "£7", "News", 0.9)
    answer = Answer("What is it?", confidence=0.9, claims=claims([old, new]))
    made = card(answer)
    assert '1 source, older: <b dir="auto">£5</b> (<bdi>Notice</bdi>)' in made
    assert [quote["quote"] for quote in quotes_of(evidence_of(made)["answer"])] == ["£7", "£7", "£5"]
    assert "1 source, older: £5 (Notice)" in plain_text(answer)


def test_what_one_document_denies_agrees_with_no_document_that_says_it() -> None:
    said = _dated("Acme bought the mill.", "Acme", "News", 0.9)
    denied = _dated("The board denied that Acme had bought it.", "Acme", "Letter", 0.85, Stance.DENIED)
    assert [len(claim.evidence) for claim in claims([said, denied])] == [1, 1]
