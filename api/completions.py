"""Chat completions as OpenAI's clients ask for them. Nothing is generated: the answer is a quote with its citation."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from api import served
from api.schema import Completion, Message
from page.calls import in_line
from page.line import Line
from qa.share.transcript import markdown

_MODEL = "cited"

_EARLIER = 3
"""Earlier questions of a chat on which its last may depend. They are asked again, for the server keeps no chats."""

_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Nothing is generated, and so nothing is counted."""

_UNSUPPORTED: dict[str, tuple[Any, ...]] = {
    "tool_choice": ("required", "function"),
    "response_format": ("json_object", "json_schema"),
    "logprobs": (True,),
}
"""Settings whose values, or the `type` of their values, ask for what Cited cannot do. Other settings are ignored."""


@dataclass(frozen=True, slots=True)
class Completions:
    """The endpoints for OpenAI's clients. Questions wait in the line `asking`."""

    asking: Line

    async def complete(self, asked: Completion, request: Request) -> Response:
        """Answer the last message of the user, which may depend on earlier ones, with the quote and its citation.

        `cited` holds the same answer as `/v1/ask`. Messages of other roles are not read.
        """
        questions = _questions(asked)
        answer = await in_line(self.asking, request.is_disconnected, served.converse, questions=questions)
        content = markdown(answer)
        if asked.stream:
            has_usage = bool((asked.stream_options or {}).get("include_usage"))
            chunks = _chunks(content, answer.to_dict(), has_usage=has_usage)
            return StreamingResponse(chunks, media_type="text/event-stream")
        message = {"role": "assistant", "content": content, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        named = _named("chat.completion")
        return JSONResponse({**named, "choices": [choice], "usage": _USAGE, "cited": answer.to_dict()})

    async def models(self) -> dict[str, Any]:
        """List the one model that there is."""
        return {"object": "list", "data": [{"id": _MODEL, "object": "model", "created": 0, "owned_by": _MODEL}]}


def _chunks(content: str, answer: dict[str, Any], *, has_usage: bool) -> Iterator[str]:
    """Yield the events of a streamed answer: its role, its text line by line, its end."""
    head = _named("chat.completion.chunk")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": line} for line in content.splitlines(keepends=True)]
    for delta in deltas:
        yield _event({**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}]})
    end = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}
    yield _event({**head, "choices": [end], "cited": answer})
    if has_usage:
        yield _event({**head, "choices": [], "usage": _USAGE})
    yield "data: [DONE]\n\n"


def _questions(asked: Completion) -> list[str]:
    """Return the questions to ask: the last message of the user, and those before it that it may depend on.

    Raises:
        HTTPException: something is asked for that Cited cannot do, or nothing is asked.
    """
    if (asked.n or 1) != 1:
        raise _unsupported("one answer to a question; leave out `n`")
    for name, values in _UNSUPPORTED.items():
        value = (asked.model_extra or {}).get(name)
        if (value.get("type") if isinstance(value, dict) else value) in values:
            raise _unsupported(f"quotes as text; leave out `{name}`")
    questions = [text for message in asked.messages if message.role == "user" and (text := _text(message))]
    if not questions:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The chat holds no question; send a message of the role `user`.")
    return questions[-1 - _EARLIER :]


def _text(message: Message) -> str:
    if isinstance(message.content, str):
        return message.content.strip()
    parts = message.content or []
    if any(part.get("type") != "text" for part in parts):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "Cited reads text in a chat; add files at `/v1/add`.")
    return "\n".join(str(part.get("text", "")) for part in parts).strip()


def _unsupported(what: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, f"Cited answers with {what}.")


def _named(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid4().hex}", "object": kind, "created": int(time.time()), "model": _MODEL}


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value)}\n\n"
