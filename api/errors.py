"""Every error as one sentence, with the status that fits it."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index import CitedError, CollectionLocked, DiskFull, ReadOnlyCollection, UnknownDocument
from page.calls import logged
from page.collections import UnknownCollection
from page.gate import fault
from page.line import Busy, Gone
from page.pace import TooManyQuestions

AGAIN = "1"
"""Seconds after which a program may try again."""

_STATUSES: tuple[tuple[type[CitedError], int], ...] = (
    (Busy, HTTPStatus.SERVICE_UNAVAILABLE),
    (TooManyQuestions, HTTPStatus.TOO_MANY_REQUESTS),
    (CollectionLocked, HTTPStatus.SERVICE_UNAVAILABLE),
    (UnknownDocument, HTTPStatus.NOT_FOUND),
    (UnknownCollection, HTTPStatus.NOT_FOUND),
    (ReadOnlyCollection, HTTPStatus.FORBIDDEN),
    (DiskFull, HTTPStatus.INSUFFICIENT_STORAGE),
)
"""The statuses of errors of ours; those that are not named here mean a bad request."""


def answer_errors(served: FastAPI) -> None:
    """Let `served` answer every error with JSON."""
    served.add_exception_handler(CitedError, _known)
    served.add_exception_handler(Gone, _gone)
    served.add_exception_handler(RequestValidationError, _malformed)
    served.add_exception_handler(HTTPException, _refused)
    served.add_exception_handler(Exception, _unknown)


def sentence_of(error: CitedError) -> str:
    """Return an error of ours as a sentence for programs that do not use our Python functions."""
    return str(error).replace("`documents()` lists those", "`documents` lists those")


async def _known(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CitedError)
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    headers = {"Retry-After": AGAIN} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    if isinstance(error, TooManyQuestions):
        headers = {"Retry-After": str(error.seconds)}
    return JSONResponse(fault(sentence_of(error), type(error).__name__), status, headers)


async def _gone(_: Request, error: Exception) -> JSONResponse:
    return JSONResponse(fault("Nobody waits for this answer.", type(error).__name__), 499)


async def _malformed(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"][1:])) or "its body"
    return JSONResponse(fault(f"The request is malformed at {place}: {first['msg']}.", "Malformed"), 422)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {}) | ({"Retry-After": AGAIN} if error.status_code == 503 else {})
    # Our own reasons are sentences. Those of the libraries, such as for a body in an unknown encoding, are not.
    reason = error.detail if error.detail.endswith(".") else f"The request cannot be read: {error.detail}."
    return JSONResponse(fault(reason, "Refused"), error.status_code, headers)


async def _unknown(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse(fault(logged(error, request.url.path), "Fault"), 500)
