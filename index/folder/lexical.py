"""The lexical index: BM25 over stemmed English words. Derived from the database. Kept by Tantivy."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import tantivy

from index.folder.database import Changes
from index.folder.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest
from index.text.words import analyzer, words

FORMAT = 2
"""Of the files; raised with every change to the fields or to how words are made."""

WRITER_MEMORY = 64_000_000
"""Bytes that Tantivy may fill before it writes a segment."""

MANY = 100_000
"""Passages from which on a question's common words are left out, as long as it has others."""

COMMON = 0.5
"""In large collections a word in more than this share of passages is skipped: it discriminates little, costs most."""


class LexicalIndex:
    """Passages' words by passage number, in a Tantivy index that is kept in `folder`.

    Derived from the collection's database: `generation` is the last of its changes that stands here, 0 when none does,
    as before it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("passage", indexed=True, fast=True)
        builder.add_integer_field("first", indexed=True)  # of the document's passages, and so the document
        builder.add_text_field("text", tokenizer_name="words", index_option="freq")
        self._schema = builder.build()
        self._manifest = Manifest(FORMAT)
        self._open(tantivy.Index(self._schema))

    @property
    def generation(self) -> int:
        return self._manifest.generation

    def load(self) -> None:
        """Take what is on disk, which stays as it is; where that is missing or damaged, begin empty at generation 0."""
        try:
            manifest = read_manifest(self.folder, FORMAT)
            if manifest != self._manifest:
                check_files(self.folder, manifest)
                self._open(tantivy.Index.open(str(self.folder)))
                self.search("any", depth=1)  # opens every file
                self._manifest = manifest
        except (OSError, ValueError):
            self._manifest = Manifest(FORMAT)
            self._open(tantivy.Index(self._schema))

    def update(self, changes: Changes) -> None:
        """Carry out `changes` and keep the result; after a stop at any point, it is loaded as of `changes.since`."""
        known, self._manifest = self._manifest, Manifest(FORMAT)
        if changes.since == 0:
            known = self._manifest
            self._make_folder()
            self._open(tantivy.Index(self._schema, str(self.folder)))
        Manifest(FORMAT, changes.since).write(self.folder)
        self._write(changes)
        # Tantivy writes its segments once, and then its `meta.json` names them: only that and its like are changed.
        checksums = {
            name: known.checksums[name] if name in known.checksums and not name.endswith(".json") else checksum_of(file)
            for name, file in self._files()
        }
        manifest = Manifest(FORMAT, changes.generation, checksums)
        manifest.write(self.folder)
        self._index.reload()
        self._searcher = self._index.searcher()
        self._manifest = manifest

    def passages(self) -> list[int]:
        """Return the passages that stand here, in any order; one that stands twice comes twice."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(1, self._searcher.num_docs), count=False).hits
        return cast("list[int]", self._searcher.fast_field_values("passage", [address for _, address in hits]))

    def search(self, question: str, depth: int, among: Sequence[range] | None = None) -> dict[int, float]:
        """Return the `depth` passages that best match any words of `question`: number → BM25 score, best first.

        Among `MANY` passages or more, words that are `COMMON` are not looked for where there are others.

        Args:
            among: the passages of some documents; without them, all are searched. Scores are the same.
        """
        distinct = list(dict.fromkeys(words(question)))
        passages = self._searcher.num_docs
        if (passages if among is None else sum(map(len, among))) >= MANY:
            rare = [word for word in distinct if self._searcher.doc_freq("text", word) < COMMON * passages]
            distinct = rare or distinct
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", word, "freq")) for word in distinct]
        )
        hits = self._searcher.search(self._within(among, query), depth, count=False).hits
        found = cast("list[int]", self._searcher.fast_field_values("passage", [address for _, address in hits]))
        return {passage: score for passage, (score, _) in zip(found, hits, strict=True)}

    def holds(self, word: str, among: Sequence[range] | None = None) -> bool:
        """Return whether any passage holds `word`, which is one of `words`; or any `among` those of some documents."""
        query = tantivy.Query.term_query(self._schema, "text", word, "freq")
        return bool(self._searcher.search(self._within(among, query), 1, count=False).hits)

    def _within(self, among: Sequence[range] | None, query: tantivy.Query) -> tantivy.Query:
        """Return `query`, whose scores stay as they are, for passages of some documents alone."""
        if among is None:
            return query
        firsts = tantivy.Query.term_set_query(self._schema, "first", [numbers.start for numbers in among])
        unscored = tantivy.Query.const_score_query(firsts, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, unscored), (tantivy.Occur.Must, query)])

    def _write(self, changes: Changes) -> None:
        writer = self._index.writer(WRITER_MEMORY, num_threads=1)
        for passage in changes.removed:
            writer.delete_documents_by_term("passage", passage)
        for added in changes.texts:
            if changes.since > 0:  # what an interrupted update has added already must not stand twice
                writer.delete_documents_by_term("passage", added.passage)
            document = tantivy.Document()
            document.add_integer("passage", added.passage)
            document.add_integer("first", added.first)
            document.add_text("text", added.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Yield the index's files by name, without the manifest and Tantivy's locks."""
        for file in sorted(self.folder.iterdir()):
            if not file.name.startswith(MANIFEST) and file.suffix != ".lock":
                yield file.name, file

    def _open(self, index: tantivy.Index) -> None:
        self._index = index
        self._index.register_tokenizer("words", analyzer())
        self._searcher = self._index.searcher()

    def _make_folder(self) -> None:
        if self.folder.exists():
            # Moved before it is deleted: a thread of Tantivy's may be making a lock file in it just now.
            old = Path(tempfile.mkdtemp(prefix="old-", dir=self.folder.parent))
            self.folder.rename(old / "lexical")
            for left in self.folder.parent.glob("old-*"):  # by an update that was cut off, too
                shutil.rmtree(left, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
