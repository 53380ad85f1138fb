"""The examination of a collection: whether it is there, can be opened and changed, and is sound."""

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from index import CitedError, Collection, CollectionLocked, existing_collection, is_collection, without_password
from index.folder.lock import Lock
from qa.doctor.diagnosis import Diagnosis, note, sound, wrong


def examine_collection(address: str | None) -> Iterator[Diagnosis]:
    """Open a collection, and look whether it could be changed. Its texts are not read; `cited check` does that."""
    served = platformdirs.user_data_path("cited") / "documents"
    if not address and not is_collection(served):
        yield note("The page has no documents yet; it begins with the bundled article.")
        return
    place = address or str(served)
    shown = without_password(place)
    try:
        with existing_collection(place) as collection:
            number = len(collection.document_ids())
            yield from _examine_changes(collection, shown)
            yield sound(f"{shown} can be opened; it holds {number:,} documents. `cited check` reads all of them.")
    except CitedError as error:
        yield wrong(str(error))


def _examine_changes(collection: Collection, shown: str) -> Iterator[Diagnosis]:
    folder: Path | None = getattr(collection, "path", None)
    if folder is None:
        return
    if not os.access(folder, os.W_OK):
        yield note(f"{shown} cannot be written: it can be asked, but not changed.")
        return
    lock = Lock(folder)
    try:
        with lock.held(patience=0):
            pass
    except CollectionLocked:
        yield wrong(f"{shown} is being changed by {lock.holder()}; try again when that is done.")
