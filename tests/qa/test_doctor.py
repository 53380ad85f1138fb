"""`cited doctor` names what is wrong, and the remedy: each set-up here is really broken."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Document, FolderCollection
from index.testing import BagOfWords
from qa.cli import main
from qa.reading.load import SMALL
from tests.conftest import REPOSITORY

Examined = tuple[int, list[str]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with nothing but empty folders, and no proxies."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path / "data" / "cited"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    with FolderCollection(tmp_path / "collection") as collection:
        collection.add_encoded([])
    return tmp_path / "collection"


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Callable[..., Examined]:
    def run(*arguments: object) -> Examined:
        code = main(["doctor", *map(str, arguments)])
        return code, capsys.readouterr().out.splitlines()

    return run


def named(examined: Examined, kind: str = "wrong") -> str:
    """Return the one finding of its kind that a test broke something for."""
    code, lines = examined
    assert code == (1 if kind == "wrong" else 0), lines
    (line,) = [line for line in lines if line.startswith(kind)]
    return line


def test_what_is_sound_is_said_to_be(doctor: Callable[..., Examined], collection: Path) -> None:
    code, lines = doctor("-c", collection)
    assert code == 0, lines
    assert {line.split()[0] for line in lines} <= {"ok", "note"}
    assert any("models that Cited ships with are whole" in line for line in lines)
    assert any(f"{collection} can be opened; it holds 0 documents" in line for line in lines)


def test_a_damaged_reader_is_named(
    doctor: Callable[..., Examined], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = shutil.copytree(SMALL, tmp_path / "reader")
    weights = bytearray((reader / "reader.onnx").read_bytes())
    weights[1000] ^= 1
    (reader / "reader.onnx").write_bytes(weights)
    monkeypatch.setenv("CITED_READER", str(reader))
    assert "are damaged (reader.onnx); install" in named(doctor())


def test_a_reader_that_is_not_there_is_named(doctor: Callable[..., Examined], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITED_READER", "/nowhere/reader")
    assert "no such folder; correct it, or unset CITED_READER" in named(doctor())


def test_a_package_that_is_too_old_is_named(
    doctor: Callable[..., Examined], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old := tmp_path / "filelock-1.0.dist-info").mkdir()
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: filelock\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    said = named(doctor())
    assert "filelock is of version 1.0, but Cited needs" in said
    assert "-m pip install 'filelock" in said


def test_a_file_in_place_of_a_folder_is_named(
    doctor: Callable[..., Examined], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert "file is no folder" in named(doctor())


@pytest.mark.skipif(os.name == "nt", reason="has no such modes")
def test_data_that_others_can_enter_are_named(doctor: Callable[..., Examined], data: Path) -> None:
    data.mkdir(parents=True)
    data.chmod(0o755)
    assert f"mend it with: chmod 700 {data}" in named(doctor())


def test_a_port_in_use_is_named(doctor: Callable[..., Examined]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert f"Port {port} cannot be used (Address already in use); end its program" in named(doctor("--port", port))


def test_a_proxy_that_takes_requests_for_this_machine_is_named(
    doctor: Callable[..., Examined], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    assert "set NO_PROXY=127.0.0.1,localhost" in named(doctor())
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    assert doctor()[0] == 0


def test_a_collection_that_is_not_there_is_named(doctor: Callable[..., Examined], tmp_path: Path) -> None:
    assert "There is no collection at" in named(doctor("-c", tmp_path / "nothing"))


def test_a_newer_collection_is_named(doctor: Callable[..., Examined], collection: Path) -> None:
    _execute(collection, "PRAGMA user_version = 99")
    assert "update Cited to open it" in named(doctor("-c", collection))


def test_a_damaged_collection_is_named(doctor: Callable[..., Examined], collection: Path) -> None:
    database = collection / "collection.sqlite"
    database.write_bytes(database.read_bytes()[:100] + os.urandom(5000))
    assert "restore it from a backup" in named(doctor("-c", collection))


def test_a_collection_of_another_model_is_named(doctor: Callable[..., Examined], tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "other", BagOfWords()) as collection:
        collection.add(Document("The tide turned.", "tide"))
    assert "model" in named(doctor("-c", tmp_path / "other"))


def test_a_locked_collection_is_named_with_the_process_that_holds_it(
    doctor: Callable[..., Examined], collection: Path
) -> None:
    hold = (
        "import pathlib, sys; from index.folder.lock import Lock\n"
        "with Lock(pathlib.Path(sys.argv[1])).held():\n    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(collection)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        code, lines = doctor("-c", collection)
        process.communicate()
    assert code == 1
    assert any(f"is being changed by process {process.pid}" in line for line in lines)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of its own")
def test_a_full_disk_is_named(tmp_path: Path) -> None:
    code = "import sys; from qa.cli import main; sys.exit(main(['doctor']))"
    mount = f"mount -t tmpfs -o size=1m none {tmp_path} && exec {sys.executable} -c {json.dumps(code)}"
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("no mount of one's own is allowed here")
    assert "1 MB free; make room on it" in done.stdout
    assert done.returncode == 1


def _execute(collection: Path, statement: str) -> None:
    database = sqlite3.connect(collection / "collection.sqlite")
    database.execute(statement)
    database.commit()
    database.close()
