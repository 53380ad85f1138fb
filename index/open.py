"""Opening a collection by its address: a folder, a Milvus Lite file or a Milvus server."""

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
"""The path of a folder, the path of a Milvus Lite file (ending in `.db`), or `http(s)://host:port/database`."""


def open_collection(address: Address, encoder: Encoder | None = None) -> Collection:
    """Open the collection at `address`. Create it if it does not exist.

    Args:
        address: a folder, a Milvus Lite file ending in `.db`, or the URL of a Milvus server.
        encoder: the model that turns text into vectors. The default is the model that `CITED_MODEL` names, or else
            the packaged one.

    Returns:
        The open collection. Close it after use, or use it in a `with` statement.

    Raises:
        UnusableCollection: as for `FolderCollection` and `MilvusCollection`.
    """
    if _is_milvus(address):
        return MilvusCollection(os.fspath(address), encoder)
    return FolderCollection(address, encoder)


def existing_collection(address: Address) -> Collection:
    """Open the collection at `address`. Never create one.

    Args:
        address: as for `open_collection`.

    Returns:
        The open collection, with the default encoder.

    Raises:
        UnusableCollection: no collection exists there, or as for `open_collection`.
    """
    if not is_collection(address):
        shown = without_password(address)
        raise UnusableCollection(
            f"There is no collection at {shown}; make one with: cited add FILE --collection {shown}"
        )
    return open_collection(address)


@contextmanager
def opened(collection: Collection | Address) -> Iterator[Collection]:
    """Return a context manager for `collection`. A collection given by its address is closed at the end.

    Args:
        collection: an open collection, which stays open, or the address of one.

    Yields:
        The open collection.

    Raises:
        UnusableCollection: as for `existing_collection`.
    """
    if isinstance(collection, Collection):
        yield collection
    else:
        with existing_collection(collection) as at_address:
            yield at_address


def is_collection(address: Address) -> bool:
    """Return whether a collection exists at `address`. Never create one.

    Args:
        address: as for `open_collection`.

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
    """Return `address` without the user name and password that a URL may contain.

    >>> without_password("https://user:secret@host:19530/db")
    'https://host:19530/db'
    """
    name = os.fspath(address)
    return "://".join([urlsplit(name).scheme, name.rpartition("@")[2]]) if _is_server(name) and "@" in name else name


def _is_milvus(address: Address) -> bool:
    return _is_server(address) or (os.fspath(address).endswith(".db") and not is_folder_collection(Path(address)))


def _is_server(address: Address) -> bool:
    return "://" in os.fspath(address)
