"""The article that Cited ships with and answers about when no collection is named."""

import re
import shutil
from functools import cache
from pathlib import Path

import platformdirs

import index
from index import Collection, Document, UnusableCollection, default_encoder


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
    folder = f"article-{article().id[:12]}-{re.sub('[^a-zA-Z0-9.]+', '-', encoder.name)}"
    path = platformdirs.user_cache_path("cited") / folder
    try:
        collection = Collection(path, encoder)
    except UnusableCollection:
        shutil.rmtree(path, ignore_errors=True)
        collection = Collection(path, encoder)
    collection.add(article())
    return collection
