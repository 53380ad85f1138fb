"""The log of a server. No line holds a question or a text, and none can be forged."""

import json
import logging
import traceback
from datetime import UTC, datetime

from page.gate import Application, Message, Receive, Send
from qa.share.terminal import escaped

_requests = logging.getLogger("cited.requests")


class Plain(logging.Formatter):
    """Lines for people: control characters are escaped. An error's own message, which may hold a text, is left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the message, and the places of an error below it."""
        lines = [f"cited: {escaped(record.getMessage())}", *(f"    {escaped(line)}" for line in places(record))]
        return "\n".join(lines)


class Json(logging.Formatter):
    """A JSON object on each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON: `at`, `level`, `logger`, `message`; of an error its `places`."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if found := places(record):
            said["places"] = found
        return json.dumps(said)


def places(record: logging.LogRecord) -> list[str]:
    """Return the kind of a record's error, and the places that it passed through; [] without an error."""
    if not record.exc_info or record.exc_info[0] is None:
        return []
    kind, _, trace = record.exc_info
    found = [f"{each.filename}, line {each.lineno}, in {each.name}" for each in traceback.extract_tb(trace)]
    return [kind.__name__, *found]


def noting(app: Application) -> Application:
    """Return an application that logs each request to `app`, without what was sent."""

    async def noted(scope: Message, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _requests.info("%s %s %d", scope["method"], scope["path"], message["status"])
            await send(message)

        await app(scope, receive, sent)

    return noted


def start(*, as_json: bool) -> None:
    """Write warnings of this process to standard error; if as JSON, also a line for each request."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if as_json else Plain())
    logging.basicConfig(handlers=[handler], force=True)
    _requests.setLevel(logging.INFO if as_json else logging.WARNING)
