"""The article that Cited ships with and answers about when no collection is named."""

import hashlib
import shutil
from functools import cache
from pathlib import Path

import platformdirs

import index
from index import Collection, Document, UnusableCollection, default_encoder, split


@cache
def article() -> Document:
    """Return the bundled article."""
    text = Path(index.__file__).with_name("article.txt").read_text(encoding="utf-8")
    return Document(text, title="article", source="article.txt")


@cache
def article_collection() -> Collection:
    """Return the collection of the bundled article alone, built on first use in the user's cache folder.

    It is a cache and no more: where it cannot be opened, it is built anew.

    Raises:
        UnusableCollection: the cache folder cannot be written.
    """
    encoder = default_encoder()
    # Named by all that its content depends on, so that a newer version of Cited does not take an older one's.
    content = repr((article().id, [passage.span for passage in split(article())], encoder.name))
    path = platformdirs.user_cache_path("cited") / f"article-{hashlib.sha256(content.encode()).hexdigest()[:16]}"
    try:
        collection = Collection(path, encoder)
    except UnusableCollection:
        shutil.rmtree(path, ignore_errors=True)
        collection = Collection(path, encoder)
    collection.add(article())
    return collection
