"""The functions that the page may call: everything that it does with documents and conversations."""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache
from itertools import islice
from threading import Event
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field

from index import (
    SUFFIXES,
    CitedError,
    Collection,
    CollectionMoved,
    Document,
    UnreadableFile,
)
from index.formats.scans import program
from index.formats.suffixes import IMAGES
from index.sandbox.viewer import Edges
from page.adding import Adding
from page.calls import Forgotten, Name
from page.chats import Chats
from page.choosing import collections, copy_to, delete_collection, make_collection, rename_collection
from page.finding import LONGEST, MOST, around, found_in
from page.pages import Size
from page.records import Lost
from page.session import served_collection, session
from page.settings import ReaderName
from page.source import source_view
from page.uploads import Uploads
from page.view import View, document_view, lost_view, place_view, turn_view
from qa import Answer, ask
from qa import suggestions as suggested
from qa.share.card import card as evidence_card
from qa.share.feedback import LostRating
from qa.share.feedback import rate as note_rating
from qa.share.transcript import conversation_json, conversation_markdown

models_are_ready = Event()

network_is_on = Event()
"""Set if who started Cited lets it read addresses of the web."""

_log = logging.getLogger("cited.page")

MOST_LISTED = 200
"""Conversations that the page lists at most."""

MOST_MARKED = 1000
"""Spans of which the rectangles are asked for at once at most."""

ChatName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,100}$")]
"""The browser's name for a conversation; it names a file, too."""


Bounds = Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)]
"""The start and end of a span, in UTF-16 code units."""


async def ready() -> bool:
    """Wait until the models are loaded."""
    while not models_are_ready.is_set():
        await asyncio.sleep(0.05)
    return True


def suffixes() -> list[str]:
    """Return the suffixes of the files that can be added."""
    return sorted(SUFFIXES | IMAGES)


def documents() -> list[View]:
    """Return all documents, in the order in which they were added."""
    return [_listed(document) for document in collection().documents()]


def source(document: Name) -> View:
    """Return a document's text in blocks."""
    return source_view(collection().document(document))


def open_pages(document: Name) -> list[Size]:
    """Return the sizes of a document's pages; none if it is not shown as pages."""
    return session().pages.open(document)


def words(document: Name, page: Annotated[int, Field(ge=1, le=99_999)]) -> list[tuple[str, Edges]]:
    """Return the words on a page, and where they are."""
    return session().pages.words(document, page)


def rectangles(document: Name, spans: Annotated[list[Bounds], Field(max_length=MOST_MARKED)]) -> list[View]:
    """Return where the words of each span are on the pages."""
    return [
        {"page": page, "edges": edges, "span": number}
        for number, (start, end) in enumerate(spans)
        for page, edges in session().pages.rectangles(document, start, end)
    ]


def find(words: Annotated[str, Field(max_length=LONGEST)], documents: list[Name] | None) -> View:
    """Return where the named documents have exactly these words; without names, all documents."""
    searched = map(collection().document, collection().document_ids() if documents is None else documents)
    found = list(islice(found_in(searched, words), MOST + 1))
    places = []
    for document, span in found[:MOST]:
        before, after = around(document, span)
        places.append(place_view(document, span) | {"before": before, "after": after})
    return {"places": places, "hasMore": len(found) > MOST}


def copy_file(document: Name) -> str:
    """Copy the file of a document to be read again, as an upload is kept, and return the name of the copy."""
    session().changed()
    stored, file = collection().document(document), collection().original(document)
    if file is None:
        raise UnreadableFile(f"The file of “{stored.title}” was not kept; add it again.")
    return uploads().put(file, stored.source)


def fetch(address: Annotated[str, Field(max_length=2000)]) -> str:
    """Keep what stands at an address of the web, as an upload is kept, and return the name of the copy."""
    if not network_is_on.is_set():
        raise UnreadableFile("Addresses are read only if Cited was started with --network.")
    session().changed()
    return uploads().fetch(address)


async def fetches() -> bool:
    """Return whether addresses of the web are read."""
    return network_is_on.is_set()


def add(path: Name, name: str, *, title: Annotated[str, Field(max_length=1000)] = "", ocr: bool = False) -> View:
    """Add an uploaded file, with the text of scanned pages if `ocr`, and return the outcome."""
    try:
        added = adding().add(path, name, title=title, ocr=ocr)
    except CollectionMoved:
        served_collection.cache_clear()
        raise
    session().pages.close()  # it may have taken the place of its older version
    return added


async def recognises() -> bool:
    """Return whether the text of scanned pages can be recognised here."""
    return program() is not None


async def progress(path: Name) -> View:
    """Return how far adding the uploaded file has come."""
    return adding().progress(path)


async def cancel(path: Name) -> bool:
    """Cancel adding the uploaded file. Return whether it was still waiting; for any other it may be too late."""
    return uploads().cancel(path)


def rename(document: Name, title: Annotated[str, Field(max_length=1000)]) -> View:
    """Give a document another title, also in the conversations, and return its entry in the list."""
    session().changed()
    renamed = collection().rename(document, title)
    chats().show(renamed)
    return _listed(renamed)


def remove(document: Name) -> None:
    """Remove a document."""
    session().changed()
    collection().remove(document)
    session().pages.close()


def answer(chat: ChatName, shown: int, question: str, documents: list[Name] | None) -> View:
    """Answer a question in a chat, from the documents that the browser names, or from all."""
    session().count_question()
    return _shown(*chats().ask(chat, shown, question, documents))


def turns(chat: ChatName) -> list[View]:
    """Return all turns of a chat, after the question that is being answered has its answer."""
    return [_shown(name, given) for name, given in chats().find(chat).said()]


def chats_kept(words: str) -> list[View]:
    """Return the chats that contain all of `words`, the newest first."""
    return [asdict(summary) for summary in chats().records.summaries(words)[:MOST_LISTED]]


def name_chat(chat: ChatName, title: Annotated[str, Field(max_length=1000)]) -> None:
    """Give a chat a title."""
    chats().records.rename(chat, title)


def forget(chat: ChatName) -> None:
    """Delete a chat."""
    chats().forget(chat)


def keep(
    unasked: list[Name],
    address: Annotated[str, Field(max_length=1000)],
    order: Literal["added", "title", "date"] = "added",
) -> None:
    """Keep which documents are not asked, the part of the page's address that leads to what it shows, and the order."""
    chats().records.keep_place({"unasked": unasked, "address": address, "order": order})


def kept() -> View:
    """Return what `keep` was last given."""
    return {"unasked": [], "address": "", "order": "added"} | chats().records.place()


def settings() -> View:
    """Return how questions are answered here, and what can be chosen."""
    return session().settings.view()


def require(confidence: Annotated[float, Field(ge=0, le=1)] | None) -> None:
    """Give answers only from this confidence on; with None, from the usual one on."""
    chats().records.keep_settings(replace(session().settings, confidence=confidence))


def choose_reader(reader: ReaderName) -> None:
    """Have this reader read, unless whoever started Cited has named one."""
    chats().records.keep_settings(replace(session().settings, reader=reader))


def suggestions(documents: list[Name] | None) -> list[str]:
    """Return questions that the named documents answer; without names, all documents."""
    return suggested(collection(), documents, reader=session().settings.reading())


def card(chat: ChatName, turns: list[Name]) -> View:
    """Return the evidence card of answers, as a file to save; without names, of all answers of the chat."""
    given = [chats().answer(chat, turn) for turn in turns] or chats().find(chat).answers()
    stated = [answer for answer in given if answer.citations]
    words = re.findall(r"\w+", stated[0].question)[:6] if len(stated) == 1 else ["dossier"]
    return {
        "name": "-".join(["evidence", *words]).lower() + ".html",
        "content": evidence_card(*given, collection=collection()),
    }


def save(chat: ChatName, form: Literal["markdown", "json"]) -> View:
    """Return a chat as a file to save."""
    said = chats().find(chat).answers()
    if not said:
        raise Forgotten("Nothing has been said yet that could be saved; ask something first.")
    return {"content": conversation_markdown(said) if form == "markdown" else conversation_json(said)}


async def arrive() -> None:
    """Note that this session has one more page open."""
    session().arrive()


async def leave() -> None:
    """Note that this session has one page less open."""
    session().leave()


def rate(chat: ChatName, turn: Name, useful: bool) -> None:
    """Record on this machine whether an answer was useful.

    Raises:
        LostRating: the answer may quote documents that are deleted with the session.
    """
    if not session().keeps_ratings:
        raise LostRating("The rating was not kept, for your documents, which an answer quotes, end with your session.")
    note_rating(chats().answer(chat, turn), useful=useful)


FUNCTIONS: list[Callable[..., Any]] = [
    suffixes,
    collections,
    make_collection,
    rename_collection,
    delete_collection,
    copy_to,
    documents,
    source,
    copy_file,
    open_pages,
    words,
    rectangles,
    find,
    rename,
    remove,
    answer,
    turns,
    chats_kept,
    name_chat,
    forget,
    keep,
    kept,
    settings,
    require,
    choose_reader,
    suggestions,
    card,
    save,
    rate,
]
"""Functions that the page may call, and whose calls wait in the line of questions."""

UNQUEUED: list[Callable[..., Any]] = [ready, recognises, fetches, progress, cancel, arrive, leave]
"""Functions that the page may call, and whose calls do not wait."""


@cache
def adding() -> Adding:
    """Return what adds uploaded files to the documents of a session."""
    return Adding(session, uploads())


@cache
def uploads() -> Uploads:
    """Return the uploaded files that wait to be added."""
    return Uploads(platformdirs.user_cache_path("cited") / "uploads")


def chats() -> Chats:
    """Return the conversations of this session."""
    return session().chats


def collection() -> Collection:
    """Return the documents that are asked in this session."""
    return session().collection()


def get_models_ready() -> None:
    """Load the models by asking a question."""
    try:
        ask("ready?", collection(), reader=session().settings.reading())
    except CitedError as error:
        _log.warning("%s", error)  # each question will be answered with the same sentence
    finally:
        models_are_ready.set()


def _shown(name: str, given: Answer | Lost) -> View:
    return {"id": name} | (lost_view(given) if isinstance(given, Lost) else turn_view(given, collection()))


def _listed(document: Document) -> View:
    return document_view(document) | {"isFixed": not session().may_change(document.id)}
