"""A collection is copied to another place without encoding anything again."""

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from index import (
    Document,
    UnusableCollection,
    copy,
)
from index.testing import ONE_SENTENCE, BagOfWords, check_whole, numbered
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
def test_collections_of_different_models_are_not_copied(homes: Callable[[str], Home], target: str) -> None:
    with homes(FOLDER).open() as old, homes(target).open(BagOfWords("another model")) as new:
        old.add(numbered(1))
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            list(copy(old, new))

    assert "'another model'" in str(refusal.value)
