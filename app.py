"""The web page: `python app.py`. The only module that imports Gradio; `page/` holds what it serves."""

import os
import re
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # Gradio looks once, when it is imported

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, wraps
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

import gradio as gr
import platformdirs
from gradio.events import api
from gradio.utils import get_upload_folder
from starlette.middleware import Middleware

from index import SUFFIXES, CitedError, Collection, UnknownDocument, UnreadableFile, open_collection, read
from page.feedback import rate as note_rating
from page.origin import OwnOrigin
from page.view import View, document_view, source_view, turn_view
from qa import Answer, Conversation, article, ask
from qa import suggestions as suggested
from qa.share.card import card as evidence_card
from qa.share.transcript import conversation_json, conversation_markdown

PAGE = Path(__file__).with_name("page")

models_are_ready = Event()


class Forgotten(CitedError):
    """What was said before the page was last served, or in a conversation that many others have followed."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation, and what the browser calls each of its answers."""

    conversation: Conversation
    turns: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


MOST_CHATS = 100
"""Conversations that are remembered; of more, the oldest is forgotten, and the texts that it cites with it."""

chats: dict[str, Chat] = {}
"""Those begun since the page was first served, by the random names that their browsers gave them, oldest first."""


def main() -> None:
    """Open the page, served on the loopback interface, in the browser; serve it until interrupted."""
    Thread(target=_get_models_ready, daemon=True).start()
    blocks = page()
    _, url, _ = blocks.launch(
        server_name="127.0.0.1",
        share=False,  # whatever the environment says
        app_kwargs={"middleware": [Middleware(OwnOrigin)]},
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=PAGE / "page.css",
        footer_links=[],
        max_file_size="100mb",
        quiet=True,  # or else it advertises public links
        inbrowser=True,
        prevent_thread_lock=True,
    )
    print(f"Cited is at {url} - Ctrl-C stops it.", flush=True)
    blocks.block_thread()


def page() -> gr.Blocks:
    """Make the page: one component, drawn by `page/page.js`, which calls the functions that it is given here.

    Of these programs are offered `/ask` alone.
    """
    blocks = gr.Blocks(title="Cited", fill_width=True, delete_cache=(3600, 3600))
    with blocks:
        gr.HTML(
            sorted(SUFFIXES),
            html_template=(PAGE / "page.html").read_text(encoding="utf-8"),
            js_on_load=(PAGE / "page.js").read_text(encoding="utf-8"),
            server_functions=[ready, documents, source, add, remove, answer, turns, suggestions, card, save, rate],
            apply_default_css=False,
        )
        api(ask_about_article, api_name="ask")
    return blocks


def ask_about_article(question: str) -> dict[str, Any]:
    """Answer a question about the bundled article, in the form of `cited ask --json`."""
    try:
        return ask(question).to_dict()
    except CitedError as error:
        raise gr.Error(str(error)) from error


def _in_sentences(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function`, with an error of ours as {"error": the sentence that says it} in place of its result.

    Where the chat is what the server does not know any more, `forgotten` stands beside it.
    """

    @wraps(function)
    def answered(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except UnknownDocument:
            return {"error": "This document has been removed; add it again to read or ask it."}
        except Forgotten as error:
            return {"error": str(error), "forgotten": True}
        except CitedError as error:
            return {"error": str(error)}

    return answered


@_in_sentences
def ready(_: View) -> bool:
    """Wait until the models are loaded."""
    return models_are_ready.wait()


@_in_sentences
def documents(_: View) -> list[View]:
    """Return all documents, in the order in which they were added."""
    return [document_view(document) for document in collection().documents()]


@_in_sentences
def source(asked: View) -> View:
    """Return a document's text."""
    return source_view(collection().document(asked["document"]))


@_in_sentences
def add(asked: View) -> View:
    """Add the file that the browser has copied to `path`, and return what became of it."""
    path = Path(asked["path"]).resolve()
    if not path.is_relative_to(Path(get_upload_folder()).resolve()):
        raise UnreadableFile(f"{asked['name']} was not uploaded; choose it again.")
    try:
        document = replace(read(path), source=asked["name"])
    except CitedError as error:
        return {"error": str(error).replace(asked["path"], asked["name"])}
    added = collection().add(document)
    return {"outcome": "added" if added else "is here already", "document": document.id}


@_in_sentences
def remove(asked: View) -> None:
    """Remove a document."""
    collection().remove(asked["document"])


@_in_sentences
def answer(asked: View) -> View:
    """Answer a question, as part of the chat that the browser names, from the documents that it names, or from all."""
    chat = _chat(asked)
    with chat.lock:
        given = chat.conversation.ask(asked["question"], documents=asked["documents"])
        chat.turns.append(name := uuid4().hex)
    return turn_view(given, collection()) | {"id": name}


@_in_sentences
def turns(asked: View) -> list[View]:
    """Return what has been said in a chat, once what is being answered just now is, too."""
    chat = chats.get(asked["chat"])
    if chat is None:
        return []
    with chat.lock:
        said = list(zip(chat.turns, chat.conversation.answers, strict=True))
    return [turn_view(given, collection()) | {"id": name} for name, given in said]


@_in_sentences
def suggestions(asked: View) -> list[str]:
    """Return questions that the documents named answer, or all of them."""
    return suggested(collection(), asked["documents"])


@_in_sentences
def card(asked: View) -> View:
    """Return the evidence card of an answer, as a file to save."""
    given = _given(asked)
    words = re.findall(r"\w+", given.question)[:6]
    return {"name": "-".join(["evidence", *words]).lower() + ".html", "content": evidence_card(given)}


@_in_sentences
def save(asked: View) -> View:
    """Return a chat as a file to save: as `markdown`, or as `json`."""
    said = _chat(asked).conversation.answers
    if not said:
        raise Forgotten("Nothing has been said yet that could be saved; ask something first.")
    told = conversation_markdown(said) if asked["form"] == "markdown" else conversation_json(said)
    return {"content": told}


@_in_sentences
def rate(asked: View) -> None:
    """Note on this machine whether an answer was useful."""
    note_rating(_given(asked), useful=asked["useful"])


def _chat(asked: View) -> Chat:
    """Return the chat that a browser means, begun now if the browser shows nothing of it yet.

    Raises:
        Forgotten: the browser shows more of it than is remembered.
    """
    chat = chats.setdefault(asked["chat"], Chat(Conversation(collection())))
    if len(chat.turns) < asked["shown"]:
        raise Forgotten("Cited no longer remembers this conversation; begin a new one.")
    while len(chats) > MOST_CHATS:
        chats.pop(next(iter(chats)), None)
    return chat


def _given(asked: View) -> Answer:
    """Return the answer that a browser means."""
    chat = chats.get(asked["chat"])
    if chat is None or asked["turn"] not in chat.turns:
        raise Forgotten("Cited no longer remembers this answer; ask its question again.")
    return chat.conversation.answers[chat.turns.index(asked["turn"])]


@cache
def collection() -> Collection:
    """Return the documents of the page: what `CITED_COLLECTION` names, or a folder of the user's data.

    Where it holds none, it begins with the bundled article.
    """
    opened = open_collection(os.environ.get("CITED_COLLECTION") or platformdirs.user_data_path("cited") / "documents")
    if not opened.document_ids():
        opened.add(article())
    return opened


def _get_models_ready() -> None:
    try:
        ask("ready?", collection())
    except CitedError as error:
        print(f"cited: {error}", file=sys.stderr)  # and each question will be answered with the same sentence
    finally:
        models_are_ready.set()


if __name__ == "__main__":
    main()
