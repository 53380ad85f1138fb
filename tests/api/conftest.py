"""One server for all tests of what programs call: it has documents of its own, figures and assistants."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench.served import authorization, call, served
from index import Document, FolderCollection
from qa import article

MAYOR = "The mayor of Tarn closed the harbour on Friday. It will open again in May, she said."


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with FolderCollection(home / "collection") as collection:
        collection.add(article(), Document(MAYOR, "harbour", "harbour.txt"))
    return home


@pytest.fixture(scope="package")
def address(home: Path) -> Iterator[str]:
    with served(home, None, "--metrics", "--mcp") as (address, _):
        call(address, "ready")
        yield address


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A program with the token."""
    with httpx.Client(base_url=address, headers=authorization(address), timeout=120) as client:
        yield client
