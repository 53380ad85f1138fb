"""The front matter of Markdown, in YAML or TOML: the title, authors and date that it states."""

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*\n|\+\+\+[ \t]*\n(?:.*\n){0,200}?\+\+\+[ \t]*\n")
_ENTRY = re.compile(r"(?P<name>title|authors?|date)[ \t]*[:=][ \t]*(?P<value>.*)", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name[ \t]*:[ \t]*)?(?P<value>.+)")


def front_matter(text: str) -> tuple[int, dict[str, str]]:
    r"""Return the offset after the front matter of `text`, 0 without one, and its title, author and date.

    >>> front_matter("---\ntitle: 'Fees'\nauthors:\n  - Ada Lind\n  - Per Moe\n---\nText")
    (56, {'title': 'Fees', 'author': 'Ada Lind, Per Moe'})
    """
    block = _BLOCK.match(text)
    if not block:
        return 0, {}
    said: dict[str, list[str]] = {}
    name = ""
    for line in block[0].splitlines():
        if entry := _ENTRY.fullmatch(line):
            name = entry["name"].lower().removesuffix("s")
            said[name] = list(_values(entry["value"]))
        elif name and (item := _ITEM.fullmatch(line)):
            said[name] += _values(item["value"])
        else:
            name = ""
    return block.end(), {name: ", ".join(values) for name, values in said.items()}


def _values(written: str) -> Iterator[str]:
    """Yield the value behind a name, or the values of a list in brackets, without quotation marks."""
    written = written.strip()
    values = written[1:-1].split(",") if written.startswith("[") and written.endswith("]") else [written]
    yield from (value for each in values if (value := each.strip().strip("\"'").strip()))
