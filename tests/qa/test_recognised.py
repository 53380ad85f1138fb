"""A word that was recognised in a picture, and may be misread, is no sure answer."""

from pathlib import Path

from index import Document, FolderCollection
from index.emphasis import Emphasis, Style
from index.testing import BagOfWords
from qa import Answer, ask
from qa.decide import UNSURE
from qa.share.card import card
from qa.share.terminal import answer_text
from qa.share.transcript import markdown

TEXT = "The harbour of Kelmouth was dredged in May. The mayor of Kelmouth is Torquil Brandywine. The pier is closed."


def answer(folder: Path, *unsure: str, min_confidence: float | None = None) -> Answer:
    """Return the answer of a document in which these words are hard to read."""
    starts = [TEXT.index(word) for word in unsure]
    marks = [Emphasis(at, at + len(word), Style.UNSURE) for at, word in zip(starts, unsure, strict=True)]
    with FolderCollection(folder / "-".join(["c", *unsure]), BagOfWords()) as collection:
        collection.add(Document(TEXT, "minutes", emphasis=tuple(marks)))
        return ask("who is the mayor of Kelmouth?", collection, min_confidence=min_confidence)


def test_words_that_may_be_misread_answer_with_less_confidence_each(tmp_path: Path) -> None:
    clear = answer(tmp_path)
    assert clear.text == "Torquil Brandywine"
    assert answer(tmp_path, "Torquil", min_confidence=0).confidence == clear.confidence * UNSURE
    assert answer(tmp_path, "Torquil", "Brandywine", min_confidence=0).confidence == clear.confidence * UNSURE**2
    assert answer(tmp_path, "dredged").confidence == clear.confidence
    assert not answer(tmp_path, "Torquil", "Brandywine").text


def test_words_that_may_be_misread_are_named_wherever_they_are_quoted(tmp_path: Path) -> None:
    unsure = answer(tmp_path, "Torquil", min_confidence=0)
    warning = "“Torquil” may be misread"

    assert unsure.text == "Torquil Brandywine"
    for shown in (answer_text(unsure, colours=False), markdown(unsure), card(unsure), str(unsure.to_dict())):
        assert warning in shown
    refused = answer(tmp_path, "Torquil", "Brandywine")
    assert refused.nearest
    assert "may be misread" in refused.nearest.place
    assert "may be misread" in answer_text(refused, colours=False)


def test_what_may_be_misread_is_stored(tmp_path: Path) -> None:
    stored = answer(tmp_path, "Torquil", min_confidence=0).citations[0]
    assert [stored.document.quote(span) for span in stored.document.unsure_in(stored.span)] == ["Torquil"]
