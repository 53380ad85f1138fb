"""The web page: `python app.py`. The only module that imports Gradio; `page/` holds what it serves."""

import asyncio
import logging
import os
import re
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it once, at import

import webbrowser
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Annotated, Any, Literal

import gradio as gr
import platformdirs
from fastapi import FastAPI
from gradio.events import api
from pydantic import Field

from index import (
    SUFFIXES,
    CitedError,
    Collection,
    CollectionMoved,
    UnreadableFile,
    open_collection,
    read_all,
)
from index.add import attached_note, not_read
from page.calls import Calls, Forgotten, fault, in_line
from page.chats import Chats
from page.feedback import rate as note_rating
from page.gate import CALL, UPLOAD, Gate, departure
from page.line import Gone, Line
from page.questions import Questions
from page.server import serve
from page.uploads import Uploads
from page.view import View, document_view, source_view, turn_view
from qa import article, ask
from qa import suggestions as suggested
from qa.share.card import card as evidence_card
from qa.share.transcript import conversation_json, conversation_markdown

PAGE = Path(__file__).with_name("page")

AT_ONCE = 4
"""Pieces of work that run at a time in the line of questions."""

MOST_WAITING = 40
"""Pieces of work that may wait in each line."""

LONGEST_NAME = 255
"""Characters of a file's name at most; most systems have the same limit."""

models_are_ready = Event()

asking, adding = Line(AT_ONCE, MOST_WAITING), Line(1, MOST_WAITING)
"""All work waits in one of two lines, so that questions do not wait for a file that takes long to read."""

chats = Chats()

Name = Annotated[str, Field(max_length=100)]
"""The browser's name for a conversation, an answer, a document or an uploaded file."""


def main() -> None:
    """Serve the page on the loopback interface and open it in the browser; return when interrupted."""
    logging.basicConfig(format="cited: %(message)s")
    os.umask(0o077)  # new files are for their owner alone
    for folder in (platformdirs.user_data_path("cited"), platformdirs.user_cache_path("cited")):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # an older version made it readable for everybody
    try:
        Thread(target=_get_models_ready, daemon=True).start()
        with closing(uploads()):
            serve(Gate(Questions(application(page()))), _announce)
    except (CitedError, OSError) as error:
        sys.exit(f"cited: {error}")


def _announce(address: str) -> None:
    print(f"Cited is at {address} - Ctrl-C stops it.", flush=True)
    Thread(target=webbrowser.open, args=[address], daemon=True).start()


def application(blocks: gr.Blocks) -> FastAPI:
    """Return the application behind the gate: our calls and uploads; Gradio answers for the page itself and `/ask`."""
    served = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    calls = Calls(dict.fromkeys(WORK, asking) | {add: adding, ready: None})
    served.add_route(CALL, calls.receive, methods=["POST"])
    served.add_route(CALL.rstrip("/"), calls.receive, methods=["POST"])
    served.add_route(UPLOAD, uploads().receive, methods=["POST"])
    gr.mount_gradio_app(
        served,
        blocks,
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=PAGE / "page.css",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
    )
    return served


def page() -> gr.Blocks:
    """Make the page: one component that `page/page.js` draws and that can call the functions given here.

    Programs can call only `/ask`.
    """
    blocks = gr.Blocks(title="Cited", fill_width=True)
    with blocks:
        gr.HTML(
            sorted(SUFFIXES),
            html_template=(PAGE / "page.html").read_text(encoding="utf-8"),
            js_on_load=(PAGE / "page.js").read_text(encoding="utf-8"),
            server_functions=[ready, add, *WORK],
            apply_default_css=False,
        )
        api(ask_about_article, api_name="ask", concurrency_limit=None)  # our own line limits it
    return blocks


async def ask_about_article(question: str, request: gr.Request) -> dict[str, Any]:
    """Answer a question about the bundled article, in the format of `cited ask --json`."""
    try:
        answer = await in_line(asking, departure(request.session_hash or ""), ask, question=question)
    except CitedError as error:
        raise gr.Error(str(error), print_exception=False) from error
    except Gone as error:
        raise gr.Error("Nobody waits for this answer.", print_exception=False) from error
    except Exception as error:
        logging.getLogger("cited.page").exception("/ask failed")
        raise gr.Error(fault(error), print_exception=False) from error
    return dict(answer.to_dict())


async def ready() -> bool:
    """Wait until the models are loaded."""
    while not models_are_ready.is_set():
        await asyncio.sleep(0.05)
    return True


def documents() -> list[View]:
    """Return all documents, in the order in which they were added."""
    return [document_view(document) for document in collection().documents()]


def source(document: Name) -> View:
    """Return a document's text in blocks."""
    return source_view(collection().document(document))


def add(path: Name, name: str) -> View:
    """Add the uploaded file, and return the outcome."""
    with uploads().taken(path) as copy:
        if len(name) > LONGEST_NAME:
            raise UnreadableFile(f"The file's name has {len(name):,} characters; give it {LONGEST_NAME} or fewer.")
        try:
            document, *attached = (replace(each, source=name) for each in read_all(copy))
        except CitedError as error:
            return {"error": str(error).replace(str(copy), name)}
    try:
        added = collection().add(document, *attached)
    except CollectionMoved:
        collection.cache_clear()
        raise
    outcome = "added" if added else "is here already"
    notes = (outcome, *map(attached_note, attached), not_read(document))
    return {"outcome": "; ".join(filter(None, notes)), "document": document.id}


def remove(document: Name) -> None:
    """Remove a document."""
    collection().remove(document)


def answer(chat: Name, shown: int, question: str, documents: list[Name] | None) -> View:
    """Answer a question in a chat, from the documents that the browser names, or from all."""
    name, given = chats.shown(chat, shown, collection()).ask(question, documents)
    return turn_view(given, collection()) | {"id": name}


def turns(chat: Name) -> list[View]:
    """Return all turns of a chat, after the question that is being answered has its answer."""
    found = chats.find(chat)
    return [turn_view(given, collection()) | {"id": name} for name, given in (found.said() if found else [])]


def suggestions(documents: list[Name] | None) -> list[str]:
    """Return questions that the named documents answer; without names, all documents."""
    return suggested(collection(), documents)


def card(chat: Name, turn: Name) -> View:
    """Return the evidence card of an answer, as a file to save."""
    given = chats.answer(chat, turn)
    words = re.findall(r"\w+", given.question)[:6]
    return {"name": "-".join(["evidence", *words]).lower() + ".html", "content": evidence_card(given)}


def save(chat: Name, shown: int, form: Literal["markdown", "json"]) -> View:
    """Return a chat as a file to save."""
    said = chats.shown(chat, shown, collection()).conversation.answers
    if not said:
        raise Forgotten("Nothing has been said yet that could be saved; ask something first.")
    return {"content": conversation_markdown(said) if form == "markdown" else conversation_json(said)}


def rate(chat: Name, turn: Name, useful: bool) -> None:
    """Record on this machine whether an answer was useful."""
    note_rating(chats.answer(chat, turn), useful=useful)


WORK: list[Callable[..., Any]] = [documents, source, remove, answer, turns, suggestions, card, save, rate]
"""Functions that the page may call, besides `add`, which has its own line, and `ready`, which only waits."""


@cache
def uploads() -> Uploads:
    """Return the uploaded files that wait to be added."""
    return Uploads(platformdirs.user_cache_path("cited") / "uploads")


@cache
def collection() -> Collection:
    """Return the collection that `CITED_COLLECTION` names, or a folder in the user's data.

    A new collection begins with the bundled article.
    """
    opened = open_collection(os.environ.get("CITED_COLLECTION") or platformdirs.user_data_path("cited") / "documents")
    if not opened.document_ids():
        opened.add(article())
    return opened


def _get_models_ready() -> None:
    try:
        ask("ready?", collection())
    except CitedError as error:
        print(f"cited: {error}", file=sys.stderr)  # each question will be answered with the same sentence
    finally:
        models_are_ready.set()


if __name__ == "__main__":
    main()
