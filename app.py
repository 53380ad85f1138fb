"""The web chat: the conversation at the left, the source at the right. The only module that imports Gradio."""

import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # Gradio looks once, when it is imported

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any

import gradio as gr
import platformdirs
from gradio.events import api

from index import SUFFIXES, AnyCollection, CitedError, Document, Hit, Span, open_collection, read
from qa import Answer, article, article_collection, ask

ARTICLE, OWN = "The article", "Your documents"

EXAMPLES = (
    "who opened the conference?",
    "what is said about modern technology?",
    "which European bodies take part?",
)

PASSAGES_SHOWN = 5

SURE, LIKELY = 0.8, 0.6
"""Confidence from which an answer is called so, and not just possible."""

View = dict[str, Any]
"""What app.js draws, as JSON. It writes text as text: nothing that a document holds is ever taken for HTML."""

models_are_ready = Event()


def main() -> None:
    """Open the page, served on the loopback interface, in the browser; serve it until interrupted."""
    Thread(target=_get_models_ready, daemon=True).start()
    blocks = page()
    _, url, _ = blocks.launch(
        server_name="127.0.0.1",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        css_paths=Path(__file__).with_name("app.css"),
        footer_links=[],
        max_file_size="100mb",
        quiet=True,  # or else it advertises public links
        inbrowser=True,
        prevent_thread_lock=True,
    )
    print(f"Cited is at {url} - Ctrl-C stops it.", flush=True)
    blocks.block_thread()


def page() -> gr.Blocks:
    """Lay out the page and connect its events; of these only `/ask` is open to programs."""
    script = Path(__file__).with_name("app.js").read_text(encoding="utf-8")
    blocks = gr.Blocks(title="Cited", fill_width=True, delete_cache=(3600, 3600))
    with blocks:
        answers = gr.State([])
        gr.HTML(
            "<h1>Cited</h1><p>Ask a document. Get the answer, and the passage that proves it.</p>",
            elem_id="brand",
            apply_default_css=False,
        )
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                conversation = gr.HTML(
                    _conversation_view([]),
                    elem_id="conversation",
                    apply_default_css=False,
                    html_template='<div role="log" aria-label="Conversation"></div>',
                    js_on_load=f"{script}\nshowConversation(element, props, watch, trigger);",
                )
                with gr.Row(elem_id="asking"):
                    question = gr.Textbox(
                        label="Question", placeholder="Ask a question", show_label=False, autofocus=True, max_lines=4
                    )
                    button = gr.Button("Ask", variant="primary", scale=0, min_width=72)
                with gr.Row(elem_id="documents"):
                    chosen = gr.Radio([ARTICLE, OWN], value=ARTICLE, label="Ask about", container=False)
                    upload = gr.UploadButton(
                        "Add files", file_count="multiple", file_types=sorted(SUFFIXES), size="sm", scale=0
                    )
                notices = gr.HTML(
                    [],
                    elem_id="notices",
                    apply_default_css=False,
                    html_template='<ul role="status"></ul>',
                    js_on_load=f"{script}\nshowNotices(element, props, watch);",
                )
            source = gr.HTML(
                _source_view(article()),
                elem_id="source",
                apply_default_css=False,
                html_template='<section aria-label="Source"></section>',
                js_on_load=f"{script}\nshowSource(element, props, watch);",
            )

        asking = {
            "fn": _respond,
            "inputs": [question, chosen, answers],
            "outputs": [question, answers, conversation, source],
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        gr.on([question.submit, button.click], **asking)
        conversation.example(_take_example, None, question, api_visibility="private").then(**asking)
        conversation.open(_open_passage, answers, source, show_progress="hidden", api_visibility="private")
        chosen.change(_show_newest, chosen, source, show_progress="hidden", api_visibility="private")
        upload.upload(_add, upload, [notices, chosen, source], show_progress="minimal", api_visibility="private")
        api(ask_about_article, api_name="ask")
    return blocks


def ask_about_article(question: str) -> dict[str, Any]:
    """Answer a question about the bundled article, in the form of `cited ask --json`."""
    try:
        return ask(question).to_dict()
    except CitedError as error:
        raise gr.Error(str(error)) from error


@cache
def own_collection() -> AnyCollection:
    """Return the collection that files are added to: what `CITED_COLLECTION` names, or one in the user data folder."""
    return open_collection(os.environ.get("CITED_COLLECTION") or platformdirs.user_data_path("cited") / "documents")


def _get_models_ready() -> None:
    try:
        ask("ready?")
    except CitedError as error:
        print(f"cited: {error}", file=sys.stderr)  # and each question will be answered with the same sentence
    models_are_ready.set()


def _take_example(event: gr.EventData) -> str:
    return str(event.question)


def _respond(question: str, chosen: str, answers: list[Answer]) -> Iterator[tuple[Any, ...]]:
    """Yield the page with the question on it, then with its answer; a question that fails stays in its box."""
    yield "", answers, _conversation_view(answers, pending=question), gr.skip()
    try:
        answer = ask(question, article_collection() if chosen == ARTICLE else own_collection())
    except CitedError as error:
        yield question, answers, _conversation_view(answers, error=str(error)), gr.skip()
    else:
        answers = [*answers, answer]
        source = _passage_view(answer, 0) if answer.passages else gr.skip()
        yield "", answers, _conversation_view(answers), source


def _open_passage(answers: list[Answer], event: gr.EventData) -> View:
    return _passage_view(answers[event.turn], event.passage) | {"follow": True}


def _show_newest(chosen: str) -> View:
    """Show the article, or the newest of the user's documents."""
    if chosen == ARTICLE:
        return _source_view(article())
    documents = own_collection().documents()
    return _source_view(documents[-1]) if documents else {"title": "No documents yet", "pieces": []}


def _add(files: Sequence[str]) -> tuple[list[View], str, View]:
    notices: list[View] = []
    for file in map(Path, files):
        try:
            added = own_collection().add(replace(read(file), source=file.name))
        except CitedError as error:
            notices.append({"text": str(error).replace(str(file), file.name), "failed": True})
        else:
            notices.append({"text": f"{file.name}: {'added' if added else 'is here already'}", "failed": False})
    return notices, OWN, _show_newest(OWN)


def _conversation_view(answers: Sequence[Answer], pending: str = "", error: str = "") -> View:
    return {
        "turns": [_turn_view(answer) for answer in answers],
        "pending": pending,
        "status": "Reading" if models_are_ready.is_set() else "Getting ready: the model is being loaded",
        "error": error,
        "examples": EXAMPLES,
    }


def _turn_view(answer: Answer) -> View:
    return {
        "question": answer.question,
        "answer": answer.text,
        "confidence": f"{_in_words(answer.confidence)} · confidence {answer.confidence:.0%}",
        "passages": [_hit_view(hit) for hit in answer.passages[:PASSAGES_SHOWN]],
    }


def _in_words(confidence: float) -> str:
    return "Sure" if confidence >= SURE else "Likely" if confidence >= LIKELY else "Possible"


def _hit_view(hit: Hit) -> View:
    document, span = hit.passage.document, hit.passage.span
    place = f"{document.title}, {document.place(span.start)}"
    return {"place": place, "score": f"{hit.score:.0%}", "text": hit.passage.text}


def _passage_view(answer: Answer, number: int) -> View:
    """Show the source of the passage `number`, counted from 0, with that passage and the answer marked."""
    passage = answer.passages[number].passage
    said = [cited.span for cited in answer.citations[:1] if cited.document == passage.document]
    return _source_view(passage.document, passage.span, said)


def _source_view(document: Document, passage: Span | None = None, citations: Sequence[Span] = ()) -> View:
    """Cut the text where a mark begins or ends; offsets stay here, where they count code points as the text does."""
    marks = [span for span in (passage, *citations) if span is not None]
    cuts = sorted({0, len(document.text), *(cut for span in marks for cut in (span.start, span.end))})
    pieces = [Span(start, end) for start, end in pairwise(cuts)]
    return {
        "title": document.title,
        "place": document.source,
        "pieces": [
            {
                "text": document.quote(piece),
                "passage": passage is not None and _holds(passage, piece),
                "answer": any(_holds(cited, piece) for cited in citations),
            }
            for piece in pieces
        ],
    }


def _holds(span: Span, piece: Span) -> bool:
    return span.start <= piece.start and piece.end <= span.end


if __name__ == "__main__":
    main()
