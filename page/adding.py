"""Adding uploaded files to the collection."""

from collections.abc import Callable
from dataclasses import replace

from index import CitedError, Collection, Document, UnreadableFile
from index.add import attached_note, not_read
from index.collection import Progress
from index.errors import Cancelled
from index.sandbox.sandbox import read_file
from index.title import with_given
from page import limits
from page.session import Session
from page.uploads import Uploads
from page.versions import older_version
from page.view import View


class Adding:
    """Adds uploaded files to the documents of a session.

    Args:
        session: returns the session.
        uploads: the uploaded files.
    """

    def __init__(self, session: Callable[[], Session], uploads: Uploads) -> None:
        self._session = session
        self._uploads = uploads

    def add(self, path: str, name: str) -> View:
        """Add the upload `path`, a file called `name`, with what is attached to it. Return what was done, in words.

        Raises:
            UnreadableFile: it was not uploaded, or cannot be read.
            ReadOnlyCollection: there are no documents that may be changed.
            TooManyDocuments: the session may add no more.
            Cancelled: nobody wants it any more. Nothing of it is stored.
        """
        with self._uploads.taken(path) as upload:
            changed = self._session().changed()
            if len(name) > limits.FILE_NAME:
                raise UnreadableFile(
                    f"The file's name has {len(name):,} characters; give it {limits.FILE_NAME} or fewer."
                )
            try:
                found = read_file(upload.path, cancel=upload.cancel).documents
                file = upload.path.read_bytes()
            except Cancelled:
                raise
            except CitedError as error:
                raise UnreadableFile(str(error).replace(str(upload.path), name)) from error
            document, *attached = (replace(each, source=name) for each in found)
            self._session().check_room(len(file))
            upload.cancel.check()
            outcome = self._stored(document, attached, file, changed, upload.encoded)
        notes = (outcome, *map(attached_note, attached), not_read(document))
        return {"outcome": "; ".join(filter(None, notes)), "document": document.id}

    def progress(self, path: str) -> View:
        """Return what is being done with an upload, and which share of that is done, if it is known."""
        upload = self._uploads.find(path)
        return {"step": upload.step, "share": upload.share} if upload else {"step": "", "share": 0}

    def _stored(
        self, document: Document, attached: list[Document], file: bytes, changed: Collection, progress: Progress
    ) -> str:
        """Store a document, what is attached to it and the `file` of both, and return what was done, in words.

        Only an older version in `changed`, the documents that may be changed, is replaced.
        """
        collection = self._session().collection()
        older = None if attached else older_version(document, changed)
        if older and document not in collection:
            changed.replace(older.id, with_given(document, older), original=file, progress=progress)
            return "added in place of its older version"
        added = collection.add(document, *attached, original=file, progress=progress)
        return "added" if added else "is here already"
