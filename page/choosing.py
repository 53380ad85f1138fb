"""The functions that the page may call to choose among collections, and to change which there are."""

from index import UnusableCollection
from page.calls import Name
from page.collections import Collections, Copied
from page.session import session
from page.view import View


def collections() -> list[str]:
    """Return the names of the collections that can be chosen, the first one's first; none if there is no choice."""
    chosen = session().collections
    return chosen.names() if chosen else []


def make_collection(name: Name) -> str:
    """Make an empty collection, and return its name."""
    return _collections().make(name)


def rename_collection(name: Name, other: Name) -> str:
    """Give a collection the name `other`, and return that."""
    return _collections().rename(name, other)


def delete_collection(name: Name) -> None:
    """Delete a collection with its documents and conversations."""
    _collections().delete(name)


def copy_to(document: Name, name: Name, *, is_new: bool = False, replaces: bool = False) -> View:
    """Copy a document to another collection, or to a new one. Return the name of that, and what was done.

    With `replaces`, the copy takes the place of another version of the document.
    """
    chosen, source = _collections(), session().collection()
    if is_new:
        return {"name": chosen.copy_to_new(document, source, name), "outcome": Copied.ADDED}
    return {"name": name, "outcome": chosen.copy(document, source, name, replaces=replaces)}


def _collections() -> Collections:
    """Return the collections that can be chosen.

    Raises:
        UnusableCollection: there is no choice.
    """
    chosen = session().collections
    if not chosen:
        raise UnusableCollection("This server has one collection; start Cited without --collection to have others.")
    return chosen
