"""A page states what its answered questions ask, and does not state what the others ask."""

import csv
import re
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from index import read
from index.passage import split
from qa.reading.excerpt import Excerpt
from training.synthetic import KINDS, Page, Synthetic, measures, roles, synthetic, table


def pages(kind: object, count: int = 60) -> list[Page]:
    made = []
    for seed in range(count):
        page = Page()
        next(each for each in KINDS if each is kind)(page, Random(seed))
        made.append(page)
    return made


@given(st.integers(0, 2**32))
def test_an_answer_is_a_part_of_the_text_that_no_distractor_holds(seed: int) -> None:
    made = synthetic(Random(seed), distractors=2)
    for answer in made.answers:
        text = made.text[answer.start : answer.end]
        assert text == text.strip() != ""
        assert not any(text in distractor for distractor in made.distractors)


def test_about_half_of_the_questions_have_no_answer() -> None:
    made: list[Synthetic] = [synthetic(Random(seed)) for seed in range(1000)]
    assert 0.45 < sum(bool(one.answers) for one in made) / 1000 < 0.65


def test_every_kind_of_page_asks_what_it_says_and_what_it_nearly_says() -> None:
    for kind in KINDS:
        for page in pages(kind):
            assert page.answered
            assert page.unanswered
            assert not {question for question, _ in page.answered} & set(page.unanswered)


def cells(text: str) -> dict[tuple[str, str], str]:
    """Return the cells of a table, by the name of the row and that of the column in lower case, without its unit."""
    separator = next((each for each in ("\t", " | ") if each in text), None)
    if separator is None:  # as a reader is shown it
        header, *lines = [line.rstrip(".").split(", ") for line in text.splitlines()]
        rows = [line[0].removeprefix(f"{header[0]} ") for line in lines]
        values = [
            [cell.removeprefix(f"{row} {name} ") for name, cell in zip(header[1:], line[1:], strict=True)]
            for row, line in zip(rows, lines, strict=True)
        ]
    else:
        header, *lines = [line.split(separator) for line in text.splitlines()]
        rows, values = [line[0] for line in lines], [line[1:] for line in lines]
    names = [re.sub(r" \(.*\)$", "", name).lower() for name in header[1:]]
    return {
        (row, name): cell
        for row, line in zip(rows, values, strict=True)
        for name, cell in zip(names, line, strict=True)
    }


def test_a_cell_is_asked_for_by_its_row_and_its_column() -> None:
    for page in pages(table):
        held = cells(page.text)
        last = [row for row, _ in held][-1]
        for question, answer in page.answered:
            matching = {cell for (row, name), cell in held.items() if name in question.lower() and row in question}
            totals = {cell for (row, name), cell in held.items() if name in question.lower() and row == last}
            assert page.text[answer.start : answer.end] in (matching or totals)


def test_a_table_is_also_written_as_a_reader_is_shown_it(tmp_path: Path) -> None:
    shown = next(page.text for page in pages(table) if "\t" not in page.text and " | " not in page.text)
    header, *lines = [line.rstrip(".").split(", ") for line in shown.splitlines()]
    held = cells(shown)
    rows = list(dict.fromkeys(row for row, _ in held))
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [header, *([row, *(held[row, name] for r, name in held if r == row)] for row in rows)]
        )
    (passage,) = split(read(tmp_path / "table.csv"))
    assert len(lines) == len(rows)
    assert Excerpt.of(passage).text == shown.strip().rstrip(".")


def test_a_dimension_that_is_asked_for_in_vain_is_not_given() -> None:
    adjectives = {"height": "tall", "length": "long", "width": "wide", "depth": "deep", "age": "old", "weight": "heavy"}
    for page in pages(measures):
        for question in page.unanswered:
            asked = next(word for words in adjectives.items() for word in words if word in question.split())
            thing = " ".join(question.removesuffix("?").split()[-2:])
            (sentence,) = [each for each in re.split(r"(?<=[a-z])\. ", page.text) if f"The {thing} " in each]
            assert adjectives.get(asked, asked) not in sentence.split()


def test_a_person_that_is_asked_for_has_the_role_on_the_same_line() -> None:
    for page in pages(roles):
        for question, answer in page.answered:
            line = next(
                part
                for part in re.split(r"\n|; |, (?=[A-Z])|\), ", page.text)
                if page.text[answer.start : answer.end] in part
            )
            wanted = re.sub(
                r"^Who (?:is|works as) (?:the )?|^What is the name of the |^What (?:is|does) "
                r"|^Which position does |'s role|( do| hold)(?=\?)|\?",
                "",
                question,
            )
            assert wanted in line
