"""The article that Cited ships with and answers about when no collection is named."""

import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

from index.document import Document
from index.encoder.base import Encoder
from index.encoder.sentence_transformer import default_encoder
from index.errors import DamagedCollection
from index.folder.collection import FolderCollection
from index.folder.sqlite import FORMAT
from index.passage import split


@cache
def article() -> Document:
    """Return the bundled article."""
    text = Path(__file__).with_name("article.txt").read_text(encoding="utf-8")
    return Document(text, title="article", source="article.txt")


@cache
def article_collection() -> FolderCollection:
    """Return the collection of the bundled article alone, built on first use in the user's cache folder.

    It is a cache and no more: where it is damaged, it is built anew.

    Raises:
        UnusableCollection: the cache folder cannot be written.
    """
    encoder = default_encoder()
    # Named by all that its content depends on, so that a newer version of Cited does not take an older one's.
    content = repr((FORMAT, article().id, [passage.span for passage in split(article())], encoder.name))
    path = platformdirs.user_cache_path("cited") / f"article-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
    try:
        return _filled(path, encoder)
    except DamagedCollection:
        # Moved before it is deleted, for another process may have found the same and be building it anew just now.
        damaged = Path(tempfile.mkdtemp(prefix="damaged-", dir=path.parent))
        path.rename(damaged / path.name)
        shutil.rmtree(damaged, ignore_errors=True)
        return _filled(path, encoder)


def _filled(path: Path, encoder: Encoder) -> FolderCollection:
    """Return the collection at `path` with the article in it.

    Raises:
        DamagedCollection: its text is not the article's.
    """
    collection = FolderCollection(path, encoder)
    collection.add(article())
    collection.documents()  # reads the text, and so finds damage before anybody asks
    return collection
