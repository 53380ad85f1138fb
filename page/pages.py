"""Documents as their pages: the sizes of the pages, their pictures, and where words are on them."""

from collections.abc import Callable
from threading import Lock

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from index import CitedError, Collection, Document, UnknownDocument
from index.sandbox.viewer import Edges, viewer
from page.calls import in_line, sentence_of
from page.line import Gone, Line
from page.utf16 import span_of

_MOST_OPEN = 2
"""Documents whose words are kept at hand, the most recently opened ones."""

Size = tuple[float, float]
"""Width and height of a page as it is shown, in points."""


class Pages:
    """The pages of the documents of a collection, if it keeps their files and knows where their words are.

    Args:
        collection: returns the collection.
        line: the line in which requests for pictures wait.
    """

    def __init__(self, collection: Callable[[], Collection], line: Line) -> None:
        self._collection = collection
        self._line = line
        self._lock = Lock()
        self._documents: dict[str, Document] = {}

    def open(self, document_id: str) -> list[Size]:
        """Return the sizes of the pages of a document; none if it is no PDF, or its file was not kept."""
        document = self._load(document_id)
        data = self._collection().original(document_id) if document.boxes else None
        try:
            return viewer.sizes(document_id, data) if data else []
        except CitedError:  # an e-mail whose attachment is a PDF, or a file that cannot be drawn: its text is shown
            return []

    def words(self, document_id: str, page: int) -> list[tuple[str, Edges]]:
        """Return the words on a page in the order of the text, each with the white space behind it, and their boxes."""
        document = self._document(document_id)
        boxes = document.words_on(page)
        ends = [*(box.start for box in boxes[1:]), *(box.end for box in boxes[-1:])]
        gaps = (document.text[box.end : end] for box, end in zip(boxes, ends, strict=True))
        return [
            (document.text[box.start : box.end] + (gap if gap.isspace() else " " if gap else ""), box[4:])
            for box, gap in zip(boxes, gaps, strict=True)
        ]

    def rectangles(self, document_id: str, start: int, end: int) -> list[tuple[int, Edges]]:
        """Return the rectangles of the words between two offsets, in UTF-16 code units: a page and edges for each."""
        document = self._document(document_id)
        return [(each.page, each[1:]) for each in document.rectangles(span_of(document, start, end))]

    async def receive(self, request: Request) -> Response:
        """Answer with the picture of a page, as the endpoint of a route that names document, page and width."""
        asked = request.path_params
        try:
            picture = await in_line(
                self._line,
                request.is_disconnected,
                self._drawn,
                document_id=asked["document"],
                page=asked["page"],
                width=asked["width"],
            )
        except Gone:
            return Response(status_code=499)
        except CitedError as error:
            return PlainTextResponse(sentence_of(error), status_code=404)
        # A browser that stored it would keep it when the document has been removed.
        return Response(picture, media_type="image/png", headers={"Cache-Control": "no-store"})

    def close(self) -> None:
        """Forget all documents, as after one was removed."""
        viewer.close()
        with self._lock:
            self._documents.clear()

    def _drawn(self, document_id: str, page: int, width: int) -> bytes:
        if document_id not in self._collection():  # another session may have opened it
            raise UnknownDocument(document_id)
        return viewer.png(document_id, lambda: self._collection().original(document_id) or b"", page, width)

    def _document(self, document_id: str) -> Document:
        with self._lock:
            document = self._documents.get(document_id)
        return document or self._load(document_id)

    def _load(self, document_id: str) -> Document:
        document = self._collection().document(document_id)
        with self._lock:
            self._documents.pop(document_id, None)
            self._documents[document_id] = document
            while len(self._documents) > _MOST_OPEN:
                del self._documents[next(iter(self._documents))]
        return document
