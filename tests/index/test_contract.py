"""Every collection keeps what it is given, in a folder, in a Milvus Lite file, and on a Milvus server."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import (
    Cell,
    CellKind,
    Document,
    InvalidText,
    Place,
    Table,
    UnknownDocument,
    split,
)
from index.box import Box, pack
from index.encoder.base import Vectors
from index.testing import EVERYWHERE, ONE_SENTENCE, BagOfWords, answers, check_whole, numbered
from tests.index.conftest import ODD_PLACES, Home, kept

CELLS = (Cell(0, 4, 0, 0, 1, 2, CellKind.COLUMN_HEADER), Cell(10, 14, 1, 0, kind=CellKind.ROW_HEADER))
TABLES = (Table(CELLS), Table((Cell(15, 17, 6, 3),), is_sheet=True))


def test_documents_come_back_as_they_were_added_and_in_that_order(home: Home) -> None:
    added = [
        Document("Line ends:\r\none\rtwo\n\n\ttab, NUL \0, quotes \"' and \ufeff mark \\.", "b.txt", "/some/b.txt"),
        Document("👩‍👩‍👧 e\u0301 — مرحبا بالعالم. 会議は開かれた。", "日本", "C:\\a.txt", ODD_PLACES),
        Document("  Two spaces before and after.  ", "", "", boxes=pack([Box(2, 5, 0, 1, 50, 700, 71, 711)])),
        Document("Item\tCost\nPier\t£5", "table", "", tables=TABLES),
    ]
    with home.open() as collection:
        assert collection.documents() == []
        assert collection.document_ids() == []
        assert collection.add(*added) == added

    with home.open() as collection:
        documents = collection.documents()

        assert collection.document_ids() == [document.id for document in added]
    assert kept(documents) == kept(added)


def test_a_collection_has_a_length_is_gone_through_and_knows_what_is_in_it(home: Home) -> None:
    with home.open() as collection:
        assert (len(collection), list(collection), numbered(1) in collection) == (0, [], False)
        assert collection  # an empty one is still one
        collection.add(numbered(1), numbered(2))

        assert len(collection) == 2
        assert list(collection) == collection.documents() == [numbered(1), numbered(2)]
        assert numbered(1) in collection
        assert numbered(2).id in collection
        assert numbered(3) not in collection
        for document in collection:  # the second one is removed while it is gone through
            assert document == numbered(1)
            collection.remove(numbered(2).id)
        assert home.address.rpartition("/")[2] in repr(collection)


def test_who_adds_is_told_how_many_passages_are_encoded_and_of_how_many(home: Home) -> None:
    told: list[tuple[int, int]] = []
    added = [numbered(number) for number in range(200)]
    with home.open() as collection:
        collection.add(*added, progress=lambda done, of: told.append((done, of)))

        passages = sum(len(split(document)) for document in added)
        assert len(told) > 1
        assert told == sorted(set(told))
        assert told[-1] == (passages, passages)
        collection.add(*added, progress=lambda *_: pytest.fail("nothing is encoded"))


def test_documents_of_more_than_65535_bytes_are_kept_whole(home: Home) -> None:
    # Of four bytes each, so that what is cut by bytes is cut within a character at three shifts of four.
    added = [Document("a" * shift + "🚀" * 20_000 + " Words.", "t" * 70_000, "ш" * 30_000) for shift in range(4)]
    with home.open() as collection:
        collection.add(*added)

    with home.open() as collection:
        documents = collection.documents()

    assert kept(documents) == kept(added)


def test_adding_a_document_that_is_already_there_does_nothing(home: Home) -> None:
    encoder = BagOfWords()
    one, other = Document("The same text.", "first title"), Document("Another text.", "other")
    with home.open(encoder) as collection:
        assert collection.add(one, one) == [one]
        assert collection.add(Document(one.text, "second title"), other) == [other]
        assert collection.add() == []

        assert [document.title for document in collection.documents()] == ["first title", "other"]
        assert encoder.encoded == 2


def test_a_removed_document_is_found_no_more_and_can_be_added_again_and_again(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1), numbered(2))
        for _ in range(3):
            collection.remove(numbered(1).id)
            assert collection.documents() == [numbered(2)]
            check_whole(collection)

            assert collection.add(numbered(1)) == [numbered(1)]
            assert collection.documents() == [numbered(2), numbered(1)]
            check_whole(collection)


def test_a_collection_can_lose_its_last_document(home: Home) -> None:
    with home.open() as collection:
        collection.add(numbered(1))
        collection.remove(numbered(1).id)

        assert collection.search(EVERYWHERE) == []
        assert collection.documents() == []


def test_a_document_that_is_not_there_is_an_error_and_changes_nothing(home: Home) -> None:
    with home.open() as collection:
        for _ in range(2):
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.remove(numbered(2).id)
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.encoded(numbered(2).id)
            with pytest.raises(UnknownDocument, match=numbered(2).id):
                collection.document(numbered(2).id)
            collection.add(numbered(1))

        check_whole(collection)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=2000), max_size=4))
def test_any_text_comes_back_and_its_passages_are_slices_of_it(home: Home, texts: list[str]) -> None:
    documents = [Document(f"{text}\nthe end", "any") for text in texts]
    with home.open() as collection:
        collection.add(*documents)
        texts_kept = {document.id: document.text for document in collection.documents()}
        for document in documents:
            assert texts_kept[document.id] == document.text
            assert collection.document(document.id).text == document.text
            encoded = collection.encoded(document.id)
            assert encoded.passages == tuple(split(document))
            assert collection.beginning(document.id, 2) == split(document)[:2]
        for hit in collection.search("the end", k=20):
            span = hit.passage.span
            assert hit.passage.text == texts_kept[hit.passage.document.id][span.start : span.end]


OLD = Document("Dogs bark at night.", "dogs", "/dogs.txt")
NEW = Document("Dogs sleep at night.", "dogs", "/dogs.txt", (Place(0, "page 1"), Place(5, "page 2")))
OTHER = Document("Birds sing.", "birds", "/birds.txt")


def test_a_document_is_known_by_its_source_and_found_with_its_places(home: Home) -> None:
    with home.open() as collection:
        assert collection.sources() == {}
        collection.add(OTHER, NEW)
    with home.open() as collection:
        assert list(collection.sources().items()) == [(OTHER.id, "/birds.txt"), (NEW.id, "/dogs.txt")]
        assert collection.search("dogs")[0].passage.document.place(6) == "page 2"


def test_a_replaced_document_is_found_no_more_and_the_new_one_is(home: Home) -> None:
    with home.open() as collection:
        collection.add(OLD, OTHER)
        collection.replace(OLD.id, NEW)

        assert kept(collection.documents()) == kept([OTHER, NEW])
        assert {hit.passage.document for hit in collection.search("dogs at night")} == {OTHER, NEW}


def test_a_renamed_document_has_its_new_title_everywhere_and_is_otherwise_as_before(home: Home) -> None:
    with home.open() as collection, home.open() as other:
        collection.add(numbered(1), numbered(2), numbered(3))
        before = [answers(each) for each in (collection, other)]
        renamed = collection.rename(numbered(2).id, " Minutes\n of May ")

        assert (renamed, renamed.title) == (numbered(2), "Minutes of May")
        for each in (collection, other):
            assert [document.title for document in each] == ["Document 1", "Minutes of May", "Document 3"]
            hits = each.search("word12 of document2", 100)
            assert {hit.passage.document.title for hit in hits if hit.passage.document == renamed} == {"Minutes of May"}
            assert each.beginning(renamed.id, 1)[0].document.title == "Minutes of May"
            assert each.encoded(renamed.id).document.title == "Minutes of May"
            check_whole(each)
        assert [answers(each) for each in (collection, other)] == before
        collection.rename(renamed.id, "Minutes of June")
        assert other.document(renamed.id).title == "Minutes of June"
        collection.remove(renamed.id)
        collection.add(renamed)
        assert other.document(renamed.id).title == "Minutes of May"


@pytest.mark.parametrize("title", ["", " . ", "x" * 301, "half \ud800"])
def test_a_title_that_cannot_be_used_is_refused_in_one_sentence(home: Home, title: str) -> None:
    with home.open() as collection:
        collection.add(numbered(1))
        with pytest.raises(InvalidText, match=ONE_SENTENCE):
            collection.rename(numbered(1).id, title)
        with pytest.raises(UnknownDocument):
            collection.rename(numbered(2).id, "Minutes")
        assert collection.document(numbered(1).id).title == "Document 1"


def test_a_document_can_be_replaced_by_one_that_is_there_already_which_stays_as_it_is(home: Home) -> None:
    with home.open() as collection:
        collection.add(OLD, NEW, OTHER)
        collection.replace(OLD.id, Document(OTHER.text, "another title"))
        collection.replace(NEW.id, Document(NEW.text, "another title", "/elsewhere.txt", NEW.places))

        assert kept(collection.documents()) == kept([NEW, OTHER])
        assert collection.search("birds")[0].passage.document == OTHER


class Unwell(BagOfWords):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if "sleep" in texts[0]:
            raise MemoryError
        return super().encode_passages(texts)


def test_where_replacing_fails_the_old_document_stays(home: Home) -> None:
    with home.open(Unwell()) as collection:
        collection.add(OLD)
        with pytest.raises(MemoryError):
            collection.replace(OLD.id, NEW)
        with pytest.raises(UnknownDocument, match=NEW.id):
            collection.replace(NEW.id, OTHER)

        assert collection.documents() == [OLD]
        assert [hit.passage.document for hit in collection.search("dogs")] == [OLD]
