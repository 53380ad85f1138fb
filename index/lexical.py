"""The lexical index: BM25 over stemmed English words. The only module that imports Tantivy."""

import re
import shutil
import string
import tempfile
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

import tantivy

from index.database import Changes
from index.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest

FORMAT = 2
"""Of the files; raised with every change to the fields or to how words are made."""

WRITER_MEMORY = 64_000_000
"""Bytes that Tantivy may fill before it writes a segment."""


MANY = 100_000
"""Passages from which on a question's common words are left out, as long as it has others."""

COMMON = 0.5
"""Share of the passages from which on a word that stands in them is common: it tells few apart and takes most time."""


FUNCTION_WORDS = """
a about above across after again against all almost along already also although always am among an and another any
anybody anyone anything are aren around as aside at away be became because become been before began behind being below
beside besides between both but by call came can cannot could couldn did didn do does doesn doing don done down during
each either else enough etc even ever every everybody everyone everything except few for from gave get gets give given
go goes going gone got had hadn happen has hasn have haven having he her here hers herself him himself his how however
i if in instead into is isn it its itself just know known least less let like ll made make many may maybe me might mine
more most much must my myself near neither never no nobody none nor not nothing now of off often on once one only onto
or other others ought our ours out over own per perhaps please put quite rather re really said same say says shall she
should shouldn show since so some somebody someone something soon still such take tell than that the their theirs them
themselves then there these they thing think this those though through thus till to together too took toward towards
under unless until up upon us ve very via want wanted was wasn way we went were weren what whatever when where whether
which while who whoever whole whom whose why will with within without won would wouldn yet you your yours yourself
amount date kind kinds many much name named number percent percentage reason sort time type types year years
"""
"""What a question is asked with. Its last line, and verbs such as `happen`, are of what the answer is, which says it in
words of its own: of `squad-train`'s questions, those that stand least often in the article that answers them."""


Term = str | tuple[str, str]
"""A word, or two neighbouring ones."""


class LexicalIndex:
    """Passages' words by passage number, in a Tantivy index that is kept in `folder`.

    Derived from the collection's database: `generation` is the last of its changes that stands here, 0 when none does,
    as before it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
            manifest = read_manifest(self._folder, FORMAT)
            if manifest != self._manifest:
                check_files(self._folder, manifest)
                self._open(tantivy.Index.open(str(self._folder)))
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
            self._open(tantivy.Index(self._schema, str(self._folder)))
        Manifest(FORMAT, changes.since).write(self._folder)
        self._write(changes)
        # Tantivy writes its segments once, and then its `meta.json` names them: only that and its like are changed.
        checksums = {
            name: known.checksums[name] if name in known.checksums and not name.endswith(".json") else checksum_of(file)
            for name, file in self._files()
        }
        manifest = Manifest(FORMAT, changes.generation, checksums)
        manifest.write(self._folder)
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
        for file in sorted(self._folder.iterdir()):
            if not file.name.startswith(MANIFEST) and file.suffix != ".lock":
                yield file.name, file

    def _open(self, index: tantivy.Index) -> None:
        self._index = index
        self._index.register_tokenizer("words", _analyzer())
        self._searcher = self._index.searcher()

    def _make_folder(self) -> None:
        if self._folder.exists():
            # Moved before it is deleted: a thread of Tantivy's may be making a lock file in it just now.
            old = Path(tempfile.mkdtemp(prefix="old-", dir=self._folder.parent))
            self._folder.rename(old / "lexical")
            for left in self._folder.parent.glob("old-*"):  # by an update that was cut off, too
                shutil.rmtree(left, ignore_errors=True)
        self._folder.mkdir()


def words(text: str) -> list[str]:
    """Return the words of `text` as they are indexed: folded to lower-case ASCII and stemmed, in order."""
    found: list[str] = _analyzer().analyze(text)
    return found


def content_words(text: str) -> list[str]:
    """Return those of the `words` of `text` that say what it is about."""
    return [word for word in words(text) if word not in _function_words()]


def terms(text: str) -> set[Term]:
    """Return the distinct words of `text`, and its distinct pairs of neighbouring words."""
    found = words(text)
    return {*found, *pairwise(found)}


def content_terms(text: str) -> set[Term]:
    """Return those of the `terms` of `text` that say what it is about, or a part of which does.

    >>> sorted(content_terms("Who sailed to Mali?"), key=str)
    [('sail', 'to'), ('to', 'mali'), ('who', 'sail'), 'mali', 'sail']
    """
    content = set(content_words(text))
    return content | {pair for pair in pairwise(words(text)) if not content.isdisjoint(pair)}


def overlap(asked: Set[object], held: Set[object]) -> float:
    """Return the share of what is `asked` that is `held` too, in [0, 1]; 1 where nothing is asked."""
    return len(asked & held) / len(asked) if asked else 1.0


def missing_words(question: str, is_held: Callable[[str], bool]) -> list[str]:
    """Return the content words of `question`, as typed and in order, of which a part is not held in any form.

    Args:
        is_held: whether one of `words` stands in what is asked.

    >>> missing_words("Who paid INTERPOL's co-founders?", {"paid", "co"}.__contains__)
    ['INTERPOL', 'co-founders']
    """
    typed = (re.sub(r"^\W+|\W+$|['’]s\W*$", "", word) for word in question.split())
    return [word for word in dict.fromkeys(typed) if not all(map(is_held, set(content_words(word))))]


@cache
def _function_words() -> frozenset[str]:
    """Return the words, stemmed, that carry a question and not what it is about."""
    return frozenset(words(FUNCTION_WORDS)) | frozenset(string.ascii_lowercase)


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )
