"""The web page: `python app.py`. The only module that imports Gradio; `page/` holds what it serves."""

import logging
import mimetypes
import os
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it once, at import

import webbrowser
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import gradio as gr
import platformdirs
from fastapi import FastAPI
from gradio.events import api
from starlette.staticfiles import StaticFiles

from index import CitedError
from page.calls import Calls, in_line, logged
from page.functions import FUNCTIONS, add, get_models_ready, pages, ready, uploads
from page.gate import CALL, FILES, PICTURES, UPLOAD, Gate, departure
from page.line import Gone, Line
from page.questions import Questions
from page.server import serve
from qa import ask

WEB = Path(__file__).with_name("page") / "web"

HEAD = f"""
<link rel="stylesheet" href="{FILES}/page.css">
<script type="module" src="{FILES}/main.js"></script>
"""
"""What Gradio's page loads: our own page, which takes its place."""

AT_ONCE = 4
"""Pieces of work that run at a time in the line of questions."""

MOST_WAITING = 40
"""Pieces of work that may wait in each line."""

asking, adding = Line(AT_ONCE, MOST_WAITING), Line(1, MOST_WAITING)
"""All work waits in one of two lines, so that questions do not wait for a file that takes long to read."""


def main() -> None:
    """Serve the page on the loopback interface and open it in the browser; return when interrupted."""
    logging.basicConfig(format="cited: %(message)s")
    os.umask(0o077)  # new files are for their owner alone
    for folder in (platformdirs.user_data_path("cited"), platformdirs.user_cache_path("cited")):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # an older version made it readable for everybody
    try:
        Thread(target=get_models_ready, daemon=True).start()
        with closing(uploads()), closing(pages()):
            serve(Gate(Questions(application(page()))), _announce)
    except (CitedError, OSError) as error:
        sys.exit(f"cited: {error}")


def _announce(address: str) -> None:
    print(f"Cited is at {address} - Ctrl-C stops it.", flush=True)
    Thread(target=webbrowser.open, args=[address], daemon=True).start()


def application(blocks: gr.Blocks) -> FastAPI:
    """Return the application behind the gate: our files, calls and uploads; Gradio's page and `/ask`."""
    served = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    calls = Calls(dict.fromkeys(FUNCTIONS, asking) | {add: adding, ready: None})
    served.add_route(CALL, calls.receive, methods=["POST"])
    served.add_route(UPLOAD, uploads().receive, methods=["POST"])
    served.add_route(PICTURES + "/{document}/{page:int}/{width:int}", pages().receive, methods=["GET"])
    mimetypes.add_type("text/javascript", ".js")  # some systems call it plain text, and browsers then refuse it
    served.mount(FILES, StaticFiles(directory=WEB))
    gr.mount_gradio_app(
        served,
        blocks,
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        head=HEAD,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
    )
    return served


def page() -> gr.Blocks:
    """Make Gradio's page: the place of our own, and `/ask`, all that programs can call."""
    blocks = gr.Blocks(title="Cited")
    with blocks:
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
        raise gr.Error(logged(error, "/ask"), print_exception=False) from error
    return dict(answer.to_dict())


if __name__ == "__main__":
    main()
