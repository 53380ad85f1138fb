"""The lexical index: BM25 over stemmed English words. The only module that imports Tantivy."""

import shutil
import tempfile
from pathlib import Path
from typing import cast

import tantivy

from index.database import Changes

WRITER_MEMORY = 64_000_000
"""Bytes that Tantivy may fill before it writes a segment."""


class LexicalIndex:
    """Passages' words by passage number, in a Tantivy index that is kept in `folder`.

    Derived from the collection's database: `generation` is the last of its changes that stands here, 0 when none does,
    as before it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("passage", indexed=True, fast=True)
        builder.add_text_field("text", tokenizer_name="words", index_option="freq")
        self._schema = builder.build()
        self.generation = 0
        self._open(tantivy.Index(self._schema))

    def load(self) -> None:
        """Take what is on disk, which stays as it is; where that is missing or damaged, begin empty at generation 0."""
        try:
            self.generation = int((self._folder / "generation").read_text())
            self._open(tantivy.Index.open(str(self._folder)))
            self.search("any", depth=1)  # opens every file
        except (OSError, ValueError):
            self.generation = 0
            self._open(tantivy.Index(self._schema))

    def update(self, changes: Changes) -> None:
        """Carry out `changes` and keep the result; doing so twice does no harm."""
        if changes.since == 0:
            self._make_folder()
            self._open(tantivy.Index(self._schema, str(self._folder)))
        writer = self._index.writer(WRITER_MEMORY, num_threads=1)
        # What an interrupted update has added already must not stand twice.
        for passage in (*changes.removed, *changes.added):
            writer.delete_documents_by_term("passage", passage)
        for passage, text in zip(changes.added, changes.texts, strict=True):
            document = tantivy.Document()
            document.add_integer("passage", passage)
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        (self._folder / "generation").write_text(str(changes.generation))
        self._index.reload()
        self._searcher = self._index.searcher()
        self.generation = changes.generation

    def words(self, text: str) -> list[str]:
        """Return the words of `text` as they are indexed: folded to lower-case ASCII and stemmed, in order."""
        words: list[str] = self._analyzer.analyze(text)
        return words

    def search(self, question: str, depth: int) -> dict[int, float]:
        """Return the `depth` passages that best match any words of `question`: number → BM25 score, best first."""
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", word, "freq"))
                for word in dict.fromkeys(self.words(question))
            ]
        )
        hits = self._searcher.search(query, depth, count=False).hits
        passages = cast("list[int]", self._searcher.fast_field_values("passage", [address for _, address in hits]))
        return {passage: score for passage, (score, _) in zip(passages, hits, strict=True)}

    def _open(self, index: tantivy.Index) -> None:
        self._index = index
        self._index.register_tokenizer("words", self._analyzer)
        self._searcher = self._index.searcher()

    def _make_folder(self) -> None:
        if self._folder.exists():
            # Moved before it is deleted: a thread of Tantivy's may be making a lock file in it just now.
            old = Path(tempfile.mkdtemp(prefix="old-", dir=self._folder.parent))
            self._folder.rename(old / "lexical")
            shutil.rmtree(old, ignore_errors=True)
        self._folder.mkdir()
