"""What starts fast stays fast, errors stay in one tree, and code stays short; `lint-imports` checks the imports."""

import ast
import inspect
from pathlib import Path

import pytest

import index.errors
from tests.conftest import REPOSITORY, ROOMS, RunPython


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


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_has_more_than_400_lines_and_no_function_more_than_40(room: str) -> None:
    for module in _modules(REPOSITORY / room):
        text = module.read_text(encoding="utf-8")
        assert room == "tests" or len(text.splitlines()) <= 400, module
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1:2] if ast.get_docstring(node) else node.body[:1]
                lines = 1 + (node.end_lineno or 0) - first[0].lineno if first else 0
                assert lines <= 40, f"{module}: {node.name}"


def _modules(room: Path) -> list[Path]:
    return [room] if room.is_file() else sorted(room.rglob("*.py"))
