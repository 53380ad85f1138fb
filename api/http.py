"""The endpoints for programs, below `/v1`."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request, UploadFile

from api import schema, served
from api.completions import Completions
from api.errors import answer_errors
from page import functions
from page.calls import in_line
from page.line import Line

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": schema.Fault, "description": description}
    for status, description in {
        400: "What was sent cannot be used.",
        401: "No token or password was sent, or a wrong one.",
        403: "The documents can be asked, but not changed.",
        404: "There is no such document.",
        408: "The request did not arrive in time.",
        413: "The request is too large.",
        422: "The request is malformed.",
        429: "Too many questions in a minute, or too many wrong passwords; try again after `Retry-After` seconds.",
        503: "Cited is busy; try again after `Retry-After` seconds.",
        507: "The disk is full.",
    }.items()
}

_STREAMED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": "The answer."}
}


def application(asking: Line, adding: Line) -> FastAPI:
    """Return the application for programs.

    Args:
        asking: the line in which questions and everything else wait.
        adding: the line in which files wait.
    """
    application = FastAPI(
        title="Cited",
        version=version("cited"),
        summary="Ask documents a question; get the answer and what proves it, or that they do not state it.",
        docs_url=None,
        redoc_url=None,
        responses=_ERRORS,
    )
    endpoints, completions = _Endpoints(asking, adding), Completions(asking)
    application.post("/ask", response_model=schema.Answer)(endpoints.ask)
    application.post("/search", response_model=schema.Hits)(endpoints.search)
    application.get("/documents", response_model=schema.Documents)(endpoints.documents)
    application.post("/add", response_model=schema.Added)(endpoints.add)
    application.post("/rename", response_model=schema.Document)(endpoints.rename)
    application.post("/remove", response_model=schema.Removed)(endpoints.remove)
    application.post("/verify", response_model=schema.Findings)(endpoints.verify)
    application.post("/chat/completions", response_model=None, responses=_STREAMED)(completions.complete)
    application.get("/models")(completions.models)
    answer_errors(application)
    return application


@dataclass(frozen=True, slots=True)
class _Endpoints:
    """The endpoints; their docstrings are the descriptions that programs get."""

    asking: Line
    adding: Line

    async def ask(self, asked: schema.Question, request: Request) -> Any:
        """Answer a question with a slice of a document; an empty `text` means that the documents do not state it."""
        return await in_line(self.asking, request.is_disconnected, served.ask, **asked.model_dump())

    async def search(self, asked: schema.Search, request: Request) -> Any:
        """Find the passages that match a question best, without reading them for an answer."""
        return await in_line(self.asking, request.is_disconnected, served.search, **asked.model_dump())

    async def documents(self, request: Request) -> Any:
        """List the documents."""
        return await in_line(self.asking, request.is_disconnected, served.documents)

    async def add(self, file: UploadFile, request: Request) -> Any:
        """Add a file: PDF, Office, e-mail, web page, e-book, table or text. It replaces its older version."""
        copy = await functions.uploads().keep(file)
        name = file.filename or "file"
        try:
            return await in_line(self.adding, request.is_disconnected, functions.add, path=copy, name=name)
        finally:
            functions.uploads().cancel(copy)  # if its turn has not come

    async def rename(self, renaming: schema.Renaming, request: Request) -> Any:
        """Give a document another title. Citations of it stay valid."""
        return await in_line(self.asking, request.is_disconnected, served.rename, **renaming.model_dump())

    async def remove(self, removal: schema.Removal, request: Request) -> Any:
        """Remove a document."""
        await in_line(self.asking, request.is_disconnected, functions.remove, document=removal.document)
        return {"document": removal.document}

    async def verify(self, card: schema.Card, request: Request) -> Any:
        """Compare the quotes of an evidence card with the documents as they are now."""
        return await in_line(self.asking, request.is_disconnected, served.verify, card=card.card)
