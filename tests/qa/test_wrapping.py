"""What surrounds a question is taken off before it is asked."""

import pytest

from qa.answer import Form
from qa.question.kinds import asks_for, is_talk, is_yes_no
from qa.question.wrapping import unwrapped

WRAPPED = """
"who opened it?" | “who opened it?” | „who opened it?“ | ‘who opened it’? | 'who opened it?' | «who opened it?»
**who opened it?** | `who opened it?` | _who opened it_ | 1. who opened it? | (b) who opened it? | - who opened it?
> who opened it? | Q: who opened it? | Question 3: who opened it? | Hi! who opened it? | Good day, who opened it?
who opened it? Thanks! | who opened it, please | Please tell me who opened it. | Can you tell me who opened it?
I want to know who opened it | Do you know who opened it? | WHO OPENED IT? | who opened it | who opened it...
who  opened it ? | Hello, could you please tell me: “who opened it?” Thank you
"""


@pytest.mark.parametrize("wrapped", WRAPPED.strip().replace("\n", " | ").split(" | "))
def test_no_wrapping_changes_a_question(wrapped: str) -> None:
    assert unwrapped(wrapped) == "who opened it?"


@pytest.mark.parametrize(
    "question",
    [
        '"Who" or "what"?',
        "I. M. Pei built what?",
        "What is 'Ondine's Clock'?",
        "Tell me about Lee?",
        "Who is dear to her?",
    ],
)
def test_words_and_marks_of_the_question_itself_stay(question: str) -> None:
    assert unwrapped(question) == question


def test_talk_is_told_from_questions() -> None:
    assert all(map(is_talk, ("hi", "Hello there!", "ok, thanks", "What can you do?", "Thank you very much.")))
    assert not any(map(is_talk, ("Hi, who is the mayor?", "thanks for what?", "who are you working for?", "Bye Lane?")))


def test_questions_for_yes_or_no_are_told_from_others() -> None:
    assert all(map(is_yes_no, ("Is it open?", "And was it closed?", "Hasn't it moved?", "whether it moved?")))
    assert not any(map(is_yes_no, ("Can you list them?", "What is it?", "In which year was it built?")))
    assert asks_for("Did the council ignore a warning?") is Form.STATEMENT
