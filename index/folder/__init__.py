"""A collection in a folder: SQLite holds the truth; FAISS and Tantivy are derived."""
