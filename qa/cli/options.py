"""The options that several commands have, and what they mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from index import CitedError, Collection, UnusableCollection, existing_collection
from index.article import article_collection
from qa.share.terminal import SHOWN

Address = Annotated[
    str | None,
    typer.Option(
        "--collection",
        "-c",
        metavar="ADDRESS",
        envvar="CITED_COLLECTION",
        help="A folder, a Milvus Lite file (NAME.db) or a Milvus server (http://HOST:PORT/DATABASE); without it, the"
        " bundled article.",
    ),
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", "-d", metavar="DOCUMENT", help="Ask only this document; may be repeated."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only complaints.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON for each.")]


class UnknownName(CitedError):
    """A name that is neither the source of a document nor the beginning of its id."""


def existing(address: str | None) -> Collection:
    """Open the collection at `address`, by default the bundled article's."""
    return existing_collection(address) if address else article_collection()


def writable(address: str | None) -> str:
    """Return `address`.

    Raises:
        UnusableCollection: there is none, and so the bundled article is meant.
    """
    if not address:
        raise UnusableCollection(
            "The bundled article is read-only; name a folder with --collection or CITED_COLLECTION."
        )
    return address


def chosen(names: list[str] | None, collection: Collection) -> list[str] | None:
    """Return the ids of the documents that `names` mean; None for all."""
    if not names:
        return None
    sources = collection.sources()
    return [document_id for name in names for document_id in named(name, sources)]


def named(name: str, sources: Mapping[str, str]) -> Mapping[str, str]:
    """Return the part of `sources`, id → source, that `name` means: all of one source, or the id that it begins.

    Raises:
        UnknownName: it means none.
    """
    paths = {name, str(Path(name).absolute())}
    found = {document_id: source for document_id, source in sources.items() if source and source in paths}
    if not found and len(name) >= SHOWN:
        found = {document_id: source for document_id, source in sources.items() if document_id.startswith(name)}
    if not found:
        raise UnknownName(f"No document here has the id or the source {name!r}; `cited list` shows those there are.")
    return found
