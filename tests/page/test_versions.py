"""Recognising a file that has changed since it was added."""

from pathlib import Path

import pytest

from index import Document, FolderCollection
from index.testing import BagOfWords
from page.versions import older_version

MINUTES = "The council met on Monday. It voted to close the bridge for two years, and to build a ferry landing."


@pytest.mark.parametrize(
    ("text", "source", "is_version"),
    [
        (MINUTES.replace("two years", "three years"), "minutes.txt", True),
        (f"{MINUTES} Corrected on Tuesday.", "minutes.txt", True),
        ("Parents asked the school board for a later bus. The board will answer in June.", "minutes.txt", False),
        (MINUTES.replace("two years", "three years"), "other.txt", False),
        (MINUTES, "minutes.txt", False),
    ],
)
def test_a_file_with_the_same_name_and_much_of_the_text_is_a_newer_version(
    text: str, source: str, is_version: bool, tmp_path: Path
) -> None:
    with FolderCollection(tmp_path / "collection", BagOfWords()) as collection:
        collection.add(stored := Document(MINUTES, "minutes", "minutes.txt"))
        assert older_version(Document(text, "minutes", source), collection) == (stored if is_version else None)
