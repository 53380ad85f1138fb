"""The article that Cited ships with. Questions are about it if no collection is named."""

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
from index.folder.schema import FORMAT
from index.passage import split


@cache
def article() -> Document:
    """Return the bundled article."""
    text = Path(__file__).with_name("article.txt").read_text(encoding="utf-8")
    return Document(text, title="article", source="article.txt")


@cache
def article_collection() -> FolderCollection:
    """Return a collection that holds the bundled article alone. The first call builds it in the user's cache folder.

    The collection is only a cache. If it is damaged, it is built again.

    Raises:
        UnusableCollection: the cache folder cannot be written.
    """
    encoder = default_encoder()
    # The name contains everything that the content depends on, so that versions of Cited never share a cache.
    model = encoder.digest or encoder.name
    content = repr((FORMAT, article().id, [passage.span for passage in split(article())], model))
    path = platformdirs.user_cache_path("cited") / f"article-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
    try:
        return _filled(path, encoder)
    except DamagedCollection:
        # The folder is moved before it is deleted: another process may have found the damage too, and be rebuilding.
        damaged = Path(tempfile.mkdtemp(prefix="damaged-", dir=path.parent))
        path.rename(damaged / path.name)
        shutil.rmtree(damaged, ignore_errors=True)
        return _filled(path, encoder)


def _filled(path: Path, encoder: Encoder) -> FolderCollection:
    """Return the collection at `path` with the article in it.

    Raises:
        DamagedCollection: the stored text is not the article's.
    """
    collection = FolderCollection(path, encoder)
    collection.add(article())
    collection.documents()  # reads the text, so that damage shows before the first question
    return collection
