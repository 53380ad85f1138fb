"""Words that no document holds are asked as the documents spell them, and names only if they are clear."""

import pytest

from qa.question.function_words import with_function_words
from qa.question.spelling import held_in, misspelled, renamed, respaced, respelled, with_capitals

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
        ("hwo otfen does it run?", "how often does it run?"),
        ("waht is teh cost?", "what is the cost?"),
        ("Wehn did it begin?", "When did it begin?"),
        ("hwo opened it?", "who opened it?"),
        ("hwo did it begin?", "how did it begin?"),
        ("wen was it built?", "when was it built?"),
        ("who is Teh Lin?", "who is Teh Lin?"),
        ("WEN WAS TEH COST KNOWN?", "WHEN WAS THE COST KNOWN?"),
        ("whats the cost and whos the clerk", "what is the cost and who is the clerk"),
        ("whos car was stolen?", "whose car was stolen?"),
        ("hoo opened it and y did they?", "who opened it and why did they?"),
        ("ware did they go?", "where did they go?"),
        ("were is the ferry?", "where is the ferry?"),
        ("were they hurt?", "were they hurt?"),
        ("in wut year did it end?", "in what year did it end?"),
        ("witch hospital is nearest?", "which hospital is nearest?"),
        ("when dose it open?", "when does it open?"),
        ("how much dose it cost?", "how much does it cost?"),
        ("what dose was given?", "what dose was given?"),
        ("who r the members and do u know them?", "who are the members and do you know them?"),
        ("why didnt it open on the 5 th of May?", "why didn't it open on the 5 th of May?"),
        ("then did it fall?", "then did it fall?"),
        ("wer hat das gebaut?", "wer hat das gebaut?"),
    ],
)
def test_function_words_are_asked_as_english_spells_them(question: str, meant: str) -> None:
    unknown = "hwo mnay tehre waht teh wehn wen hat das gebaut Teh Lin wer WEN TEH".split()
    unknown += "otfen whos hoo ware wut witch dose didnt th".split()

    assert with_function_words(question, lambda _: unknown) == meant


def test_a_function_word_that_the_documents_hold_stays() -> None:
    assert with_function_words("who is teh?", lambda _: []) == "who is teh?"


def test_several_words_are_respelled_and_other_forms_of_what_the_documents_hold() -> None:
    question = "when did the brige opne and who flound the carck?"
    held = held_in(["The bridge was opened in 1967.", "She found a crack."])

    words = misspelled(question.rstrip("?").split())

    assert words == ["brige", "opne", "flound", "carck"]
    assert respelled(question, words, held) == "when did the bridge open and who found the crack?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("repare", "repair"),
        ("colapse", "collapse"),
        ("definately", "definitely"),
        ("recieved", "received"),
        ("fotograph", "photograph"),
        ("nife", "knife"),
        ("libary", "library"),
        ("becomming", "becoming"),
        ("watre", "water"),
        ("hoems", "homes"),
        ("xyzzyq", "xyzzyq"),
    ],
)  # what sounds alike is nearer than what has as many letters in common; the documents need not hold it, if it is long
def test_a_word_is_respelled_by_its_letters_and_by_its_sound(typed: str, meant: str) -> None:
    held = held_in(["They repaired the roofs of homes by the water with a knife."])

    assert respelled(f"the {typed}?", misspelled([typed]), held) == f"the {meant}?"


@pytest.mark.parametrize(
    "word",
    "invoices tabular transistor footbridge utilised colourful theatre uploader reposted hamster Tarnbrige".split(),
)
def test_a_right_word_that_the_documents_do_not_hold_stays(word: str) -> None:
    assert misspelled([word]) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("when did ida bromly come?", "when did ida bromley come?"),
        ("what did mister bromly keep?", "what did mister bromley keep?"),
        ("who is petra bromly?", "who is petra bromly?"),
        ("who is bromly talbot?", "who is bromly talbot?"),
    ],
)  # another first name is another person's
def test_a_name_in_small_letters_is_respelled_only_beside_what_may_stand_there(question: str, meant: str) -> None:
    held = held_in([*TEXTS, "The mister was away."])

    assert respelled(question, ["bromly"], held) == meant


def test_a_word_that_is_near_to_two_stays() -> None:
    held = held_in(["The crank and the crane were new."])

    assert respelled("how old is the cranp?", ["cranp"], held) == "how old is the cranp?"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("howmany fire fighters came?", "how many firefighters came?"),
        ("who left thebridge?", "who left the bridge?"),
        ("who laid the conc rete?", "who laid the concrete?"),
        ("who saw tarnbridge?", "who saw tarnbridge?"),
    ],
)  # two words that are both the documents' may well be one name
def test_words_are_joined_and_taken_apart(question: str, meant: str) -> None:
    missing = "howmany fire fighters thebridge conc rete tarnbridge".split()

    def unheld(text: str) -> list[str]:
        return [word for word in text.split() if word in missing]

    assert respaced(question, unheld(question.rstrip("?")), unheld) == meant


def test_names_get_the_capitals_of_the_documents_where_a_question_has_none() -> None:
    assert with_capitals("who is anna berg?", TEXTS) == "who is Anna Berg?"
    assert with_capitals("who is Petra berg?", TEXTS) == "who is Petra berg?"
