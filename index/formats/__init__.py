"""One parser for each file format. It turns bytes or text into the `Content` of a document."""
