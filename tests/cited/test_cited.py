"""The public package: what a user imports, and what is installed."""

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import cited
from cited import Conversation, ask, open_collection
from index import Document, UnusableCollection, UnusableQuestion
from index.testing import BagOfWords
from tests.conftest import REPOSITORY, RunPython

USER = """
import cited
answer: cited.Answer = cited.ask("who opened the conference?", min_confidence=0.5)
kept: cited.Collection = cited.open_collection("folder")
print(answer.text, [citation.place for citation in answer.citations], len(kept))
"""

UNSEEN = """
[mypy]
[mypy-torch.*,sentence_transformers.*,transformers.*]
follow_imports = skip
"""
"""Minutes of other people's types, of which none reaches a user of Cited."""


def test_the_version_is_that_of_the_package() -> None:
    assert cited.__version__ == importlib.metadata.version("cited")


def test_everything_that_is_named_public_is_there() -> None:
    assert all(hasattr(cited, name) for name in cited.__all__)


@pytest.mark.usefixtures("about_the_article")
def test_a_folder_is_asked_by_its_path_and_is_not_left_open(tmp_path: Path) -> None:
    with open_collection(tmp_path / "kept") as collection:
        collection.add(Document("NASA was founded in 1958.", "nasa"))
        expected = ask("when was NASA founded?", collection)

    assert expected.text == "1958"
    assert ask("when was NASA founded?", tmp_path / "kept") == expected
    assert ask("when was NASA founded?", str(tmp_path / "kept")) == expected
    assert Conversation(tmp_path / "kept").ask("when was NASA founded?") == expected


def test_a_folder_without_a_collection_is_not_made_into_one(tmp_path: Path) -> None:
    with pytest.raises(UnusableCollection, match=f"no collection at {tmp_path / 'nothing'}; make one with: "):
        ask("who?", tmp_path / "nothing")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("confidence", [80, -0.1, float("nan")])
def test_a_confidence_that_is_no_probability_is_refused_in_a_sentence(tmp_path: Path, confidence: float) -> None:
    with open_collection(tmp_path, BagOfWords()) as collection:
        collection.add(Document("Some words.", "some"))
        with pytest.raises(UnusableQuestion, match=f"probability from 0 to 1, not {confidence}; for 80 % give 0.8"):
            ask("which words?", collection, min_confidence=confidence)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment in which the wheel is installed, beside the libraries of this one."""
    pytest.importorskip("hatchling", reason="needs hatchling to build a wheel")
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    packages = folder / "venv" / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(packages)
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "venv" / "bin" / "python"


@pytest.mark.slow
@pytest.mark.usefixtures("about_the_article")
def test_an_installed_wheel_asks_and_finds_its_page(installed: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [installed, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run("-c", "import app, cited, index, page, qa; print(app.__file__, cited.__file__, index.__file__)")
    assert all(path.startswith(str(installed.parents[1])) for path in where.split())
    assert run("-m", "cited", "--version") == f"cited {cited.__version__}\n"
    assert run("-m", "cited", "ask", "-q", "who opened the conference?") == "Abdel Latif Hamouchi\n"
    assert run("-c", "import app; app.page(); print('drawn')") == "drawn\n"


@pytest.mark.slow
def test_a_users_strictly_typed_script_passes_mypy(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(USER)
    (tmp_path / "mypy.ini").write_text(UNSEEN)
    checking = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed), "script.py"]

    done = subprocess.run(checking, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.stdout.startswith("Success"), done.stdout


@pytest.mark.slow
def test_the_commands_and_the_module_say_the_same(python: RunPython) -> None:
    assert "serve" in python("-m", "cited", "--help").stdout
    assert python("-m", "cited", "list").stdout == python("-m", "qa", "list").stdout
