"""A document takes another's place in one step, and keeps its own places."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import Collection, Document, Place, UnknownDocument
from index.encoder import Vectors
from tests.bag_of_words import BagOfWords

OLD = Document("Dogs bark at night.", "dogs", "/dogs.txt")
NEW = Document("Dogs sleep at night.", "dogs", "/dogs.txt", (Place(0, "page 1"), Place(5, "section “Zoë’s”")))
OTHER = Document("Birds sing.", "birds", "/birds.txt")


def test_a_document_keeps_its_places_and_its_source(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(OTHER, NEW)
    with Collection(tmp_path, BagOfWords()) as collection:
        assert [document.places for document in collection.documents()] == [(), NEW.places]
        assert collection.search("dogs")[0].passage.document.place(6) == "section “Zoë’s”"
        assert collection.sources() == {OTHER.id: "/birds.txt", NEW.id: "/dogs.txt"}


def test_a_replaced_document_is_found_no_more_and_the_new_one_is(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(OLD, OTHER)
        collection.replace(OLD.id, NEW)

        assert collection.documents() == [OTHER, NEW]
        assert {hit.passage.document for hit in collection.search("dogs at night")} == {OTHER, NEW}


def test_a_document_can_be_replaced_by_one_that_is_there_already(tmp_path: Path) -> None:
    with Collection(tmp_path, BagOfWords()) as collection:
        collection.add(OLD, OTHER)
        collection.replace(OLD.id, OTHER)

        assert collection.documents() == [OTHER]
        assert [hit.passage.document for hit in collection.search("birds")] == [OTHER]


class Unwell(BagOfWords):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if "sleep" in texts[0]:
            raise MemoryError
        return super().encode_passages(texts)


def test_where_replacing_fails_the_old_document_stays(tmp_path: Path) -> None:
    with Collection(tmp_path, Unwell()) as collection:
        collection.add(OLD)
        with pytest.raises(MemoryError):
            collection.replace(OLD.id, NEW)
        with pytest.raises(UnknownDocument, match=NEW.id):
            collection.replace(NEW.id, OTHER)

        assert collection.documents() == [OLD]
        assert [hit.passage.document for hit in collection.search("dogs")] == [OLD]
