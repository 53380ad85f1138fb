"""What is asked about the last answer is answered from it: its proof, its speaker, and the sentences behind it."""

import pytest

from index import Document, Passage, Span
from qa import Answer, Citation, Claim, Evidence
from qa.answer import Attribution, Form, RankedPassage
from qa.overview.last import about_last_answer

TEXT = "The kiln was cold, said Ann Berg. It had cracked in the frost. Nobody saw it. The shop stayed open."
DOCUMENT = Document(TEXT, "kiln")


def cited(words: str) -> Citation:
    start = TEXT.index(words)
    return Citation(DOCUMENT, Span(start, start + len(words)))


def answered() -> Answer:
    proven = Evidence(cited("cold"), cited("The kiln was cold, said Ann Berg."), 0.7)
    passage = RankedPassage(Passage(DOCUMENT, Span(0, len(TEXT))), 0.9)
    speaker = Attribution(reported=True, speaker=cited("Ann Berg"))
    return Answer("what was cold?", (passage,), 0.7, (Claim((proven,)),), attribution=speaker, asked="what was cold?")


@pytest.mark.parametrize("doubt", ["Are you sure?", "really?", "and is that true?", "How do you know that?"])
def test_who_doubts_an_answer_gets_it_again_with_its_proof(doubt: str) -> None:
    again = about_last_answer(doubt, [answered()])

    assert again
    assert (again.question, again.claims, again.confidence) == (doubt, answered().claims, 0.7)
    assert again.note


@pytest.mark.parametrize("asking", ["explain that", "Tell me more.", "how so?", "What do you mean?", "please explain"])
def test_an_answer_is_explained_by_the_sentences_behind_it(asking: str) -> None:
    more = about_last_answer(asking, [answered()])

    assert more
    assert more.text == TEXT.removesuffix(" The shop stayed open.")
    assert (more.form, more.passages) == (Form.STATEMENT, answered().passages)


def test_the_last_sentence_of_a_passage_is_explained_by_those_before_it() -> None:
    last = cited("The shop stayed open.")
    answer = Answer("is it open?", answered().passages, 0.7, (Claim((Evidence(last, last, 0.7),)),))

    more = about_last_answer("explain that", [answer])

    assert more
    assert more.text == "It had cracked in the frost. Nobody saw it. The shop stayed open."


def test_what_came_next_or_before_is_the_sentence_beside() -> None:
    cracked = cited("It had cracked in the frost.")
    before = [Answer("why?", answered().passages, 0.7, (Claim((Evidence(cracked, cracked, 0.7),)),))]

    told = {
        asked: about_last_answer(asked, before) for asked in ("and then?", "What happened next?", "and before that?")
    }

    assert [answer.text if answer else "" for answer in told.values()] == [
        "Nobody saw it.",
        "Nobody saw it.",
        "The kiln was cold, said Ann Berg.",
    ]


def test_who_says_so_is_the_speaker_of_the_sentence() -> None:
    said = about_last_answer("who says so?", [answered()])

    assert said
    assert (said.text, said.citations[1].quote) == ("Ann Berg", "The kiln was cold, said Ann Berg.")


@pytest.mark.parametrize("question", ["who saw it?", "explain the frost", "are you sure that it was cold?", "why?"])
def test_a_question_with_a_subject_of_its_own_is_not_about_the_last_answer(question: str) -> None:
    assert about_last_answer(question, [answered()]) is None


def test_nothing_is_said_of_an_answer_that_is_not_there() -> None:
    assert about_last_answer("are you sure?", []) is None
    assert about_last_answer("are you sure?", [Answer("who?")]) is None
