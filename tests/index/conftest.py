"""Where a test keeps its collection: in a folder, in a Milvus Lite file, or on a Milvus server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from index import (
    Collection,
    Document,
    Place,
    open_collection,
)
from index.testing import BagOfWords

FOLDER, FILE, SERVER = "folder", "Milvus Lite file", "Milvus server"

NUMBERS = count(1)
"""Of homes; one server has them all."""


@dataclass(frozen=True)
class Home:
    """Where one test keeps its collection."""

    address: str

    def open(self, encoder: BagOfWords | None = None) -> Collection:
        return open_collection(self.address, encoder or BagOfWords())


@pytest.fixture
def homes(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Home]:
    """Name a new home of a kind; of each kind, any number for a test."""

    def home(kind: str) -> Home:
        name = f"collection{next(NUMBERS)}"
        if kind == FOLDER:
            return Home(str(tmp_path / name))
        if kind == FILE:
            pytest.importorskip("pymilvus", reason="needs pip install 'cited[milvus]'")
            return Home(str(tmp_path / f"{name}.db"))
        return Home(f"{request.getfixturevalue('milvus_server')}/{name}")

    return home


@pytest.fixture(params=[FOLDER, FILE, SERVER])
def home(request: pytest.FixtureRequest, homes: Callable[[str], Home]) -> Home:
    return homes(request.param)


@pytest.fixture(params=[FOLDER, SERVER])
def shared(request: pytest.FixtureRequest, homes: Callable[[str], Home]) -> Home:
    """A home that several processes may use at once."""
    return homes(request.param)


ODD_PLACES = (Place(0, "page 1"), Place(5, "section “Zoë’s”\0\n👩‍👩‍👧"))


def kept(documents: Sequence[Document]) -> list[tuple[object, ...]]:
    """All that must come back of documents, which are equal when their texts are."""
    return [
        (each.text, each.title, each.source, each.places, each.blocks, each.tables, each.boxes) for each in documents
    ]
