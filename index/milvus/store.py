"""The rows in Milvus: on a cluster, on a server, or in a file of Milvus Lite. Only this module imports pymilvus.

All reads use strong consistency.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from weakref import finalize

from index.encoder.base import Encoder, Vectors
from index.encoder.identity import Identity
from index.errors import UnusableCollection
from index.milvus.lite import NotInstalled, release, serve
from index.milvus.rows import LONGEST_STRING

DOCUMENTS, PASSAGES = "cited_documents", "cited_passages"
"""The two Milvus collections that form one of ours."""

_FORMAT = "1"

_DEFAULT_DATABASE = "default"

_LONGEST_KEY = 100
"""Longest key in characters. The key of a version has about 80."""

ROWS = 200
"""Rows written or read by key in one call. They have at most 13 MB of text; Milvus accepts 64 MB."""

WIDEST_SEARCH = 16_384
"""Largest number of passages that one Milvus search returns."""

HNSW = {"M": 16, "efConstruction": 200}
BM25 = {"bm25_k1": 1.2, "bm25_b": 0.75}  # the values that Tantivy uses

CONNECTING, _PATIENCE = 20.0, 60.0
"""Seconds to wait for the answer to the first call, and to any later call."""


class Store:
    """The rows in a Milvus database. The schema is created before the first row is written.

    Args:
        address: as for `MilvusCollection`.
        encoder: the model that makes the vectors.

    Raises:
        UnusableCollection: as for `MilvusCollection`. Any method except `close` may raise it too.
    """

    def __init__(self, address: str, encoder: Encoder) -> None:
        self._connection = Connection(address)
        self._encoder = encoder
        self._is_made = False
        try:
            self.is_made()
        except BaseException:  # even Ctrl-C: the file would stay locked
            self.close()
            raise

    @property
    def address(self) -> str:
        """The address without the password."""
        return self._connection.address

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def get(self, collection: str, keys: Sequence[str], *fields: str) -> dict[str, Mapping[str, Any]]:
        """Return key → row. Keys without a row are left out."""
        rows: dict[str, Mapping[str, Any]] = {}
        if self.is_made():
            for some in _batches(keys):
                with self._translating_errors():
                    found = self._client.query(
                        collection,
                        ids=some,
                        output_fields=["id", *fields],
                        consistency_level="Strong",
                        timeout=_PATIENCE,
                    )
                rows |= {row["id"]: row for row in found}
        return rows

    def marks(self) -> dict[str, Mapping[str, Any]]:
        """Return key → row for the rows `added` and `removed` of all incarnations."""
        if not self.is_made():
            return {}
        rows: dict[str, Mapping[str, Any]] = {}
        with self._translating_errors():
            found = self._client.query_iterator(
                DOCUMENTS,
                batch_size=1000,
                filter='kind in ["added", "removed"]',
                output_fields=["id", "content"],
                consistency_level="Strong",
                timeout=_PATIENCE,
            )
            while batch := found.next():
                rows |= {row["id"]: row for row in batch}
            found.close()
        return rows

    def search(self, field: str, query: str | Vectors, depth: int, condition: str) -> list[Mapping[str, Any]]:
        """Return the `depth` best matches among the passages that satisfy `condition`, best first."""
        with self._translating_errors():
            (hits,) = self._client.search(
                PASSAGES,
                data=[query],
                anns_field=field,
                limit=depth,
                filter=condition,
                output_fields=["start", "end"],
                search_params={"params": {"ef": 2 * depth} if field == "vector" else {}},
                consistency_level="Strong",
                timeout=_PATIENCE,
            )
        return list(hits)

    def upsert(self, collection: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write `rows`, in place of those with the same keys."""
        for some in _batches(rows):
            with self._translating_errors():
                self._client.upsert(collection, some, timeout=_PATIENCE)

    def clear(self, incarnations: Iterable[str]) -> None:
        """Delete all rows of removed incarnations except the row `removed`."""
        for incarnation in incarnations:
            with self._translating_errors():
                for name in (PASSAGES, DOCUMENTS):
                    self._client.delete(name, filter=f'printing like "{incarnation}-%"', timeout=_PATIENCE)
                self._client.delete(DOCUMENTS, ids=[f"{incarnation}/added"], timeout=_PATIENCE)

    def is_made(self) -> bool:
        """Return whether a document has ever been added, by this or another process."""
        if not self._is_made:
            with self._translating_errors():
                if self._connection.enter_database() and self._client.has_collection(DOCUMENTS, timeout=_PATIENCE):
                    self._check_settings()
                    for name, fields in _INDEXES.items():
                        self._load_collection(name, fields)
                    self._is_made = True
        return self._is_made

    def _check_settings(self) -> None:
        settings = self._client.describe_collection(DOCUMENTS, timeout=_PATIENCE)["properties"]
        version = settings.get("cited.format")
        if version != _FORMAT:
            raise UnusableCollection(
                f"{self.address} was made by a newer version of Cited (format {version}, this one reads {_FORMAT});"
                " update Cited to open it."
            )
        made_by = Identity(settings.get("cited.encoder", ""), settings.get("cited.model", ""))
        made_by.check(self._encoder, self.address, "a new database")

    def prepare(self, dimensions: int) -> None:
        """Create the missing parts of the schema. Several processes may do so at once, and may be interrupted."""
        if self.is_made():
            return
        with self._translating_errors():
            self._connection.make_database()
            self._make_collection(PASSAGES, _passages_schema(dimensions), {})
            # Created last, because its existence implies that the other one exists.
            settings = {
                "cited.format": _FORMAT,
                "cited.encoder": self._encoder.name,
                "cited.model": self._encoder.digest,
            }
            self._make_collection(DOCUMENTS, _documents_schema(), settings)
        self.is_made()

    def _make_collection(self, name: str, schema: Any, properties: dict[str, str]) -> None:
        _make(
            lambda: self._client.has_collection(name, timeout=_PATIENCE),
            lambda: self._client.create_collection(
                name, schema=schema, properties=properties, consistency_level="Strong", timeout=_PATIENCE
            ),
        )

    def _load_collection(self, name: str, indexes: Sequence[Mapping[str, Any]]) -> None:
        for index in indexes:
            self._make_index(name, index)
        self._client.load_collection(name, timeout=_PATIENCE)

    def _make_index(self, name: str, index: Mapping[str, Any]) -> None:
        _make(
            lambda: index["field_name"] in self._client.list_indexes(name),
            lambda: self._client.create_index(
                name, self._client.prepare_index_params(**index), sync=False, timeout=_PATIENCE
            ),
        )

    @property
    def _client(self) -> Any:
        return self._connection.client

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        with _translating_errors(self.address):
            yield


class Connection:
    """A connection to the Milvus at `address`: a server, or a file that this process serves to itself.

    Args:
        address: as for `MilvusCollection`.

    Raises:
        UnusableCollection: `address` does not answer or denies access, or another process uses the file.
    """

    def __init__(self, address: str) -> None:
        self.address, self.database = address, _DEFAULT_DATABASE
        if "://" in address:
            parts = urlsplit(address)
            host = parts.netloc.rpartition("@")[2]
            if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[^/:]+(:\d+)?|\[.+\](:\d+)?", host):
                raise UnusableCollection(
                    f"{parts.scheme}://{host} is no Milvus server's address; give it as http://HOST:PORT/DATABASE."
                )
            self.address = f"{parts.scheme}://{host}{parts.path}"
            self.database = parts.path.strip("/") or _DEFAULT_DATABASE
            uri = f"{parts.scheme}://{host}"
            token = ":".join(unquote(secret) for secret in (parts.username, parts.password) if secret)
            file = None
        else:
            file = Path(address).resolve()
            uri, token = serve(file), ""
        try:
            with _translating_errors(self.address):
                self._client = _connected(uri, token)
        except BaseException:  # even Ctrl-C: the file would stay locked
            if file:
                release(file)
            raise
        # This also runs at exit, in this order: a client complains on stderr if its server stops first.
        self._close = finalize(self, _disconnect, self._client, file)

    @property
    def client(self) -> Any:
        """The client.

        Raises:
            UnusableCollection: the connection is closed.
        """
        if not self._close.alive:
            raise UnusableCollection(f"{self.address} was closed; open it again.")
        return self._client

    def close(self) -> None:
        """Close the connection."""
        self._close()

    def enter_database(self) -> bool:
        """Switch to the database, and return whether it exists."""
        if self.database != _DEFAULT_DATABASE:
            if self.database not in self.client.list_databases(timeout=_PATIENCE):
                return False
            self.client.use_database(self.database, timeout=_PATIENCE)
        return True

    def make_database(self) -> None:
        """Switch to the database. Make it if it does not exist."""
        _make(self.enter_database, lambda: self.client.create_database(self.database, timeout=_PATIENCE))
        self.enter_database()


# Schemas


def _connected(uri: str, token: str) -> Any:
    """Return a client. A server that ends the connection at once, as with one that was idle, is tried once more."""
    begun = time.monotonic()
    try:
        return _pymilvus().MilvusClient(uri, token=token, timeout=CONNECTING, dedicated=True)
    except _pymilvus().MilvusException:
        if time.monotonic() - begun > CONNECTING / 2:
            raise
        return _pymilvus().MilvusClient(uri, token=token, timeout=CONNECTING, dedicated=True)


def _index(
    field: str, kind: str, metric: str | None = None, parameters: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the definition of an index on `field`. It has the name of the field, as always in Milvus Lite.

    The parameters are nested twice. pymilvus unpacks the outer level, and Milvus Lite, unlike a server, reads only the
    inner one.
    """
    index = {"field_name": field, "index_name": field, "index_type": kind}
    return index | ({"metric_type": metric, "params": {"params": dict(parameters or {})}} if metric else {})


_INDEXES = {
    PASSAGES: [
        _index("vector", "HNSW", "IP", HNSW),
        _index("bm25", "SPARSE_INVERTED_INDEX", "BM25", BM25),
        _index("printing", "INVERTED"),
    ],
    DOCUMENTS: [_index("unused", "FLAT", "L2"), _index("kind", "INVERTED"), _index("printing", "INVERTED")],
}


def _passages_schema(dimensions: int) -> Any:
    milvus = _pymilvus()
    kinds = milvus.DataType
    schema = milvus.MilvusClient.create_schema()
    schema.add_field("id", kinds.VARCHAR, max_length=_LONGEST_KEY, is_primary=True)
    schema.add_field("printing", kinds.VARCHAR, max_length=_LONGEST_KEY)
    schema.add_field("start", kinds.INT64)
    schema.add_field("end", kinds.INT64)
    schema.add_field(
        "words",
        kinds.VARCHAR,
        max_length=LONGEST_STRING,
        enable_analyzer=True,
        analyzer_params={"tokenizer": "standard"},  # without filters: the words are stemmed and folded already
    )
    schema.add_field("vector", kinds.FLOAT_VECTOR, dim=dimensions)
    schema.add_field("bm25", kinds.SPARSE_FLOAT_VECTOR)
    schema.add_function(milvus.Function("bm25", milvus.FunctionType.BM25, ["words"], ["bm25"]))
    return schema


def _documents_schema() -> Any:
    milvus = _pymilvus()
    kinds = milvus.DataType
    schema = milvus.MilvusClient.create_schema()
    schema.add_field("id", kinds.VARCHAR, max_length=_LONGEST_KEY, is_primary=True)
    schema.add_field("kind", kinds.VARCHAR, max_length=_LONGEST_KEY)
    schema.add_field("printing", kinds.VARCHAR, max_length=_LONGEST_KEY)
    schema.add_field("content", kinds.VARCHAR, max_length=LONGEST_STRING)
    schema.add_field("unused", kinds.FLOAT_VECTOR, dim=2)  # Milvus requires a vector field in every collection
    return schema


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    for first in range(0, len(rows), ROWS):
        yield list(rows[first : first + ROWS])


@cache
def _pymilvus() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise NotInstalled from error
    # It also writes to stderr what it raises, and we turn that into a sentence.
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
    return pymilvus


def _make(is_there: Callable[[], bool], make: Callable[[], object]) -> None:
    """Create something that does not exist. Another process may create it at the same time."""
    if not is_there():
        try:
            make()
        except _pymilvus().MilvusException:
            if not is_there():
                raise


@contextmanager
def _translating_errors(address: str) -> Iterator[None]:
    from grpc import RpcError

    try:
        yield
    except (_pymilvus().MilvusException, RpcError) as error:
        reason = " ".join(str(getattr(error, "message", error)).split()).rstrip(".")
        raise UnusableCollection(
            f"{address} cannot be used just now ({reason}); see to it that Milvus runs there and lets you in."
        ) from error


def _disconnect(client: Any, file: Path | None) -> None:
    try:
        client.close()
    finally:
        if file:
            release(file)
