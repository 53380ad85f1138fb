"""Uploaded files, kept until they are read, in a folder that no other account can read."""

import asyncio
import io
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import BinaryIO
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from index import UnreadableFile
from index.address import Allowed, is_public
from index.fetch import fetch
from index.sandbox.cancel import Cancel
from page import limits
from page.folder import TemporaryFolder


class Step(StrEnum):
    """What is being done with an uploaded file."""

    WAITING = "waiting"
    READING = "reading"
    INDEXING = "indexing"


@dataclass(slots=True)
class Upload:
    """An uploaded file, and how far adding it has come.

    Attributes:
        path: the copy of the file.
        since: when it was kept, in seconds of `time.monotonic`.
        source: that of its documents; "" if it was uploaded, and its name is the source.
        step: what is being done with it.
        share: share of that which is done, from 0 to 1: of the pages that are recognised, or the passages encoded.
        cancel: cancels adding it.
    """

    path: Path
    since: float
    source: str = ""
    step: Step = Step.WAITING
    share: float = 0.0
    cancel: Cancel = field(default_factory=Cancel)

    def read(self, share: float) -> None:
        """Note that this share of its pages is recognised."""
        self.share = share

    def encoded(self, done: int, of: int) -> None:
        """Note that `done` of its passages are encoded.

        Raises:
            Cancelled: nobody wants the file any more.
        """
        self.cancel.check()
        self.step, self.share = Step.INDEXING, done / of


class Uploads:
    """The uploads of one server, in their own folder inside `root`. Uploads that a killed server left are deleted.

    An upload has a random name, so that the name cannot lead to any other file.

    Args:
        root: the folder that holds the folders of servers.
        is_allowed: tells to which network addresses `fetch` may connect.
    """

    def __init__(self, root: Path, is_allowed: Allowed = is_public) -> None:
        self._folder = TemporaryFolder(root)
        self._is_allowed = is_allowed
        self._uploads: dict[str, Upload] = {}
        self._threads = threading.Lock()

    def close(self) -> None:
        """Delete all copies."""
        self._folder.close()

    async def receive(self, request: Request) -> Response:
        """Keep the file in the page's form, and answer with a list that contains the name of its copy."""
        async with request.form(max_files=1, max_fields=0) as form:
            file = form.get("files")
            if file is None or isinstance(file, str):
                raise HTTPException(400, "The form holds no file.")
            return JSONResponse([await self.keep(file)])

    async def keep(self, file: UploadFile) -> str:
        """Keep a file that was sent, and return the name of its copy."""
        self._delete_old()
        if len(self._uploads) >= limits.FILES_WAITING:
            raise HTTPException(503, f"{limits.FILES_WAITING} files wait to be added; try again in a moment.")
        return await asyncio.to_thread(self._copied, file.file, file.filename or "")

    def fetch(self, address: str) -> str:
        """Keep what stands at an address of the web, and return the name of the copy.

        Raises:
            UnreadableFile: as for `index.fetch.fetch`, or too many files wait.
        """
        self._delete_old()
        if len(self._uploads) >= limits.FILES_WAITING:
            raise UnreadableFile(f"{limits.FILES_WAITING} files wait to be added; try again in a moment.")
        fetched = fetch(address, self._is_allowed)
        return self._copied(io.BytesIO(fetched.data), fetched.name, fetched.source)

    def put(self, data: bytes, source: str) -> str:
        """Keep the file of a document that has this source, and return the name of the copy."""
        return self._copied(io.BytesIO(data), PurePath(source).name[-60:], source)

    @contextmanager
    def taken(self, name: str) -> Iterator[Upload]:
        """Give an upload to be read, and delete its copy at the end.

        Raises:
            UnreadableFile: there is no such upload, another thread reads it, or it has been deleted.
        """
        with self._threads:
            upload = self._uploads.get(name)
            if upload is None or upload.step != Step.WAITING:
                raise UnreadableFile("The file was not uploaded, or too long ago; choose it again.")
            upload.step = Step.READING
        try:
            yield upload
        finally:
            with self._threads:
                del self._uploads[name]
            shutil.rmtree(upload.path.parent, ignore_errors=True)

    def find(self, name: str) -> Upload | None:
        """Return an upload; None if it has been added, or deleted."""
        return self._uploads.get(name)

    def cancel(self, name: str) -> bool:
        """Cancel adding an upload. Return whether it was still waiting; for any other it may be too late."""
        with self._threads:
            upload = self._uploads.get(name)
            is_waiting = upload is not None and upload.step == Step.WAITING
            if is_waiting:
                del self._uploads[name]
        if upload:
            upload.cancel.set()
        if upload and is_waiting:
            shutil.rmtree(upload.path.parent, ignore_errors=True)
        return is_waiting

    def _copied(self, file: BinaryIO, filename: str, source: str = "") -> str:
        name = uuid4().hex
        copy = self._folder.path / name / _plain(filename)
        copy.parent.mkdir(mode=0o700)
        with os.fdopen(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as target:
            shutil.copyfileobj(file, target)
        self._uploads[name] = Upload(copy, time.monotonic(), source)
        return name

    def _delete_old(self) -> None:
        with self._threads:
            waiting = {name: each for name, each in self._uploads.items() if each.step == Step.WAITING}
            old = [name for name, upload in waiting.items() if time.monotonic() - upload.since > limits.FILE_SECONDS]
            uploads = [self._uploads.pop(name) for name in old]
        for upload in uploads:
            shutil.rmtree(upload.path.parent, ignore_errors=True)


def _plain(name: str) -> str:
    """Return `name` without characters that some systems do not allow in a file name; a long one keeps only its end."""
    name = (
        re.sub(r'[\x00-\x1f/\\:*?"<>|]', "_", name)
        .lstrip(".")
        .encode("utf-8", "replace")[-200:]
        .decode("utf-8", "ignore")
    )
    return name or "_"
