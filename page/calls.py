"""The page's calls of the functions of `app.py`: checked, queued, and with a sentence for every error."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, get_type_hints
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index import CitedError, UnknownDocument
from page.line import Gone, Line

_log = logging.getLogger("cited.page")

_STRICT = ConfigDict(strict=True, extra="forbid")

_REMOVED = "This document has been removed; add it again to read or ask it."


Name = Annotated[str, Field(max_length=100)]
"""The browser's name for an answer, a document or an uploaded file."""


class Forgotten(CitedError):
    """A conversation or an answer that was not kept."""


class Calls:
    """Answers the page's calls: JSON in, JSON out.

    A call names a `function` and its `arguments`, which are checked against its annotations. An error of ours becomes
    {"error": its sentence, "kind": the name of its class}. Any other error is logged under a number, which its
    sentence names.

    Args:
        functions: the functions that may be called, each with the line in which its calls wait. A coroutine function
            has None instead, and its calls do not wait.
    """

    def __init__(self, functions: Mapping[Callable[..., Any], Line | None]) -> None:
        self._functions = {function.__name__: (function, line) for function, line in functions.items()}
        self._arguments = {function.__name__: arguments_of(function) for function in functions}

    async def receive(self, request: Request) -> Response:
        """Answer a call, as the endpoint of a route."""
        try:
            call = await request.json()
            function, line = self._functions[call["function"]]
            arguments = dict(self._arguments[function.__name__].model_validate(call["arguments"]))
        except (ValueError, TypeError, KeyError, RecursionError) as error:  # pydantic's error is a ValueError
            return JSONResponse({"error": _malformed(error)}, status_code=400)
        try:
            return JSONResponse(await in_line(line, request.is_disconnected, function, **arguments))
        except Gone:
            return Response(status_code=499)
        except CitedError as error:
            return JSONResponse({"error": sentence_of(error), "kind": type(error).__name__})
        except Exception as error:
            return JSONResponse({"error": logged(error, function.__name__)})


def sentence_of(error: CitedError) -> str:
    """Return an error of ours as a sentence for people who use the page."""
    return _REMOVED if isinstance(error, UnknownDocument) else str(error)


async def in_line(
    line: Line | None, is_gone: Callable[[], Awaitable[bool]], function: Callable[..., Any], **arguments: Any
) -> Any:
    """Call `function` in a thread when its turn in `line` has come; with no line, await it.

    Raises:
        Busy: the line is full.
        Gone: the client has disconnected before its turn.
    """
    if line is None:
        return await function(**arguments)
    async with line.turn(is_gone):
        return await asyncio.to_thread(function, **arguments)


def logged(error: Exception, where: str) -> str:
    """Log an internal error, and return the sentence for it. Both have the same number."""
    number = uuid4().hex[:8]
    _log.error("Fault %s in %s", number, where, exc_info=error)
    name = type(error).__name__
    return f"Something went wrong in Cited ({name}). Where Cited was started, it is written as fault {number}."


def arguments_of(function: Callable[..., Any]) -> type[BaseModel]:
    """Return the model against which a call's data are checked: the function's parameters, by name."""
    hints = get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    defaults = {each.name: ... if each.default is each.empty else each.default for each in parameters}
    fields: dict[str, Any] = {name: (hints[name], default) for name, default in defaults.items()}
    return create_model(function.__name__, __config__=_STRICT, **fields)


def _malformed(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"The call is malformed at {'.'.join(map(str, first['loc'])) or 'its data'}: {first['msg']}."
    return "The call is malformed; load the page again."
