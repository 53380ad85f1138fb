"""Words that no document holds are asked as the documents spell them, and names only if they are clear."""

import pytest

from qa.question.spelling import misspelled, renamed, respelled, with_function_words

TEXTS = ["Ida Bromley kept the lighthouse at Gannet Point.", "Gwen Talbot and Gordon Lisle met Anna Berg, Anna Berk."]


@pytest.mark.parametrize(
    ("question", "missing", "meant"),
    [
        ("When did Ida Bromly come to Ganet Point?", ["Bromly", "Ganet"], "When did Ida Bromley come to Gannet Point?"),
        ("Who is Idda Bromly?", ["Idda", "Bromly"], "Who is Ida Bromley?"),
        ("Who is Gwenn Talbott?", ["Gwenn", "Talbott"], "Who is Gwen Talbot?"),
        ("Who is Gordon Lyle?", ["Lyle"], "Who is Gordon Lyle?"),
        ("Who is Petra Talbot?", ["Petra"], "Who is Petra Talbot?"),
        ("Who is Bromly?", ["Bromly"], "Who is Bromley?"),
        ("Who is Anna Bert?", ["Bert"], "Who is Anna Bert?"),
        ("What does Bert say?", ["Bert"], "What does Bert say?"),
    ],
)  # a name whose neighbour is another's, that is known, too far away, or near to two, stays
def test_a_name_is_respelled_only_if_the_documents_hold_one_that_is_meant(
    question: str, missing: list[str], meant: str
) -> None:
    assert renamed(question, missing, TEXTS) == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("hwo mnay were tehre?", "how many were there?"),
        ("waht is teh cost?", "what is the cost?"),
        ("Wehn did it begin?", "When did it begin?"),
        ("hwo opened it?", "who opened it?"),
        ("hwo did it begin?", "how did it begin?"),
        ("wen was it built?", "when was it built?"),
        ("who is Teh Lin?", "who is Teh Lin?"),
        ("wer hat das gebaut?", "wer hat das gebaut?"),
    ],
)
def test_function_words_are_asked_as_english_spells_them(question: str, meant: str) -> None:
    unknown = "hwo mnay tehre waht teh wehn wen hat das gebaut Teh Lin wer".split()

    assert with_function_words(question, lambda _: unknown) == meant


def test_a_function_word_that_the_documents_hold_stays() -> None:
    assert with_function_words("who is teh?", lambda _: []) == "who is teh?"


def test_several_words_are_respelled_and_other_forms_of_what_the_documents_hold() -> None:
    question = "when did the brige opne and who flound the carck?"
    texts = ["The bridge was opened in 1967.", "She found a crack."]

    words = misspelled(question.rstrip("?").split())

    assert words == ["brige", "opne", "flound", "carck"]
    assert respelled(question, words, texts) == "when did the bridge open and who found the crack?"
