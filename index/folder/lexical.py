"""The lexical index: BM25 over stemmed English words, in Tantivy. It is derived from the database."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import tantivy

from index.folder.changes import Changes
from index.folder.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest
from index.text.words import analyzer, words

LEXICAL_FORMAT = 2
"""Number of the file format. It increases with every change to the fields or to the analysis of words."""

_WRITER_MEMORY = 64_000_000
"""Bytes that Tantivy may use before it writes a segment."""

MANY_PASSAGES = 100_000
"""Number of passages from which common words of a question are skipped, if it has other words."""

_COMMON = 0.5
"""Large collections skip a word found in at least this share of passages. It discriminates little and costs most."""


class LexicalIndex:
    """The words of passages by passage number, in a Tantivy index that is stored in `folder`.

    The index is derived from the database of the collection. `generation` is the generation of the database that it
    reflects; 0 if it is empty or not loaded yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("passage", indexed=True, fast=True)
        builder.add_integer_field("first", indexed=True)  # the document's first passage, which identifies it
        builder.add_text_field("text", tokenizer_name="words", index_option="freq")
        self._schema = builder.build()
        self._manifest = Manifest(LEXICAL_FORMAT)
        self._open(tantivy.Index(self._schema))

    @property
    def generation(self) -> int:
        """The number of the last change that the index contains."""
        return self._manifest.generation

    def load(self) -> None:
        """Load the files without changing them. If they are missing or damaged, begin empty at generation 0."""
        try:
            manifest = read_manifest(self.folder, LEXICAL_FORMAT)
            if manifest != self._manifest:
                check_files(self.folder, manifest)
                self._open(tantivy.Index.open(str(self.folder)))
                self.search("any", depth=1)  # opens every file
                self._manifest = manifest
        except (OSError, ValueError):
            self._manifest = Manifest(LEXICAL_FORMAT)
            self._open(tantivy.Index(self._schema))

    def update(self, changes: Changes) -> None:
        """Apply `changes` and save the result. After an interruption, the index is loaded as of `changes.since`."""
        known, self._manifest = self._manifest, Manifest(LEXICAL_FORMAT)
        if changes.since == 0:
            known = self._manifest
            self._make_folder()
            self._open(tantivy.Index(self._schema, str(self.folder)))
        Manifest(LEXICAL_FORMAT, changes.since).write(self.folder)
        self._write(changes)
        # Tantivy never changes a segment that it has written. Only its JSON files, such as `meta.json`, change.
        checksums = {
            name: known.checksums[name] if name in known.checksums and not name.endswith(".json") else checksum_of(file)
            for name, file in self._files()
        }
        manifest = Manifest(LEXICAL_FORMAT, changes.generation, checksums)
        manifest.write(self.folder)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._manifest = manifest

    def passages(self) -> list[int]:
        """Return the numbers of the indexed passages in any order. A duplicate entry appears twice."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(1, self._searcher.num_docs), count=False).hits
        return cast("list[int]", self._searcher.fast_field_values("passage", [address for _, address in hits]))

    def search(self, question: str, depth: int, among: Sequence[range] | None = None) -> dict[int, float]:
        """Return the `depth` passages that best match any words of `question`.

        In `MANY_PASSAGES` passages or more, `_COMMON` words are skipped if the question has others.

        Args:
            question: the question.
            depth: largest number of passages.
            among: passage numbers to search, as the ranges of whole documents; by default all. Scores do not depend
                on it.

        Returns:
            Passage number → BM25 score, best first.
        """
        distinct = list(dict.fromkeys(words(question)))
        passages = self._searcher.num_docs
        if (passages if among is None else sum(map(len, among))) >= MANY_PASSAGES:
            rare = [word for word in distinct if self._searcher.doc_freq("text", word) < _COMMON * passages]
            distinct = rare or distinct
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", word, "freq")) for word in distinct]
        )
        hits = self._searcher.search(self._within(among, query), depth, count=False).hits
        found = cast("list[int]", self._searcher.fast_field_values("passage", [address for _, address in hits]))
        return {passage: score for passage, (score, _) in zip(found, hits, strict=True)}

    def holds(self, word: str, among: Sequence[range] | None = None) -> bool:
        """Return whether a passage, by default any, contains `word` in its indexed form. `among` is as for `search`."""
        query = tantivy.Query.term_query(self._schema, "text", word, "freq")
        return bool(self._searcher.search(self._within(among, query), 1, count=False).hits)

    def _within(self, among: Sequence[range] | None, query: tantivy.Query) -> tantivy.Query:
        """Return `query` restricted to the passages `among`. The scores stay the same."""
        if among is None:
            return query
        firsts = tantivy.Query.term_set_query(self._schema, "first", [numbers.start for numbers in among])
        unscored = tantivy.Query.const_score_query(firsts, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, unscored), (tantivy.Occur.Must, query)])

    def _write(self, changes: Changes) -> None:
        writer = self._index.writer(_WRITER_MEMORY, num_threads=1)
        for passage in changes.removed:
            writer.delete_documents_by_term("passage", passage)
        for added in changes.texts:
            if changes.since > 0:  # an interrupted update may have added it already
                writer.delete_documents_by_term("passage", added.passage)
            document = tantivy.Document()
            document.add_integer("passage", added.passage)
            document.add_integer("first", added.first)
            document.add_text("text", added.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Yield the index files with their names, without the manifest and Tantivy's lock files."""
        for file in sorted(self.folder.iterdir()):
            if not file.name.startswith(MANIFEST) and file.suffix != ".lock":
                yield file.name, file

    def _open(self, index: tantivy.Index) -> None:
        self._index = index
        self._index.register_tokenizer("words", analyzer())
        self._searcher = self._index.searcher()

    def _make_folder(self) -> None:
        if self.folder.exists():
            # The folder is moved before it is deleted, because a Tantivy thread may be creating a lock file in it.
            old = Path(tempfile.mkdtemp(prefix="old-", dir=self.folder.parent))
            self.folder.rename(old / "lexical")
            for left in self.folder.parent.glob("old-*"):  # including those that an interrupted update left
                shutil.rmtree(left, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
