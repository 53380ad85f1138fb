"""A collection is copied to another place without encoding anything again."""

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from index import (
    Document,
    UnknownDocument,
    UnusableCollection,
    copy,
)
from index.testing import ONE_SENTENCE, BagOfWords, check_whole, numbered
from index.transfer import copy_document
from tests.index.conftest import FILE, FOLDER, ODD_PLACES, SERVER, Home, kept


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "target"), [(FOLDER, FILE), (FILE, FOLDER), (FOLDER, FOLDER), (FOLDER, SERVER), (SERVER, FILE)]
)
def test_a_copy_is_the_same_collection_without_encoding_anything_again(
    homes: Callable[[str], Home], source: str, target: str
) -> None:
    documents = [*map(numbered, range(3)), Document("👩‍👩‍👧 مرحبا the \0\r\n" * 9000, "odd", "a/b", ODD_PLACES)]
    encoder = BagOfWords()
    with homes(source).open() as old, homes(target).open(encoder) as new:
        old.add(*documents)
        old.remove(numbered(1).id)

        assert list(copy(old, new)) == old.documents()
        assert list(copy(old, new)) == []
        assert encoder.encoded == 0
        assert kept(new.documents()) == kept(old.documents())
        for document_id in old.document_ids():
            one, other = old.encoded(document_id), new.encoded(document_id)
            assert one.passages == other.passages
            assert np.array_equal(one.vectors, other.vectors)
        check_whole(new)


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_an_interrupted_copy_goes_on_where_it_stopped(homes: Callable[[str], Home], target: str) -> None:
    with homes(FOLDER).open() as old, homes(target).open() as new:
        old.add(*map(numbered, range(200)))
        (first,) = islice(copy(old, new), 1)
        begun = len(new.documents())

        assert 0 < begun < 200
        rest = list(copy(old, new))
        assert len(rest) == 200 - begun
        assert first not in rest
        assert new.documents() == old.documents()


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_one_document_is_copied_alone_and_only_once(homes: Callable[[str], Home], target: str) -> None:
    encoder = BagOfWords()
    with homes(FOLDER).open() as old, homes(target).open(encoder) as new:
        old.add(*map(numbered, range(3)))
        assert [copy_document(numbered(1).id, old, new) for _ in range(2)] == [True, False]
        assert kept(new.documents()) == kept([numbered(1)])
        with pytest.raises(UnknownDocument):
            copy_document(numbered(7).id, old, new)
        check_whole(new)
    assert encoder.encoded == 0


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_a_copy_takes_the_place_of_an_older_version_and_the_title_that_people_gave_it(
    homes: Callable[[str], Home], target: str
) -> None:
    (new, other), older = (Document(numbered(each).text, "log", f"{each}/log.txt") for each in (1, 2)), numbered(3)
    encoder = BagOfWords()
    with homes(FOLDER).open() as source, homes(target).open() as goal:
        source.add(new, other)
        source.rename(other.id, "The log of May")
        goal.add(older)
        goal.rename(older.id, "The log of June")
        goal.encoder = encoder
        assert copy_document(new.id, source, goal, older=older.id)
        assert [(each, each.title) for each in goal] == [(new, "The log of June")]
        assert copy_document(other.id, source, goal, older=new.id)
        assert [(each, each.title) for each in goal] == [(other, "The log of May")]
        assert copy_document(new.id, source, goal, older="gone")  # by somebody else, meanwhile
        assert {each.title for each in goal} == {"The log of May", "log"}
        check_whole(goal)
    assert encoder.encoded == 0


@pytest.mark.parametrize("target", [FOLDER, FILE])
def test_collections_of_different_models_are_not_copied(homes: Callable[[str], Home], target: str) -> None:
    with homes(FOLDER).open() as old, homes(target).open(BagOfWords("another model")) as new:
        old.add(numbered(1))
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            list(copy(old, new))
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE):
            copy_document(numbered(1).id, old, new)

    assert "'another model'" in str(refusal.value)
