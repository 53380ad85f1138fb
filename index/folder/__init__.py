"""A collection in a folder: SQLite stores the documents, and FAISS and Tantivy hold indexes derived from them."""
