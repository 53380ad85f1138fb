"""What `bench.fuzz` sends: files that were altered, texts, questions, and JSON that fits a schema or nearly does."""

import io
import json
import random
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

_PIECES = (
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\r", b"\n\n", b"\t", b'"', b"<", b"&#0;", b"&#xD800;", b"]]>"),
    *(b"<![CDATA[", b"<!--", b"<table><tr><td colspan=99999>", b"<sup>", b"\\", b"```", b"|", b"- ", b"1.", b"%%EOF"),
    *(
        each.encode()
        for each in ("\u202e", "\u200b", "\u0301", "\ufeff", "ﬁ", "é", "😀", "ש", "٣", "²", "…", "“", "\u2028")
    ),
)
"""Bytes at which parsers stumble."""

_NUMBERS = (b"-1", b"0", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"NaN")

_STREAM = re.compile(rb"(?<=stream\r\n|.stream\n)(.+?)(?=\r?\nendstream)", re.DOTALL)

_WORDS = (
    *(
        "Mary",
        "Doyle",
        "closed",
        "the",
        "harbour",
        "of",
        "Skarv",
        "on",
        "Friday",
        "she",
        "said",
        "that",
        "not",
        "£1,240",
    ),
    *(
        "12",
        "May",
        "2019",
        "who",
        "was",
        "and",
        "Mr.",
        "“no”",
        "(3",
        "%)",
        "•",
        "|",
        "Ltd.",
        "\n",
        "\n\n",
        "\t",
        "# ",
        "A:",
    ),
)

TEXTS: SearchStrategy[str] = st.one_of(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=120).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400),
    st.lists(st.one_of(st.sampled_from(_WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=5))).map(
        "".join
    ),
)
"""Texts: of words, of any characters, and of both."""

QUESTIONS: SearchStrategy[str] = st.one_of(
    st.builds(
        "{} {} {}?".format,
        st.sampled_from(["who", "when", "where", "why", "how many", "did", "what is", "list", "who said", "compare"]),
        st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join),
        st.sampled_from(["", "and why", "or not", "in total", "since 2019", "according to her"]),
    ),
    TEXTS,
)
"""Questions: of words, and of any characters."""


def altered(samples: Sequence[bytes]) -> SearchStrategy[bytes]:
    """Return a strategy for files that are one of `samples`, altered in a few places, also inside an archive."""
    return st.builds(_altered_file, st.sampled_from(samples), st.integers(0, 2**32))


def fitting(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> SearchStrategy[Any]:
    """Return a strategy for JSON that fits a `schema` of an OpenAPI description, whose `schemas` it refers to."""
    if "$ref" in schema:
        return fitting(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return st.one_of([fitting(each, schemas) for each in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _TYPES[schema.get("type", "any")](schema, schemas)


def near(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return a strategy for objects that `strategy` makes, with one value exchanged, taken away or added."""
    return st.builds(_exchanged, strategy, st.integers(0, 9), ANYTHING, st.booleans())


def _exchanged(made: dict[str, Any], number: int, value: Any, is_kept: bool) -> dict[str, Any]:
    name = [*made, "surplus"][number % (len(made) + 1)]
    return {**made, name: value} if is_kept else {key: kept for key, kept in made.items() if key != name}


def with_altered_data(page: str) -> SearchStrategy[str]:
    """Return a strategy for HTML that is `page`, with one value exchanged in the JSON that it holds."""
    before, held, after = re.split(r"(?s)(?<=id=\"evidence\">\n)(.+?)(?=\n</script>)", page)
    return st.builds(_with_other, st.just(held), st.integers(0, 2**32), ANYTHING).map(
        lambda data: before + data + after
    )


def _with_other(held: str, seed: int, value: Any) -> str:
    """Return JSON with `value` in the place of one of its values, drawn at random."""
    data, draw = json.loads(held), random.Random(seed)
    place: Any = data
    while True:
        name = draw.choice([*place] if isinstance(place, dict) else range(len(place)))
        if not place[name] or not isinstance(place[name], dict | list) or draw.random() < 0.2:
            break
        place = place[name]
    place[name] = value
    return json.dumps(data, indent=1)


ANYTHING: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
"""JSON of any kind."""


def _object(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> SearchStrategy[Any]:
    named = {name: fitting(each, schemas) for name, each in schema.get("properties", {}).items()}
    required = {name: named.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(required, optional=named)


def _array(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> SearchStrategy[Any]:
    most = min(schema.get("maxItems", 5), 5)
    return st.lists(fitting(schema["items"], schemas), min_size=schema.get("minItems", 0), max_size=most)


_TYPES: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], SearchStrategy[Any]]] = {
    "object": _object,
    "array": _array,
    "string": lambda schema, _: QUESTIONS.map(lambda text: text[: schema.get("maxLength")]),
    "integer": lambda schema, _: st.integers(schema.get("minimum"), schema.get("maximum")),
    "number": lambda schema, _: st.floats(schema.get("minimum", 0), schema.get("maximum", 1)),
    "boolean": lambda _schema, _: st.booleans(),
    "null": lambda _schema, _: st.none(),
    "any": lambda _schema, _: ANYTHING,
}
"""A strategy for each type of JSON, by the schema and those it refers to."""


def _altered_file(content: bytes, seed: int) -> bytes:
    """Alter a file, or what is packed in it."""
    draw = random.Random(seed)
    if draw.random() < 0.2:
        return _altered(content, draw)
    with suppress(BadZipFile, NotImplementedError):
        return _altered_archive(content, draw)
    if content.startswith(b"%PDF") and draw.random() < 0.8:
        return _STREAM.sub(partial(_altered_stream, draw), content)
    return _altered(content, draw)


def _altered_archive(content: bytes, draw: random.Random) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice([*members])
    members[name] = _altered(members[name], draw)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for each, data in members.items():
            archive.writestr(each, data)
    return packed.getvalue()


def _altered_stream(draw: random.Random, stream: re.Match[bytes]) -> bytes:
    if draw.random() < 0.5:
        return stream[0]
    with suppress(zlib.error):
        return zlib.compress(_altered(zlib.decompress(stream[0]), draw))
    return _altered(stream[0], draw)


def _altered(content: bytes, draw: random.Random) -> bytes:
    """Alter bytes in one to four places."""
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(content) + 1)
        end = min(len(content), start + draw.choice([1, 4, 30, 300]))
        content = draw.choice(_WAYS)(content, start, end, draw)
    return content


def _other_bytes(content: bytes, start: int, end: int, draw: random.Random) -> bytes:
    return content[:start] + draw.randbytes(end - start) + content[end:]


def _without(content: bytes, start: int, end: int, _: random.Random) -> bytes:
    return content[:start] + content[end:]


def _repeated(content: bytes, start: int, end: int, draw: random.Random) -> bytes:
    return content[:end] + content[start:end] * draw.choice([1, 2, 50]) + content[end:]


def _inserted(content: bytes, start: int, _: int, draw: random.Random) -> bytes:
    return content[:start] + draw.choice(_PIECES) * draw.choice([1, 1, 40]) + content[start:]


def _other_word(content: bytes, start: int, _: int, draw: random.Random) -> bytes:
    """Put a word that stands elsewhere in place of the next one, such as another tag or attribute."""
    words = re.findall(rb"[\w-]{2,}", content[:100_000]) or [b"x"]
    return content[:start] + re.sub(rb"[\w-]{2,}", lambda _: draw.choice(words), content[start:], count=1)


def _other_number(content: bytes, start: int, _: int, draw: random.Random) -> bytes:
    return content[:start] + re.sub(rb"\d+", lambda _: draw.choice(_NUMBERS), content[start:], count=1)


_WAYS = (_other_bytes, _without, _repeated, _inserted, _other_word, _other_number, _other_word, _other_number)
