"""Questions are asked and answered at the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import Document
from qa import ask
from tests.conftest import REPOSITORY
from tests.qa.cli.conftest import OPENED, Cited


def test_ask_prints_the_answer_its_quote_in_context_and_where_it_stands(cited: Cited, the_article: Document) -> None:
    outcome = cited("ask", "who", "opened", "the", "conference?")

    answer = ask(OPENED)
    span = answer.citations[0].span
    context = answer.passages[0].passage.text.replace(answer.text, f"«{answer.text}»")
    place = f"article, line 9, characters {span.start} to {span.end}, confidence {answer.confidence:.0%}"
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(answer.text)
    assert outcome.out.replace("│", "").split() == f"{answer.text} {context} {place}".split()
    assert the_article.text[span.start : span.end] == answer.text


def test_json_holds_the_same_for_programs_one_line_an_answer(cited: Cited) -> None:
    outcome = cited("ask", "--json", typed=f"{OPENED}\n\n  Where is Morocco?\r\n".encode())

    assert (outcome.code, outcome.err) == (0, "")
    assert [json.loads(line) for line in outcome.out.splitlines()] == [
        ask(OPENED).to_dict(),
        ask("Where is Morocco?").to_dict(),
    ]


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("?!…".encode(), "no words"),
        (b"why?" * 25_000, "100,000 characters"),
        ("Qui a ouvert la conférence ?".encode("latin-1"), ""),
    ],
    ids=["punctuation", "too long", "not UTF-8"],
)
def test_a_bad_question_among_good_ones_is_complained_of_and_the_others_answered(
    cited: Cited, bad: bytes, complaint: str
) -> None:
    outcome = cited("ask", "--json", typed=b"\n".join([OPENED.encode(), bad, OPENED.encode()]))

    assert outcome.code == 1
    assert outcome.err.startswith("cited: The question ")
    assert complaint in outcome.err
    assert outcome.err.count("\n") == 1
    assert [json.loads(line)["question"] for line in outcome.out.splitlines()] == [OPENED, OPENED]


def test_a_conversation_is_plain_where_it_is_piped_and_its_questions_depend_on_each_other(cited: Cited) -> None:
    outcome = cited("chat", typed=f"{OPENED}\n?!\nwhat is his position?\n".encode())

    assert outcome.code == 1
    assert outcome.err == "cited: The question holds no words; type one that does.\n"
    assert outcome.out.startswith("Abdel Latif Hamouchi\n")
    assert "Understood as: what is Abdel Latif Hamouchi's position?" in outcome.out
    assert outcome.out.count("article, line") >= 2
    assert "\x1b" not in outcome.out


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_conversation_at_a_terminal_asks_for_questions_and_answers_in_colours_until_ctrl_d() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "qa", "chat"],
        cwd=REPOSITORY,
        env=os.environ | {"NO_COLOR": "", "TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as chat:
        os.close(theirs)
        shown = b""
        for prompts, typed in ((1, f"{OPENED}\n".encode()), (2, b"\x04")):
            while shown.count(b"\n? ") < prompts:
                shown += os.read(ours, 10_000)
            os.write(ours, typed)
        chat.wait(timeout=60)
    os.close(ours)
    assert chat.returncode == 0
    assert b"\x1b[1;32mAbdel Latif Hamouchi\x1b[0m" in shown


def test_an_empty_question_is_a_bad_one(cited: Cited) -> None:
    outcome = cited("ask", "")

    assert (outcome.code, outcome.out) == (1, "")
    assert "no words" in outcome.err


def test_documents_are_asked_alone_by_the_names_that_remove_takes_and_what_they_do_not_hold_is_said(
    cited: Cited, tmp_path: Path, moon: Path
) -> None:
    (birds := tmp_path / "birds.txt").write_text("Birds fly.", encoding="utf-8")
    collection = tmp_path / "collection"
    cited("add", moon, birds, "--collection", collection)
    question = ("ask", "what did NASA celebrate?", "--collection", collection)

    told = cited(*question, "--document", birds).out
    assert told.startswith("Not stated; the documents do not hold: NASA, celebrate.\n\nRelated, not an answer:\n")
    assert "│ Birds fly.\n" in told
    assert cited(*question, "--document", birds, "--document", moon).out == cited(*question).out
    assert cited(*question, "--document", "stars.txt").err.startswith("cited: No document here has the id")
