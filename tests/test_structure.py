"""What starts fast stays fast, and errors stay in one tree; `lint-imports` holds the direction of imports."""

import inspect

import pytest

import index.errors
from tests.conftest import RunPython


def test_the_model_and_the_page_are_not_loaded_before_they_are_needed(python: RunPython) -> None:
    heavy = {"torch", "sentence_transformers", "gradio", "chardet", "lxml", "pymilvus", "pypdfium2"}

    done = python("-c", f"import sys, qa; print({heavy} & set(sys.modules))")

    assert (done.stdout, done.stderr) == ("set()\n", "")


@pytest.mark.parametrize(
    "error",
    [error for _, error in inspect.getmembers(index.errors, inspect.isclass)],
)
def test_every_error_is_a_cited_error(error: type) -> None:
    assert issubclass(error, index.errors.CitedError)
