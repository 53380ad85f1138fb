"""One reader for each format: bytes, or text, in; a document's `Content` out."""
