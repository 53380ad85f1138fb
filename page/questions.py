"""Questions that programs ask at `/ask`, checked before Gradio receives them."""

from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from starlette.responses import JSONResponse

from page.gate import JOIN, Application, Message, Receive, Send
from page.pace import TooManyQuestions
from page.session import session

MALFORMED = "The question is malformed; ask by gradio_client: Client(address).predict(question, api_name='/ask')."


class _Question(BaseModel):
    """The part of gradio_client's request that is used here."""

    data: list[str] = Field(min_length=1, max_length=1)
    fn_index: Literal[0]
    session_hash: str = Field(min_length=1, max_length=100)


class Questions:
    """An ASGI application before Gradio's: refuses questions on which Gradio would fail."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it asks a question that the page cannot take."""
        if scope["type"] != "http" or scope["path"] != JOIN:
            await self.app(scope, receive, send)
            return
        pieces, is_complete = [], False
        while not is_complete:
            message = await receive()
            pieces.append(message.get("body", b""))
            is_complete = not message.get("more_body", False)
        body = b"".join(pieces)
        try:
            _Question.model_validate_json(body)
        except ValidationError:
            await JSONResponse({"error": MALFORMED}, status_code=400)(scope, receive, send)
            return
        try:
            session().count_question()
        except TooManyQuestions as error:
            again = {"Retry-After": str(error.seconds)}
            await JSONResponse({"error": str(error)}, status_code=429, headers=again)(scope, receive, send)
        else:
            await self.app(scope, _again(body, receive), send)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives `body` first, and then what the original `receive` gives."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    return received
