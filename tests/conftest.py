import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from index import Collection, Document
from qa import article, article_collection
from tests.loopback import sitecustomize  # noqa: F401 - refuses from now on

# No test may reach beyond this machine, nor a process that it starts (see tests/loopback).
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(Path(__file__).with_name("loopback")), os.environ.get("PYTHONPATH")])
)

# No test may reach for a model hub. Hugging Face's library looks once, when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"

# The same examples in every run, so that a failure is about the change at hand; no deadline, for the machine is shared.
settings.register_profile("cited", derandomize=True, deadline=None, max_examples=150)
settings.register_profile("quick", settings.get_profile("cited"), max_examples=20)
settings.load_profile("cited")

REPOSITORY = Path(__file__).resolve().parent.parent
ROOMS = ("app.py", "api", "cited", "page", "qa", "index", "evaluation", "bench", "training", "tests", "docs")

CHROMIUM = next(
    filter(None, map(shutil.which, (os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome"))), None
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; `make test` says how to get one")


SLOW_FIXTURES = {"python", "address", "mpnet", "bert", "installed"}
"""What starts another process, serves the page, or makes a model."""

SLOW_MODULES = (
    "test_reader.py",
    "test_suggestions.py",
    "test_conversation.py",
    "test_damage.py",
    "test_database.py",
    "test_check.py",
    "test_disk.py",
    "test_concurrency.py",
    "test_sandbox.py",
    "test_hostile.py",
    "test_scale.py",
)
"""What reads dozens of passages or harmful files, opens collections from several processes, or makes large ones."""


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where only the quick tests are asked for."""
    if "not slow" in config.option.markexpr:
        settings.load_profile("quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, so that `-m "not slow and not browser and not milvus"` leaves the quick ones."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"browser", "page"}:
            item.add_marker(pytest.mark.browser)
        if "milvus" in item.nodeid.lower():
            item.add_marker(pytest.mark.milvus)
        if fixtures & SLOW_FIXTURES or item.path.name in SLOW_MODULES or "training" in item.path.parts:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _a_user_without_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        environment.delenv("CITED_COLLECTION", raising=False)
        environment.delenv("CITED_MODEL", raising=False)
        environment.delenv("CITED_READER", raising=False)
        yield


@pytest.fixture(scope="session")
def the_article() -> Document:
    return article()


@pytest.fixture(scope="session")
def about_the_article() -> Collection:
    """The bundled article's collection, in the real model's vectors: the one place where this process loads it."""
    return article_collection()


class RunPython(Protocol):
    def __call__(
        self, *arguments: object, typed: str = "", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def python() -> RunPython:
    """Run another Python process in the repository, with `environment` over this one's."""

    def run(
        *arguments: object, typed: str = "", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            input=typed,
            env=os.environ | dict(environment or {}),
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve Milvus Lite from a process of its own; return the address, to which each test adds its own database.

    One worker, because Milvus Lite does not bear two calls that write at once, as several processes' may.
    """
    pytest.importorskip("pymilvus", reason="needs pip install 'cited[milvus]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("milvus")
    options = ["--data-dir", folder, "--host", "127.0.0.1", "--port", port, "--max-workers", 1]
    command = [sys.executable, "-u", "-m", "milvus_lite", "server", *map(str, options)]  # -u: unbuffered
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        assert "listening" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
        server.terminate()
