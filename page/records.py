"""What outlives the server: conversations, and what of the page was shown, in one folder for its owner alone.

A conversation has a file of its own, and each answer one line in it: the spans that it cites, and the ids of their
documents. The texts stay in the collection, so that a document that is removed leaves none here but its quotes.
"""

import json
import logging
import os
import types
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from index import CitedError, Document
from index.title import checked
from page.matching import Runs, Sought
from page.settings import Settings
from qa import Answer
from qa.share.lines import append, values
from qa.share.transcript import plain_text

_SUFFIX = ".jsonl"

_PLACE = "page.json"
_SETTINGS = "settings.json"

_BESIDE = {"passages", "nearest"}
"""What of an answer stands beside it and is not quoted as it."""

_log = logging.getLogger("cited.page")


class Unkept(CitedError):
    """A conversation was not kept, or what is to be kept of it cannot be."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer of which only the words are left, because a document that it cites is no longer in the collection."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of conversations shows of one.

    Attributes:
        chat: its name.
        title: the one that people gave it, or else its first question.
        at: when its last question was asked, in ISO 8601.
        questions: the number of its questions.
        documents: the ids of the documents that its answers cite.
        found: if words are looked for that the title lacks, what stands around them in the question or answer that has
            most of them.
        turn: the name of that answer; "" if there is none.
    """

    chat: str
    title: Runs
    at: str
    questions: int
    documents: list[str]
    found: Runs
    turn: str


class Records:
    """Conversations in a folder, which is created when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, chat: str, name: str, answer: Answer) -> None:
        """Keep an answer and its name. A conversation that cannot be kept goes on, and the log says why it was not."""
        record = {"id": name, "at": _now(), "text": plain_text(answer), "answer": _plain(answer)}
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            append(self._file(chat), record)
        except OSError as error:
            _log.warning("The conversation was not kept: %s cannot be written (%s).", self._folder, error.strerror)

    def read(self, chat: str, document: Callable[[str], Document]) -> list[tuple[str, Answer | Lost]]:
        """Return the answers of a conversation with their names; none if it was not kept.

        Args:
            chat: the name of the conversation.
            document: returns a document by its id.
        """
        return [(record["id"], _answer(record, document)) for record in values(self._file(chat)) if _is_answer(record)]

    def rename(self, chat: str, title: str) -> None:
        """Give a conversation a title.

        Raises:
            InvalidText: the title cannot be used.
            Unkept: the conversation was not kept, or the title cannot be.
        """
        title = checked(title)
        if not self._file(chat).exists():
            raise Unkept("This conversation was not kept, so it cannot have a title; ask something in it first.")
        try:
            append(self._file(chat), {"title": title})
        except OSError as error:
            raise Unkept(f"The title was not kept: {self._folder} cannot be written ({error.strerror}).") from error

    def remove(self, chat: str) -> None:
        """Delete a conversation."""
        self._file(chat).unlink(missing_ok=True)

    def summaries(self, wanted: str = "") -> list[Summary]:
        """Return the conversations that contain all words of `wanted`, the newest first."""
        files, sought = self._folder.glob(f"*{_SUFFIX}") if self._folder.is_dir() else (), Sought(wanted)
        found = [summary for file in files if (summary := _summary(file, sought))]
        return sorted(found, key=lambda summary: summary.at, reverse=True)

    def keep_place(self, place: dict[str, Any]) -> None:
        """Keep what of the page was shown, in place of what was kept before."""
        self._keep(_PLACE, place)

    def keep_settings(self, settings: Settings) -> None:
        """Keep how questions are answered, in place of what was kept before."""
        self._keep(_SETTINGS, asdict(settings))

    def settings(self) -> Settings:
        """Return how questions are answered; the usual settings if none were kept."""
        return Settings.of(next(values(self._folder / _SETTINGS), {}))

    def place(self) -> dict[str, Any]:
        """Return what of the page was shown last; {} if nothing was kept."""
        return next(values(self._folder / _PLACE), {})

    def _keep(self, name: str, kept: dict[str, Any]) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new = self._folder / f"{name}.new"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(kept, file)
            new.replace(self._folder / name)
        except OSError as error:
            _log.warning("%s was not kept: %s cannot be written (%s).", name, self._folder, error.strerror)

    def _file(self, chat: str) -> Path:
        return self._folder / f"{chat}{_SUFFIX}"


def _summary(file: Path, sought: Sought) -> Summary | None:
    """Return what a list shows of the conversation in a file; None if it holds no answer, or not what is sought."""
    lines = list(values(file))
    records = [each for each in lines if _is_answer(each)]
    if not records:
        return None
    asked = [str(each["answer"]["question"]) for each in records]
    title = next((str(each["title"]) for each in reversed(lines) if "title" in each), asked[0])
    turns = zip(records, asked, strict=True)
    said = [(text, str(each["id"])) for each, question in turns for text in (question, str(each["text"]))]
    if not sought.are_in([title, *(text for text, _ in said)]):
        return None
    rest = sought.beside(title)
    found, turn = max(said, key=lambda each: (rest.count(each[0]), sought.count(each[0])))
    return Summary(
        chat=file.stem,
        title=sought.marked(title),
        at=records[-1]["at"],
        questions=len(records),
        documents=list(dict.fromkeys(id_ for each in records for id_ in _cited(each["answer"]))),
        found=rest.excerpt(found) if rest else [],
        turn=turn if sought else "",
    )


def _is_answer(record: dict[str, Any]) -> bool:
    return record.keys() >= {"id", "at", "text", "answer"}


def _cited(value: Any) -> Iterator[str]:
    """Yield the ids of the documents that a part of a record quotes as an answer."""
    if isinstance(value, dict):
        if isinstance(value.get("document"), str):
            yield value["document"]
        for name, inner in value.items():
            if name not in _BESIDE:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _answer(record: dict[str, Any], document: Callable[[str], Document]) -> Answer | Lost:
    try:
        answer: Answer = _restored(Answer, record["answer"], document)
        return answer
    except (CitedError, LookupError, TypeError, ValueError):  # a document is gone, or another version wrote the record
        return Lost(str(record["answer"].get("question", "")), str(record["text"]))


def _plain(value: Any) -> Any:
    """Return a value made of dataclasses as JSON. A document becomes its id."""
    if isinstance(value, Document):
        return value.id
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def with_document(value: Any, document: Document) -> Any:
    """Return a value made of dataclasses with `document` in the place of every document of the same text."""
    if isinstance(value, Document):
        return document if value == document else value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: with_document(getattr(value, field.name), document) for field in fields(value)}
        return replace(value, **changed)
    return tuple(with_document(each, document) for each in value) if isinstance(value, tuple) else value


def _restored(kind: Any, value: Any, document: Callable[[str], Document]) -> Any:
    """Return the value of type `kind` of which `_plain` made `value`."""
    if kind is Document:
        return document(value)
    if get_origin(kind) in (Union, types.UnionType):
        (kind,) = (each for each in get_args(kind) if each is not types.NoneType)
        return None if value is None else _restored(kind, value, document)
    if get_origin(kind) is tuple:
        return tuple(_restored(get_args(kind)[0], each, document) for each in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Any = kind
        return make(**{name: _restored(hints[name], each, document) for name, each in value.items()})
    return kind(value)
