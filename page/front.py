"""Our page within Gradio's: it stands in the HTML, so that a browser shows it before it has run any script."""

import re
from pathlib import Path

from page.gate import FILES, Application, Message, Receive, Send

WEB = Path(__file__).with_name("web")


class Front:
    """An ASGI application before Gradio's: puts our page into Gradio's HTML."""

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete its answer if it is the page."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return
        pieces: list[bytes] = []
        start: Message = {}

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            pieces.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = with_page(b"".join(pieces).decode()).encode() if scope["method"] == "GET" else b"".join(pieces)
            headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
            await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, collect)


def with_page(html: str) -> str:
    """Return Gradio's HTML with our page in it. All scripts are named, so that they are fetched at once."""
    scripts = (f'<link rel="modulepreload" href="{FILES}/{each.name}">' for each in sorted(WEB.glob("*.js")))
    head = f"""<title>Cited</title>
<link rel="stylesheet" href="{FILES}/page.css">
{"".join(scripts)}
<script type="module" src="{FILES}/main.js"></script>
"""
    page = (WEB / "page.html").read_text(encoding="utf-8")
    html = html.replace('<meta charset="utf-8" />', f'<meta charset="utf-8" />\n{head}', 1)
    return re.sub(r"<body[^>]*>", lambda body: f"{body.group()}\n{page}", html, count=1)
