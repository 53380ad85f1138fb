"""Each example of docs/http.md is run as it stands, and what docs/deploy starts is a command that there is."""

import re
import shlex
import shutil
import subprocess

import pytest

from bench.served import authorization
from tests.conftest import REPOSITORY, RunPython

PAGE = (REPOSITORY / "docs" / "http.md").read_text(encoding="utf-8")

PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

CURL = [line for line in PAGE.splitlines() if line.startswith("curl")]


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: re.findall(r"import (\w+)", code)[-1])
def test_an_example_in_python_prints_the_answer(code: str, address: str, python: RunPython) -> None:
    token = authorization(address)["Authorization"].removeprefix("Bearer ")
    printed = python("-c", f"ADDRESS, TOKEN = {address!r}, {token!r}\n{code}")
    assert printed.stdout.startswith("Abdel Latif Hamouchi"), printed.stderr


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here")
@pytest.mark.parametrize("line", CURL, ids=lambda line: line.split()[2].rpartition("/")[2])
def test_an_example_with_curl_gets_an_answer(line: str, address: str) -> None:
    token = authorization(address)["Authorization"].removeprefix("Bearer ")
    command = line.replace("http://127.0.0.1:7860", address)
    done = subprocess.run(
        ["sh", "-c", f"TOKEN={token}; {command}"], capture_output=True, text=True, timeout=120, check=True
    )
    assert "article" in done.stdout


def test_what_is_deployed_starts_a_command_that_there_is(python: RunPython) -> None:
    known = set(
        re.findall(r"--[\w-]+", python("-m", "cited", "serve", "--help", environment={"COLUMNS": "200"}).stdout)
    )
    unit = (REPOSITORY / "docs" / "deploy" / "cited.service").read_text(encoding="utf-8")
    image = (REPOSITORY / "docs" / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    for start in (re.findall(r"ExecStart=\S+/(cited .*)", unit), re.findall(r'CMD (\["cited.*\])', image)):
        words = shlex.split(start[0].translate(str.maketrans("[],", "   ")))
        assert words[:2] == ["cited", "serve"]
        assert {word for word in words if word.startswith("--")} <= known
