"""Adding uploaded files to the collection."""

from collections.abc import Callable
from dataclasses import replace

from index import CitedError, Document, UnreadableFile
from index.add import attached_note, not_read
from index.collection import Progress
from index.errors import Cancelled, InvalidText, ScannedFile
from index.formats.scans import are_told
from index.sandbox.sandbox import read_file
from index.title import checked, with_given
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

    def add(self, path: str, name: str, *, title: str = "", ocr: bool = False) -> View:
        """Add an uploaded file, with what is attached to it.

        Args:
            path: the name of the upload.
            name: that of the file, which becomes the source of its documents, unless it was read from an address.
            title: the title of its document, such as of a text that was pasted; by default the one that is read. A
                document with a given title does not take the place of an older version.
            ocr: whether the text of scanned pages is recognised.

        Returns:
            What was done, in words, the id of the document, and whether it has scanned pages that were not read.

        Raises:
            InvalidText: the title cannot be used.
            ScannedFile: it has no text that can be read without `ocr`.
            UnreadableFile: it was not uploaded, or cannot be read.
            ReadOnlyCollection: there are no documents that may be changed.
            TooManyDocuments: the session may add no more.
            Cancelled: nobody wants it any more. Nothing of it is stored.
        """
        with self._uploads.taken(path) as upload:
            changed = self._session().changed()
            name = upload.source or name
            if not upload.source and len(name) > limits.FILE_NAME:
                raise UnreadableFile(
                    f"The file's name has {len(name):,} characters; give it {limits.FILE_NAME} or fewer."
                )
            try:
                title = title and checked(title)
                found = read_file(upload.path, ocr=ocr, cancel=upload.cancel, told=upload.read).documents
                file = upload.path.read_bytes()
            except (Cancelled, InvalidText):
                raise
            except CitedError as error:
                kind = ScannedFile if isinstance(error, ScannedFile) else UnreadableFile
                raise kind(str(error).replace(str(upload.path), name)) from error
            document, *attached = (replace(each, source=name, title=title or each.title) for each in found)
            older = None if attached or title else older_version(document, changed)
            self._session().check_room(len(file))
            upload.cancel.check()
            outcome = self._stored([document, *attached], older, file, upload.encoded)
        notes = (outcome, *map(attached_note, attached), not_read(document))
        has_scans = any(are_told(unread) for each in found for unread in each.unread)
        return {"outcome": "; ".join(filter(None, notes)), "document": document.id, "hasScans": has_scans and not ocr}

    def progress(self, path: str) -> View:
        """Return what is being done with an upload, and which share of that is done, if it is known."""
        upload = self._uploads.find(path)
        return {"step": upload.step, "share": upload.share} if upload else {"step": "", "share": 0}

    def _stored(self, documents: list[Document], older: Document | None, file: bytes, progress: Progress) -> str:
        """Store documents and their `file`, in place of the `older` version of one. Return what was done, in words."""
        collection = self._session().collection()
        if older and documents[0] not in collection:
            new = with_given(documents[0], older)
            self._session().changed().replace(older.id, new, original=file, progress=progress)
            return "added in place of its older version"
        added = collection.add(*documents, original=file, progress=progress)
        return "added" if added else "is here already"
