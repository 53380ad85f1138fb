"""E-mails (.eml), and web pages archived in the same format (.mhtml)."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from index.block import Kind
from index.formats.charset import decode
from index.formats.content import Composer, Content, NoContent, normalised
from index.formats.facts import counted, facts, summed
from index.formats.html import read_html

SUFFIXES = frozenset({".eml", ".mhtml", ".mht"})

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
"""The headers that become part of the text, in this order."""

_HEADER = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_MIME = re.compile(rb"^mime-version:\s*1\.0", re.IGNORECASE | re.MULTILINE)

_REACH = 20_000
"""Bytes at the beginning of a file that are searched for headers."""

LONGEST_HEADER = 5_000
"""Code points of a header that are read. This allows about a hundred recipients."""


def is_mail(data: bytes, suffix: str) -> bool:
    """Return whether `data` begins with headers, and its suffix or a header shows that it is an e-mail."""
    headers = _HEADER.match(data[:_REACH].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    return headers is not None and (suffix in SUFFIXES or _MIME.search(headers[0]) is not None)


def read_mail(data: bytes) -> Content:
    """Return the headers and text of an e-mail, or the text of an archived web page.

    If a body has a text version and an HTML version, the one with more words is read. Attachments are not read.

    Raises:
        NoContent: the data contains no text, or its parts are nested too deeply.
    """
    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError as error:
        raise NoContent("is an e-mail whose parts are nested too deep; save its text alone") from error
    bodies = [(part, _body(part)) for part in parts if not _is_attached(part) and part.get_content_maintype() == "text"]
    texts = [(part, body) for part, body in bodies if any(map(str.isalnum, body.text))]
    if _is_page(message):
        return _page(message, [body for part, body in texts if part.get_content_subtype() == "html"])
    unread = Counter(
        "image" if part.get_content_maintype() == "image" and not _is_attached(part) else "attachment"
        for part in parts
        if _is_attached(part) or part.get_content_maintype() not in {"text", "multipart"}
    )
    return _mail(message, list(_chosen(message, dict(texts))), counted(unread))


def _mail(message: Message, bodies: list[Content], unread: tuple[str, ...]) -> Content:
    composer = Composer()
    for name in _HEADERS:
        if words := _header(message, name):
            composer.gap("\n")
            composer.block(Kind.PARAGRAPH)
            composer.write(f"{name}: {words}")
    for body in bodies:
        composer.gap("\n\n")
        composer.include(body)
    name, address = parseaddr(_header(message, "From"))
    said = facts(
        "the headers of the e-mail",
        title=_header(message, "Subject"),
        author=name or address,
        date=_day(_header(message, "Date")),
    )
    all_unread = summed([*unread, *(phrase for body in bodies for phrase in body.unread)])
    return replace(composer.content(), facts=said, unread=all_unread)


def _page(message: Message, pages: list[Content]) -> Content:
    """Return the content of an archived page, which is the first of `pages`."""
    if not pages:
        raise NoContent("is an archive of a web page without any text; save the page again")
    titles = facts("the headers of the archive", title=_header(message, "Subject"))
    has_title = any(fact.name == "title" for fact in pages[0].facts)
    return pages[0] if has_title else replace(pages[0], facts=(*pages[0].facts, *titles))


def _is_page(message: Message) -> bool:
    """Return whether `message` is a web page that a browser saved."""
    return "Snapshot-Content-Location" in message or (
        message.get_content_type() == "multipart/related"
        and "To" not in message
        and any("Content-Location" in part for part in message.get_payload() if isinstance(part, Message))
    )


def _chosen(part: Message, texts: dict[Message, Content]) -> Iterator[Content]:
    """Yield the bodies to read: the longest of several alternatives in words, and every other body."""
    if not part.is_multipart():
        yield from [texts[part]] if part in texts else []
        return
    found = [list(_chosen(each, texts)) for each in part.get_payload() if isinstance(each, Message)]
    if part.get_content_type() == "multipart/alternative":
        found = [max(found, key=lambda bodies: sum(len(body.text.split()) for body in bodies))] if found else []
    for bodies in found:
        yield from bodies


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() == "message"


def _body(part: Message) -> Content:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload or part.get_content_subtype() not in {"plain", "html"}:
        return Content("")
    text = _decoded(payload, part.get_content_charset())
    if part.get_content_subtype() == "html":
        return read_html(text)
    return Content(normalised(text).strip())


def _decoded(payload: bytes, charset: str | None) -> str:
    with suppress(LookupError, UnicodeDecodeError):
        return payload.decode(charset or "ascii")
    return decode(payload)


def _header(message: Message, name: str) -> str:
    """Return the decoded value of a header on one line, or "" if it is missing."""
    written = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        words = str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, UnicodeDecodeError, ValueError):
        words = written
    words = words.encode(errors="replace").decode()  # replaces lone surrogates
    return " ".join(normalised(words).split())


def _day(text: str) -> str:
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(text).date().isoformat()
    return ""
