"""A few seconds of `python -m bench.fuzz`, which tries the same for as long as it is told to."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench.fuzz import SAMPLES, Asking, Part, Reading, Splitting, Verifying, fuzz, misquotes


@pytest.mark.parametrize(
    ("part", "examples"),
    [
        (lambda folder: Reading(sorted(SAMPLES.iterdir()), folder), 60),
        (lambda _: Splitting(), 50),
        (Verifying, 50),
    ],
    ids=["read", "split", "verify"],
)
def test_nothing_that_is_given_crashes_hangs_or_is_misquoted(
    tmp_path: Path, part: Callable[[Path], Part], examples: int
) -> None:
    assert fuzz(part(tmp_path), examples) == {}


def test_no_question_about_any_text_crashes_hangs_or_is_misquoted(tmp_path: Path) -> None:
    with closing(Asking(tmp_path)) as part:
        assert fuzz(part, 12) == {}


def test_a_quote_that_is_not_its_slice_is_found() -> None:
    cited = {"document": "a", "start": 0, "end": 3, "quote": "Mali"}
    assert [*misquotes({"text": "Mali", "citations": [cited]}, {"a": "Mali won."})]
    assert not [*misquotes({"text": "Mali", "citations": [cited | {"end": 4}]}, {"a": "Mali won."})]
