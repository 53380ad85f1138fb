"""The program says what it can do, and nothing steers it or the terminal."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from index import Document, FolderCollection
from tests.conftest import REPOSITORY, RunPython
from tests.qa.cli.conftest import OPENED, Cited, Outcome

COMMANDS = sorted(module.stem for module in (REPOSITORY / "qa" / "cli" / "commands").glob("[a-z]*.py"))


def test_an_option_goes_before_the_setting_and_without_both_the_article_is_asked(
    cited: Cited, tmp_path: Path, moon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    monkeypatch.setenv("CITED_COLLECTION", str(first))
    cited("add", moon)
    cited("add", other, "--collection", second)

    assert "moon" in cited("list").out
    assert "other" in cited("list", "--collection", second).out
    for nothing in (monkeypatch.delenv, lambda name: monkeypatch.setenv(name, "")):
        nothing("CITED_COLLECTION")
        assert "article" in cited("list").out


def test_the_article_is_read_only(cited: Cited, moon: Path) -> None:
    outcome = cited("add", moon)

    assert (outcome.code, outcome.out) == (1, "")
    assert "read-only" in outcome.err
    assert "--collection" in outcome.err
    assert cited("list").out.count("\n") == 1


@pytest.mark.parametrize("command", ["ask Who?", "list", "check", "rebuild"])
@pytest.mark.parametrize("existing", [True, False], ids=["an empty folder", "no folder"])
def test_where_there_is_no_collection_only_adding_makes_one(
    cited: Cited, tmp_path: Path, command: str, existing: bool
) -> None:
    folder = tmp_path / "folder"
    if existing:
        folder.mkdir()

    outcome = cited(*command.split(), "--collection", folder)

    assert (outcome.code, outcome.out) == (1, "")
    assert f"no collection at {folder}" in outcome.err
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"] * existing


@pytest.mark.slow
@pytest.mark.usefixtures("about_the_article")  # so that the process needs no model
def test_a_reader_that_stops_reading_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "qa", "list"], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()

        assert listing.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.usefixtures("about_the_article")
def test_a_full_disk_behind_the_output_is_one_sentence() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        listing = subprocess.run(
            [sys.executable, "-m", "qa", "list"],
            cwd=REPOSITORY,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert listing.returncode == 1
    assert listing.stderr == "cited: The output cannot be written (No space left on device).\n"


FORGED = "added      /etc/passwd\ncited: all is well"

STEERING = f"\x1b]52;c;Zm9v\x07\x9b31m\x85\u2028\u202e\r{FORGED}"
"""What puts text into the clipboard, colours, turns the direction round, and begins lines."""


def check_harmless(outcome: Outcome) -> None:
    """Nothing steers the terminal, and no line of a text or a name passes for one of the program's."""
    shown = outcome.out + outcome.err
    assert not set(shown) & set("\x1b\x07\x9b\x85\u2028\u202e\r")
    assert not any(line.startswith(("added      /etc", "cited: all")) for line in shown.split("\n"))


def test_no_text_and_no_name_steers_the_terminal_or_forges_a_line(cited: Cited, tmp_path: Path) -> None:
    folder = tmp_path / "collection"
    text = f"NASA was founded in 1958 in Washington. {STEERING} It is large."
    with FolderCollection(folder) as collection:
        collection.add(Document(text, f"title {STEERING}", f"source {STEERING}"))
    here = ("--collection", folder)

    listed, as_json = cited("list", *here), cited("list", "--json", *here)
    answers = [cited("ask", *options, "when was NASA founded?", *here) for options in ([], ["--json"], ["--quiet"])]
    removed = cited("remove", STEERING, *here)
    for outcome in (listed, as_json, *answers, removed):
        check_harmless(outcome)
    assert json.loads(as_json.out)["source"] == f"source {STEERING}"
    assert "\\x1b]52;c;Zm9v\\x07" in listed.out
    assert "1958" in answers[0].out
    assert "passages" in json.loads(answers[1].out)
    assert removed.code == 1


@pytest.mark.skipif(
    sys.platform == "win32", reason="needs a system on which a file's name may hold a control character"
)
def test_the_name_of_a_file_that_is_added_or_refused_is_shown_escaped(cited: Cited, tmp_path: Path) -> None:
    name = STEERING.replace("/", ":")
    for good in ("good", "empty"):
        (tmp_path / f"{good}{name}.txt").write_text("Birds fly." if good == "good" else "")
    added = cited("add", tmp_path, "--collection", tmp_path / "collection")
    check_harmless(added)
    assert added.out.count("\n") == 3
    assert added.out.count("\\x1b]52;c;Zm9v\\x07") == 2
    check_harmless(cited("add", tmp_path / f"missing{name}", "--collection", tmp_path / "collection"))


def test_options_say_as_much_as_is_asked_for(cited: Cited, tmp_path: Path, moon: Path) -> None:
    folder = tmp_path / "collection"

    assert cited("add", moon, "--quiet", "--collection", folder) == Outcome(0, "", "")
    (described,) = [json.loads(line) for line in cited("list", "--json", "--collection", folder).out.splitlines()]
    (document,) = FolderCollection(folder).documents()
    assert described == {
        "id": document.id,
        "title": "moon",
        "source": str(moon),
        "characters": len(document.text),
    }
    asked = cited("ask", "-q", "what did NASA celebrate?", "-c", folder)
    assert asked == Outcome(0, "its landing on the Moon\n", "")
    assert cited("check", "--quiet", "--collection", folder) == Outcome(0, "", "")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_each_command_says_what_it_does_and_gives_an_example(cited: Cited, command: str) -> None:
    outcome = cited(*command.split(), "--help")

    assert (outcome.code, outcome.err) == (0, "")
    assert "Usage: cited" in outcome.out
    assert ("Example: cited " if command else "Exit codes: 0 done") in outcome.out


def test_a_command_that_is_not_understood_has_a_code_of_its_own(cited: Cited) -> None:
    for arguments in ([], ["fly"], ["list", "--colour"], ["add"]):
        outcome = cited(*arguments)
        assert outcome.code == 2
        assert "Usage: cited" in outcome.out + outcome.err


def test_the_version_is_that_of_the_package(cited: Cited) -> None:
    assert cited("--version").out == f"cited {version('cited')}\n"


# The first thing that a new user does, with nothing in the cache, and no network.
OFFLINE = """
import os, sys

def stay_here(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0] if event.startswith("socket.get") else arguments[1]
        if isinstance(host, tuple):
            host = host[0]
        if host not in {"127.0.0.1", "::1", "localhost", None}:
            print(f"{event} {host!r}", file=sys.stderr, flush=True)
            os._exit(99)  # nothing can catch this

sys.addaudithook(stay_here)
from qa.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_new_user_asks_the_article_without_any_network(tmp_path: Path, python: RunPython) -> None:
    new = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "0"}
    new["PYTHONPATH"] = ""  # so that this guard, which nothing can catch, is the first to see an attempt

    done = python("-c", OFFLINE, "ask", typed=f"{OPENED}\n???\n", environment=new)

    assert done.stderr == "cited: The question holds no words; type one that does.\n"
    assert done.returncode == 1
    assert done.stdout.startswith("Abdel Latif Hamouchi\n")
    assert "article, line 9, characters" in done.stdout


def test_the_guard_against_the_network_can_fail(python: RunPython) -> None:
    code = OFFLINE.replace("from qa.cli import main", "import socket; socket.create_connection(('192.0.2.1', 80))")

    assert python("-c", code, environment={"PYTHONPATH": ""}).returncode == 99
