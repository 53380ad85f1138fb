"""How long does a search of the article take, against the least that any dense search must do?

Each question is encoded and looked up in a bare FAISS index of the same passages, then asked of `Collection.search`,
in turn; the ratio is that of the medians.
"""

import time
from collections.abc import Callable
from statistics import median

import faiss

from index import split
from qa import article, article_collection

ROUNDS = 40

QUESTIONS = (
    "who spoke?",
    "where does it take place and on which day?",
    "which organizations from Europe and from Africa are represented at the conference?",
)


def main() -> None:
    """Time both, in turn, and print the medians and their ratio."""
    collection = article_collection()
    encoder = collection.encoder
    vectors = encoder.encode_passages([passage.text for passage in split(article())])
    bare_index = faiss.IndexFlatIP(vectors.shape[1])
    bare_index.add(vectors)

    bare: list[float] = []
    searches: list[float] = []
    for number in range(ROUNDS):
        for question in QUESTIONS:
            works = [
                (bare, lambda: bare_index.search(encoder.encode_question(question)[None], 10)),
                (searches, lambda: collection.search(question)),
            ]
            # Whichever comes second finds the caches warm, so each comes first as often as the other.
            for seconds, work in works if number % 2 else reversed(works):
                seconds.append(_seconds(work))
    print(f"encode and FAISS alone  p50 {1000 * median(bare):6.2f} ms")
    print(f"Collection.search       p50 {1000 * median(searches):6.2f} ms")
    print(f"ratio                       {median(searches) / median(bare):6.2f}")


def _seconds(work: Callable[[], object]) -> float:
    time.sleep(0.02)  # until the threads of the library before, which spin while they wait for more, are asleep
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
