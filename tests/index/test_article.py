"""The collection of the bundled article is a cache, which is made again where it is damaged."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Document, FolderCollection, UnusableCollection
from qa import article_collection


@pytest.fixture
def cached_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, about_the_article: FolderCollection
) -> Callable[[], FolderCollection]:
    """Open the article's collection as a new process would, with the model loaded, in a cache of its own."""
    assert about_the_article.documents()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    opened: Callable[[], FolderCollection] = article_collection.__wrapped__
    return opened


@pytest.mark.parametrize("damage", ["UPDATE documents SET text = 'Something else.'", None], ids=["a text", "the file"])
def test_the_articles_collection_is_made_anew_where_it_is_damaged(
    cached_article: Callable[[], FolderCollection], the_article: Document, damage: str | None
) -> None:
    with cached_article() as collection:
        path = collection.path / "collection.sqlite"
    if damage is None:
        path.write_bytes(b"This is no database. " * 1000)
    else:
        with sqlite3.connect(path) as database:
            database.execute(damage)
        database.close()

    with cached_article() as collection:
        assert collection.documents() == [the_article]
        assert collection.check().findings == ()
        assert [folder.name for folder in collection.path.parent.iterdir()] == [collection.path.name]


def test_what_stands_where_the_articles_collection_would_is_not_deleted(
    cached_article: Callable[[], FolderCollection],
) -> None:
    with cached_article() as collection:
        folder = collection.path
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "notes.txt").write_text("Mine.")

    with pytest.raises(UnusableCollection, match="other files"):
        cached_article()
    assert (folder / "notes.txt").read_text() == "Mine."
