"""Where a collection is kept: a folder, a Milvus Lite file, or a Milvus server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from index.collection import Collection
from index.encoder.base import Encoder
from index.errors import UnusableCollection
from index.folder.collection import FolderCollection
from index.folder.collection import is_collection as is_folder_collection
from index.milvus.collection import MilvusCollection

Address = str | os.PathLike[str]
"""A folder's path, a Milvus Lite file's, which ends in `.db`, or `http(s)://host:port/database` of a Milvus server."""


def open_collection(address: Address, encoder: Encoder | None = None) -> Collection:
    """Open the collection at `address`, or make one there.

    Args:
        encoder: turns text into vectors; without one, the packaged model or what `CITED_MODEL` names.

    Raises:
        UnusableCollection: as for `Collection` and `MilvusCollection`.
    """
    if _is_milvus(address):
        return MilvusCollection(os.fspath(address), encoder)
    return FolderCollection(address, encoder)


def existing_collection(address: Address) -> Collection:
    """Open the collection at `address`, and make none.

    Raises:
        UnusableCollection: there is none, or as for `open_collection`.
    """
    if not is_collection(address):
        shown = without_password(address)
        raise UnusableCollection(
            f"There is no collection at {shown}; make one with: cited add FILE --collection {shown}"
        )
    return open_collection(address)


@contextmanager
def opened(collection: Collection | Address) -> Iterator[Collection]:
    """Lend `collection` itself, or the one at that address, which is closed afterwards.

    Raises:
        UnusableCollection: as for `existing_collection`.
    """
    if isinstance(collection, Collection):
        yield collection
    else:
        with existing_collection(collection) as at_address:
            yield at_address


def is_collection(address: Address) -> bool:
    """Return whether there is a collection at `address`; look without making one.

    Raises:
        UnusableCollection: as for `MilvusCollection`.
    """
    if not _is_milvus(address):
        return is_folder_collection(Path(address))
    if not _is_server(address) and not Path(address).exists():
        return False
    with MilvusCollection(os.fspath(address)) as collection:
        return collection.is_made()


def without_password(address: Address) -> str:
    """Return `address` as it may be shown."""
    name = os.fspath(address)
    return "://".join([urlsplit(name).scheme, name.rpartition("@")[2]]) if _is_server(name) and "@" in name else name


def _is_milvus(address: Address) -> bool:
    return _is_server(address) or (os.fspath(address).endswith(".db") and not is_folder_collection(Path(address)))


def _is_server(address: Address) -> bool:
    return "://" in os.fspath(address)
