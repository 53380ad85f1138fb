"""The server: `python app.py`. The only module that imports Gradio; `page/` and `api/` hold what it serves."""

import mimetypes
import os
import sys

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads it once, at import

import webbrowser
from contextlib import ExitStack, closing
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import Any

import gradio as gr
import platformdirs
from fastapi import FastAPI
from gradio.events import api as add_endpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

import api.http
from api import served
from index import CitedError
from index.sandbox.viewer import viewer
from page import limits, log
from page.calls import Calls, in_line, logged
from page.collections import Collections
from page.front import WEB, Front
from page.functions import FUNCTIONS, UNQUEUED, add, fetch, get_models_ready, network_is_on, uploads
from page.gate import API, CALL, FILES, HEALTH, MCP, METRICS, PICTURES, UPLOAD, Gate, departure
from page.line import Gone, Line
from page.metrics import Metrics
from page.questions import Questions
from page.server import serve
from page.serving import Serving
from page.session import Lasting, enter, served_collection, session
from page.sessions import Sessions
from page.token import entrance, token
from qa import article_collection

asking, adding = Line(limits.AT_ONCE, limits.WAITING), Line(1, limits.WAITING)
"""All work waits in one of two lines, so that questions do not wait for a file that takes long to read."""


class NotServed(CitedError):
    """Something without which nothing can be served is missing or cannot be used."""


def main() -> None:
    """Serve to this machine alone, and open the page in the browser; return when interrupted."""
    try:
        run(Serving())
    except CitedError as error:
        sys.exit(f"cited: {error}")


def run(serving: Serving) -> None:
    """Serve until interrupted. Open the page in the browser if only this machine can reach it.

    Raises:
        CitedError: it cannot be served in this way.
    """
    log.start(as_json=serving.has_json_log)
    os.umask(0o077)  # new files are for their owner alone
    if serving.has_network:
        network_is_on.set()
    if serving.collection:
        os.environ["CITED_COLLECTION"] = serving.collection
    try:
        for folder in (platformdirs.user_data_path("cited"), platformdirs.user_cache_path("cited")):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)  # an older version made it readable for everybody
        access = serving.access()
        with closing(uploads()), closing(viewer), ExitStack() as closed:
            sessions = closed.enter_context(closing(sessions_of(serving))) if serving.is_shared else None
            collections = None if sessions else collections_of_ones_own()
            enter(sessions.everybody if sessions else Lasting())
            Thread(target=copy_context().run, args=[get_models_ready], daemon=True).start()
            metrics = Metrics({"questions": asking, "files": adding}) if serving.has_metrics else None
            behind = Front(Questions(application(page(), metrics, has_mcp=serving.has_mcp)))
            optional = [METRICS] * serving.has_metrics + [MCP] * serving.has_mcp
            gate = Gate(behind, access, serving.is_called, *optional, sessions=sessions, collections=collections)
            counted = metrics.counting(gate) if metrics else gate
            serve(log.noting(counted), serving, partial(_announce, serving))
    except OSError as error:
        raise NotServed(f"Cited cannot be served ({error}).") from error


def sessions_of(serving: Serving) -> Sessions:
    """Return the sessions of a server for others. They share the collection that was named, or the bundled article."""
    shared = served_collection if serving.collection else article_collection
    return Sessions(platformdirs.user_cache_path("cited") / "sessions", shared, is_writable=serving.is_writable)


def collections_of_ones_own() -> Collections | None:
    """Return the collections that can be chosen on one's own machine; None if one was named when Cited was started."""
    is_named = "CITED_COLLECTION" in os.environ
    return None if is_named else Collections(platformdirs.user_data_path("cited") / "collections")


def _announce(serving: Serving, address: str) -> None:
    shown = f"{address}?token={token()}" if serving.has_token else address
    print(f"Cited is at {shown} - Ctrl-C stops it.", flush=True)
    if serving.is_local:
        opened = entrance(address).as_uri() if serving.has_token else address
        Thread(target=webbrowser.open, args=[opened], daemon=True).start()


def application(blocks: gr.Blocks, metrics: Metrics | None = None, *, has_mcp: bool = False) -> FastAPI:
    """Return the application behind the gate: our files, calls, uploads and endpoints; Gradio's page and `/ask`."""
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if has_mcp:
        serve_assistants(application)
    calls = Calls({add: adding, fetch: adding, **dict.fromkeys(FUNCTIONS, asking), **dict.fromkeys(UNQUEUED)})
    application.add_route(CALL, calls.receive, methods=["POST"])
    application.add_route(UPLOAD, uploads().receive, methods=["POST"])
    application.add_route(PICTURES + "/{document}/{page:int}/{width:int}", pictures, methods=["GET"])
    application.add_route(HEALTH, healthy)
    if metrics:
        application.add_route(METRICS, metrics.receive)
    mimetypes.add_type("text/javascript", ".js")  # some systems call it plain text, and browsers then refuse it
    application.mount(API, api.http.application(asking, adding))
    application.mount(FILES, StaticFiles(directory=WEB))
    gr.mount_gradio_app(
        application,
        blocks,
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
    )
    return application


def serve_assistants(application: FastAPI) -> None:
    """Let `application` serve assistants.

    Raises:
        NotServed: their package is not installed.
    """
    try:
        from api.assistants import assistants_server, web_application
    except ImportError as error:
        raise NotServed("Assistants need the package mcp; install it with: pip install 'cited[mcp]'") from error
    assistants = web_application(assistants_server(asking, adding), MCP)
    application.router.routes.extend(assistants.routes)
    application.router.lifespan_context = assistants.router.lifespan_context


def page() -> gr.Blocks:
    """Make Gradio's page: the place of our own, and `/ask`, all that programs can call."""
    blocks = gr.Blocks(title="Cited")
    with blocks:
        add_endpoint(ask_served, api_name="ask", concurrency_limit=None)  # our own line limits it
    return blocks


async def pictures(request: Request) -> Response:
    """Answer with a picture of a document's page."""
    return await session().pages.receive(request)


async def healthy(_: Request) -> Response:
    """Tell that the server answers."""
    return JSONResponse({"status": "ok"})


async def ask_served(question: str, request: gr.Request) -> dict[str, Any]:
    """Answer a question about the served documents, in the format of `cited ask --json`."""
    try:
        return dict(await in_line(asking, departure(request.session_hash or ""), served.ask, question=question))
    except CitedError as error:
        raise gr.Error(str(error), print_exception=False) from error
    except Gone as error:
        raise gr.Error("Nobody waits for this answer.", print_exception=False) from error
    except Exception as error:
        raise gr.Error(logged(error, "/ask"), print_exception=False) from error


if __name__ == "__main__":
    main()
