"""E-mails (.eml) with their attachments, and web pages archived in the same format (.mhtml)."""

import binascii
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from mimetypes import guess_extension

from index.block import Block, Kind, Role, plain_blocks
from index.formats import suffixes
from index.formats.charset import decode
from index.formats.content import Attachment, Composer, Content, NoContent
from index.formats.facts import counted, facts, summed
from index.formats.html import read_html
from index.formats.normal import normalised, on_one_line

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
"""The headers that become part of the text, in this order."""

_HEADER = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
_MIME = re.compile(rb"^mime-version:\s*1\.0", re.IGNORECASE | re.MULTILINE)

_ENVELOPE = re.compile(rb"From [^\s:]+ [^\r\n]{10,60}\r?\n")
"""The line before an e-mail in a mailbox."""

_FOLLOWING = re.compile(rb"\n\r?\nFrom [^\s:]+ [^\r\n]{10,60}\r?\n[!-9;-~]{1,80}:")
"""The beginning of the next e-mail of a mailbox."""

_ORIGINAL = re.compile(
    r"^-{2,}[ ]?Original Message[ ]?-{2,}[ ]*$"
    r"|^\*?From:\*? [^\n]+\n+\*?(?:Sent|Date):\*? [^\n]+\n+(?:\*?(?:To|Cc):\*? [^\n]+\n+){1,2}\*?Subject:",
    re.IGNORECASE | re.MULTILINE,
)
"""The lines with which Outlook begins the message that is answered."""

_SIGNATURE = "-- "
"""The line before a signature."""

_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} (?P<name>[^\n]+)\n(?P<lines>(?:[ -`]{1,61}\n)*?)(?:`? ?\n)?end[ ]*$", re.MULTILINE
)
"""A file inside a text, as programs attached them before MIME."""

_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})
"""Encodings that are declared for text in Windows-1252 and in UTF-8 as well."""

_REACH = 20_000
"""Bytes at the beginning of a file that are searched for headers."""

_LONGEST_HEADER = 5_000
"""Code points of a header that are read. This allows about a hundred recipients."""

_LONGEST_NAME = 100
"""Code points of the name of an attachment that are shown."""


def is_mail(data: bytes, suffix: str) -> bool:
    """Return whether `data` begins with headers, and its suffix or a header shows that it is an e-mail."""
    beginning = data[:_REACH].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    envelope = _ENVELOPE.match(beginning)
    headers = _HEADER.match(beginning, envelope.end() if envelope else 0)
    return headers is not None and bool(envelope or suffix in suffixes.MAIL or _MIME.search(headers[0]))


def read_mail(data: bytes) -> Content:
    """Return the headers and text of an e-mail with its attachments, or the text of an archived web page.

    Files that were written into a text before there was MIME are attachments too. Messages that are quoted in an
    answer are set apart.

    If a body has a text version and an HTML version, the one with more words is read. The attachments are only decoded.

    Raises:
        NoContent: the data contains no text or several e-mails, or its parts are nested too deeply.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if envelope := _ENVELOPE.match(data):
        if _FOLLOWING.search(data):
            raise NoContent("is a mailbox of several e-mails; save each of them as .eml")
        data = data[envelope.end() :]
    try:
        message = message_from_bytes(data)
        parts = list(_parts(message))
        sheets = _sheets(parts) if _is_page(message) else []
        bodies = {part: _body(part, sheets) for part in parts if _is_body(part)}
        texts = {part: body for part, body in bodies.items() if any(map(str.isalnum, body.text))}
        if _is_page(message):
            content = _page(message, [body for part, body in texts.items() if part.get_content_subtype() == "html"])
            attached = [part for part in parts if part.get_content_disposition() == "attachment"]
        else:
            images = sum(_is_image(part) for part in parts)
            content = _mail(message, list(_chosen(message, texts)), counted({"image": images}))
            attached = [part for part in parts if not _is_body(part) and not _is_image(part)]
        return replace(content, attachments=(*content.attachments, *map(_attachment, attached)))
    except RecursionError as error:
        raise NoContent("is an e-mail whose parts are nested too deep; save its text alone") from error


def _parts(message: Message) -> Iterator[Message]:
    """Yield the bodies, images and attachments of an e-mail. An attached e-mail is one part."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


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
    day = _day(_header(message, "Date"))
    said = facts(
        "the headers of the e-mail",
        title=_header(message, "Subject"),
        author=name or address,
        date=day.isoformat() if day else "",
    )
    all_unread = summed([*unread, *(phrase for body in bodies for phrase in body.unread)])
    content = composer.content().with_first_place(f"e-mail of {day.day} {day:%B %Y}" if day else "e-mail")
    inside = tuple(attachment for body in bodies for attachment in body.attachments)
    return replace(content, facts=said, unread=all_unread, attachments=inside)


def _attachment(part: Message) -> Attachment:
    """Return a decoded attachment. An e-mail is named by its subject, and anything else without a name by its type."""
    inner = part.get_payload(0) if part.is_multipart() else None
    if isinstance(inner, Message):
        name = _header(inner, "Subject") or "e-mail"
        return Attachment(f"{name[:_LONGEST_NAME]}.eml", inner.as_bytes())
    name = _decoded_words(part.get_filename() or "") or f"unnamed{guess_extension(part.get_content_type()) or ''}"
    return Attachment(name[-_LONGEST_NAME:], _payload(part))


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
    if not part.is_multipart() or part.get_content_type() == "message/rfc822":
        yield from [texts[part]] if part in texts else []
        return
    found = [list(_chosen(each, texts)) for each in part.get_payload() if isinstance(each, Message)]
    if part.get_content_type() == "multipart/alternative":
        found = [max(found, key=lambda bodies: sum(len(body.text.split()) for body in bodies))] if found else []
    for bodies in found:
        yield from bodies


def _is_body(part: Message) -> bool:
    """Return whether a part is a text that is shown in the e-mail itself."""
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return is_text and part.get_content_disposition() != "attachment" and not part.get_filename()


def _is_image(part: Message) -> bool:
    """Return whether a part is an image that is shown in the text."""
    return part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"


def _body(part: Message, sheets: Sequence[str]) -> Content:
    text = _text(part)
    if part.get_content_subtype() == "html":
        content = read_html(text, sheets)
        return replace(content, blocks=tuple(_with_original(content.text, content.blocks)))
    if str(part.get_param("format")).lower() == "flowed":
        text = _unflowed(normalised(text), deletes=str(part.get_param("delsp")).lower() == "yes")
    files: list[Attachment] = []

    def cut(found: re.Match[str]) -> str:
        data = _uudecoded(found["lines"])
        files.extend([Attachment(found["name"].strip()[-_LONGEST_NAME:], data)] if data else [])
        return "" if data else found[0]

    text = _UUENCODED.sub(cut, normalised(text)).strip()
    return Content(text, blocks=tuple(_with_quoted(text)), attachments=tuple(files))


def _uudecoded(lines: str) -> bytes:
    """Return the bytes of a file in the encoding of uuencode; none if it is something else."""
    with suppress(binascii.Error):
        return b"".join(binascii.a2b_uu(line) for line in lines.splitlines())
    return b""


def _unflowed(text: str, *, deletes: bool) -> str:
    """Return text in the format `flowed` with whole paragraphs: a line that ends with a space goes on in the next.

    Source: RFC 3676, The Text/Plain Format and DelSp Parameters.

    Args:
        text: the text.
        deletes: whether the spaces at the ends of such lines are no part of it.
    """
    paragraphs: list[list[str]] = []
    goes_on, depth = False, 0
    for line in text.split("\n"):
        words = line.lstrip(">")
        is_one = goes_on and len(line) - len(words) == depth and words != _SIGNATURE
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        goes_on = words.endswith(" ") and words != _SIGNATURE
        if not is_one:
            paragraphs.append([">" * depth + " " * (depth > 0)])
        paragraphs[-1].append(words[:-1] if goes_on and deletes else words)
    return "\n".join(map("".join, paragraphs))


def _with_quoted(text: str) -> Iterator[Block]:
    """Yield the blocks of a plain text. Those of the message that is answered are set apart."""
    for block, following in pairwise([*_with_original(text, plain_blocks(text)), Block(len(text))]):
        was_quoted = None
        start = text.rfind("\n", 0, block.start) + 1
        for line in text[start : following.start].splitlines(keepends=True):
            is_quoted = line.lstrip().startswith(">")
            if is_quoted != was_quoted and any(map(str.isalnum, line)):
                own = block if was_quoted is None else block._replace(start=start + len(line) - len(line.lstrip("> ")))
                yield own._replace(role=Role.QUOTED) if is_quoted else own
                was_quoted = is_quoted
            start += len(line)


def _with_original(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a body. Those of the original message below the answer are set apart."""
    original = _ORIGINAL.search(text)
    start = original.start() if original and any(map(str.isalnum, text[: original.start()])) else len(text)
    for block in blocks:
        yield block._replace(role=Role.QUOTED) if block.start >= start and block.role == Role.TEXT else block


def _text(part: Message) -> str:
    payload = _payload(part)
    return _decoded(payload, part.get_content_charset()) if payload else ""


def _sheets(parts: Sequence[Message]) -> list[str]:
    """Return the style sheets of an archived page."""
    return [_payload(part).decode(errors="replace") for part in parts if part.get_content_type() == "text/css"]


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(payload: bytes, charset: str | None) -> str:
    for encoding in ("utf-8", "cp1252") if charset in _WESTERN else (charset or "ascii",):
        with suppress(LookupError, UnicodeDecodeError):
            return payload.decode(encoding)
    return decode(payload)


def _header(message: Message, name: str) -> str:
    """Return the decoded value of a header on one line, or "" if it is missing."""
    written = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if not written.isascii():  # some programs write the bytes as they are, which stand here as surrogates
        written = _decoded(written.encode("utf-8", "surrogateescape"), "latin1")
    return _decoded_words(written[:_LONGEST_HEADER])


def _decoded_words(written: str) -> str:
    """Return the text of a header or file name on one line."""
    try:
        words = str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        words = written
    words = words.encode(errors="replace").decode()  # replaces lone surrogates
    return on_one_line(words)


def _day(text: str) -> date | None:
    with suppress(OverflowError, ValueError, TypeError, IndexError):
        return parsedate_to_datetime(text).date()
    return None
