"""Does anything that can be sent crash, hang or misquote? `python -m bench.fuzz [--seconds N] [PART...]`.

The parts are `read` (altered files), `split` and `ask` (any texts and questions), `verify` (altered evidence cards and
sources), `http` (requests that fit the server's own description, or nearly do), and `calls` (so are the page's
functions called). Each is tried for N seconds. It may end in a `CitedError` and in no other error; it may take a
minute; and each quote must be the slice that it names. Prints each fault once, with what caused it. Exits with 1 if
there are any.
"""

import argparse
import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import httpx
import jsonschema
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bench.hostile import faults_of_passages
from bench.served import ROOT, TIMEOUT, authorization, call, served, upload
from bench.strategies import ANYTHING, QUESTIONS, TEXTS, altered, fitting, near, with_altered_data
from index import CitedError, Document, FolderCollection, read_all
from index.errors import TooDemanding
from index.testing import BagOfWords
from page.calls import arguments_of
from page.functions import FUNCTIONS, UNQUEUED, add, arrive, leave
from qa import ask
from qa.share.card import card
from qa.share.verify import verify

_SLOW = 60.0
"""Seconds after which a part is said to hang."""

_AT_ONCE = 100
"""Examples between two looks at the clock."""

SAMPLES = ROOT / "tests" / "index" / "formats" / "cases"
"""Small files of every format."""


class Part(Protocol):
    """What is tried, and how it is judged."""

    values: SearchStrategy[Any]

    def faults(self, value: Any) -> Iterator[str]:
        """Try `value`, and yield a sentence for each fault. A `CitedError` is none."""


class Reading:
    """Altered files are read. Whatever crashes or delays the process that reads them is a fault, too.

    Args:
        samples: the files to alter.
        folder: where to write them.
    """

    def __init__(self, samples: Sequence[Path], folder: Path) -> None:
        self.values = altered([sample.read_bytes() for sample in samples])
        self._file = folder / "altered"

    def faults(self, value: bytes) -> Iterator[str]:
        """Read a file, and examine the passages of what was read."""
        self._file.write_bytes(value)
        crashes = _Crashes()
        logging.getLogger("cited").addHandler(crashes)
        try:
            for document in read_all(self._file):
                yield from faults_of_passages(document)
        except TooDemanding as error:
            yield crashes.last or str(error).replace(str(self._file), "The file")
        finally:
            logging.getLogger("cited").removeHandler(crashes)


class _Crashes(logging.Handler):
    """Keeps where the process that reads has failed last."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and record.args:
            *_, place, _, kind = [line.strip() for line in str(record.args[0]).splitlines() if "^" not in line]
            self.last = f"{kind.partition(':')[0]} at {place}"


class Splitting:
    """Texts are split. Each word must be in a passage."""

    values = TEXTS

    def faults(self, value: str) -> Iterator[str]:
        """Examine the passages of a text."""
        return faults_of_passages(Document(value, "text"))


class Asking:
    """Questions are asked about a text. Every quote must be the slice that it names.

    Args:
        folder: where to keep the text.
    """

    values = st.tuples(TEXTS, st.lists(QUESTIONS, min_size=1, max_size=3))

    def __init__(self, folder: Path) -> None:
        self._collection = FolderCollection(folder / "asked", BagOfWords())

    def faults(self, value: tuple[str, list[str]]) -> Iterator[str]:
        """Ask each question about a text alone, and examine what is quoted."""
        text, questions = value
        document = Document(text, "text")
        self._collection.add(document)
        try:
            for question in questions:
                yield from misquotes(ask(question, self._collection, min_confidence=0).to_dict(), {document.id: text})
        finally:
            self._collection.remove(document.id)

    def close(self) -> None:
        """Close the collection."""
        self._collection.close()


class Verifying:
    """Cards and sources are altered. What is said to stand in a source must stand there."""

    def __init__(self, folder: Path) -> None:
        text = "Mary Doyle closed the harbour of Skarv on Friday, she said. It opens again in May."
        with FolderCollection(folder / "carded", BagOfWords()) as collection:
            collection.add(Document(text, "harbour"))
            proof = card(ask("who closed the harbour?", collection))
        cards = st.just(proof) | altered([proof.encode()]).map(_decoded) | with_altered_data(proof)
        self.values = st.tuples(cards, st.just(text) | altered([text.encode()]).map(_decoded) | TEXTS)

    def faults(self, value: tuple[str, str]) -> Iterator[str]:
        """Verify a card, and look for each quote where it is said to stand."""
        proof, text = value
        for finding in verify(proof, Document(text, "harbour")):
            if finding.now and text[finding.now.start : finding.now.end] != finding.quote:
                yield f"A quote is said to be {finding.standing} where it does not stand"
            json.dumps(finding.to_dict())


class Requesting:
    """Requests are sent, as the server's own description has them, and nearly so. Each answer must be described, too.

    Args:
        client: sends requests to the server.
        samples: files to alter and add.
    """

    def __init__(self, client: httpx.Client, samples: Sequence[Path]) -> None:
        self._client = client
        self._described = client.get("/v1/openapi.json").json()
        schemas = self._described["components"]["schemas"]
        files = st.tuples(st.text(max_size=30), altered([sample.read_bytes() for sample in samples]))
        requests = []
        for path, method, operation in self._operations():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                fit = fitting(content["application/json"]["schema"], schemas)
                sent: SearchStrategy[Any] = st.fixed_dictionaries({"json": fit | near(fit) | ANYTHING}) | _NO_JSON
            else:
                sent = st.fixed_dictionaries({"files": st.fixed_dictionaries({"file": files})}) if content else _NOTHING
            requests.append(st.tuples(st.just(path), st.just(method), sent))
        self.values = st.one_of(requests)

    def faults(self, value: tuple[str, str, dict[str, Any]]) -> Iterator[str]:
        """Send a request, and compare the answer with its description."""
        path, method, sent = value
        answer = self._client.request(method, f"/v1{path}", **sent)
        expected = self._described["paths"][path][method]["responses"].get(str(answer.status_code))
        if not expected:
            yield f"{method} {path} is answered with {answer.status_code}, which is not described: {answer.text[:200]}"
            return
        kind = answer.headers["Content-Type"].partition(";")[0]
        try:
            said = answer.json() if kind == "application/json" else answer.text
            jsonschema.validate(said, self._described | expected["content"][kind]["schema"])
        except (KeyError, ValueError, jsonschema.ValidationError) as error:
            yield f"{method} {path} is answered with {answer.status_code} and not as described: {str(error)[:200]}"
        if answer.is_error and not answer.json()["error"]["message"].endswith("."):
            yield f"{method} {path} is refused with no sentence: {answer.text[:200]}"

    def _operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, methods in self._described["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation


class Calling:
    """The page's functions are called, with arguments that fit their annotations, and nearly so.

    Args:
        client: sends requests to the server.
        samples: files whose documents are asked for.
    """

    def __init__(self, client: httpx.Client, samples: Sequence[Path]) -> None:
        self._client = client
        address = str(client.base_url)
        for sample in samples:
            call(address, "add", path=upload(address, sample.name, sample.read_bytes()), name=sample.name)
        known = {
            "document": st.sampled_from([document["id"] for document in call(address, "documents")]),
            "chat": st.sampled_from(["a", "b"]),
        }
        calls = []
        for function in {*FUNCTIONS, *UNQUEUED, add} - {arrive, leave}:
            schema = arguments_of(function).model_json_schema()
            fit = fitting(schema, schema.get("$defs", {}))
            named = {name: each for name, each in known.items() if name in schema["properties"]}
            whole = st.builds(dict.__or__, fit, st.fixed_dictionaries(named))
            calls.append(st.tuples(st.just(function.__name__), whole | near(whole) | ANYTHING))
        self.values = st.one_of(calls)

    def faults(self, value: tuple[str, Any]) -> Iterator[str]:
        """Call a function, and examine what is said if it fails."""
        name, arguments = value
        answer = self._client.post("/call", json={"function": name, "arguments": arguments})
        said = answer.json()
        error = said.get("error", ".") if isinstance(said, dict) else "."
        if answer.status_code not in (200, 400) or "went wrong" in error or not error.endswith("."):
            yield f"{name} is answered with {answer.status_code}: {error.partition('. ')[0]}"


_NOTHING: SearchStrategy[Any] = st.just({})

_NO_JSON = st.fixed_dictionaries(
    {
        "content": st.binary(max_size=100) | st.text(max_size=100).map(str.encode),
        "headers": st.sampled_from([{}, {"Content-Type": "application/json"}, {"Content-Type": "text/plain"}]),
    }
)
"""Bodies that are no JSON."""


def misquotes(said: Any, texts: dict[str, str]) -> Iterator[str]:
    """Yield a sentence for each quote of a JSON answer that is not the slice of `texts`, by id, that it names."""
    if isinstance(said, list):
        for each in said:
            yield from misquotes(each, texts)
    elif isinstance(said, dict):
        quote = said.get("quote", said.get("text"))
        if "start" in said and texts[said["document"]][said["start"] : said["end"]] != quote:
            yield "A quote is not the slice that it names"
        if said.get("citations") and said["citations"][0]["quote"] != said["text"]:
            yield "An answer is not its first quote"
        for each in said.values():
            yield from misquotes(each, texts)


def fuzz(part: Part, examples: int, number: int = 0) -> dict[str, Any]:
    """Try `examples` values of a part, the same for the same `number`. Return each fault with what caused it first."""
    found: dict[str, Any] = {}

    @seed(number)
    @settings(
        settings.get_profile("default"),
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(part.values)
    def examine(value: Any) -> None:
        began = time.monotonic()
        try:
            for fault in part.faults(value):
                found.setdefault(fault, value)
        except CitedError as error:
            if not str(error).endswith("."):
                found.setdefault(f"{error!r} is no sentence", value)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            found.setdefault(f"{type(error).__name__} at {place.filename}, line {place.lineno}", value)
        if time.monotonic() - began > _SLOW:
            found.setdefault("It hangs", value)

    examine()
    return found


def main() -> None:
    """Try each part for a while, and print its faults."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*_MADE, []], help="by default all")
    parser.add_argument("--seconds", type=float, default=600, metavar="N")
    parser.add_argument("--samples", type=Path, default=SAMPLES, metavar="FOLDER", help="files to alter")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="number of the first hundred examples")
    given = parser.parse_args()
    samples = sorted(file for file in given.samples.iterdir() if file.is_file())
    faults = 0
    for name in given.parts or _MADE:
        with TemporaryDirectory() as folder, ExitStack() as closing:
            faults += _tried(name, _MADE[name](Path(folder), samples, closing), given.seconds, given.first)
    sys.exit(bool(faults))


def _tried(name: str, part: Part, seconds: float, number: int) -> int:
    """Try a part for `seconds`, print its faults, and return how many there are."""
    found: dict[str, Any] = {}
    end, first = time.monotonic() + seconds, number
    while time.monotonic() < end:
        for fault, value in fuzz(part, _AT_ONCE, number).items():
            if fault not in found:
                print(f"{name}, {number}: {fault}\n    {str(value)[:1000]!r}", flush=True)
            found[fault] = value
        number += 1
    print(f"{name}: {(number - first) * _AT_ONCE} examples, {len(found)} faults", flush=True)
    return len(found)


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "replace") or " "


def _asking(folder: Path, _: Sequence[Path], closing: ExitStack) -> Part:
    part = Asking(folder)
    closing.callback(part.close)
    return part


def _client(folder: Path, closing: ExitStack) -> httpx.Client:
    """Serve the page, and return what sends requests to it."""
    address, _ = closing.enter_context(served(folder))
    call(address, "ready")
    headers = authorization(address)
    return closing.enter_context(httpx.Client(base_url=address, headers=headers, timeout=TIMEOUT))


_MADE: dict[str, Callable[[Path, Sequence[Path], ExitStack], Part]] = {
    "read": lambda folder, samples, _: Reading(samples, folder),
    "split": lambda _folder, _samples, _: Splitting(),
    "ask": _asking,
    "verify": lambda folder, _samples, _: Verifying(folder),
    "http": lambda folder, samples, closing: Requesting(_client(folder, closing), samples),
    "calls": lambda folder, samples, closing: Calling(_client(folder, closing), samples[::6]),
}
"""What makes each part, from a folder, sample files and what is closed at the end."""


if __name__ == "__main__":
    main()
