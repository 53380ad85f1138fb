"""Pandoc's tables in Markdown with cells of several lines, which are written as tables with a line for each row."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

_LONGEST = 500
"""Largest number of lines of such a table."""

_DASHES = "-{3,}(?:[ ]+-{3,})+[ ]*"
_BODY = rf"(?:[ ]*[^-\s].*\n(?:.*\n){{0,{_LONGEST}}}?)"
_TABLE = re.compile(
    rf"""
    ^[ ]{{0,3}}(?P<fence>`{{3,}}|~{{3,}})[\s\S]*?(?:^[ ]{{0,3}}(?P=fence)|\Z)
    |(?<!\S\n)^(?P<frame>[ ]?-{{3,}})[ ]*\n(?P<head>(?:[ ]*[^-\s].*\n){{1,5}})
     (?P<columns>[ ]*{_DASHES})\n(?P<body>{_BODY})(?P=frame)[ ]*$
    |(?<!\S\n)^(?P<bare>[ ]*{_DASHES})\n(?P<rows>{_BODY})(?P=bare)$
    |^(?P<grid>\+(?:[-:=]+\+)+[ ]*\n(?:[|+].*[|+][ ]*(?:\n|\Z))+)
    """,
    re.MULTILINE | re.VERBOSE,
)
"""A block of code, which stays as it is; a multiline table; a grid table."""

_FRAME = re.compile(r"\+(?:[-:=]+\+)+")


def with_whole_rows(text: str) -> str:
    """Return Markdown whose multiline and grid tables have one line for each row, with bars between the cells.

    Tables whose rows are single lines already stay unchanged, and so do those with merged cells.

    Source: https://pandoc.org/MANUAL.html#tables
    """
    if "--" not in text:
        return text
    return _TABLE.sub(lambda found: found[0] if found["fence"] else _whole(found), text)


def _whole(found: re.Match[str]) -> str:
    return _from_grid(found[0]) if found["grid"] else _from_multiline(found)


def _from_multiline(found: re.Match[str]) -> str:
    body, head = (found["body"] or found["rows"]).split("\n")[:-1], (found["head"] or "").split("\n")[:-1]
    if all(map(str.strip, body)):  # without blank lines each line is a row
        return found[0]
    starts = [each.start() for each in re.finditer("-+", found["columns"] or found["bare"])]
    bounds = [0, *starts[1:], None]
    rows = [list(group) for has_words, group in groupby(body, key=lambda line: bool(line.strip())) if has_words]
    cut = [[[line[start:end] for start, end in pairwise(bounds)] for line in row] for row in [head, *rows] if row]
    return _written(cut, has_header=bool(head))


def _from_grid(table: str) -> str:
    lines = table.rstrip("\n").split("\n")
    bars = [place for place, sign in enumerate(lines[0].rstrip()) if sign == "+"]
    frames = [line for line in lines if _FRAME.fullmatch(line.rstrip())]
    inside = [list(group) for is_row, group in groupby(lines, key=lambda line: line[0] == "|") if is_row]
    is_plain = all(line[bar : bar + 1] == "|" for row in inside for line in row for bar in bars)
    if not is_plain or len(frames) + sum(map(len, inside)) < len(lines) or all(len(row) == 1 for row in inside):
        return table
    cut = [[[line[start + 1 : end] for start, end in pairwise(bars)] for line in row] for row in inside]
    return _written(cut, has_header=len(frames) > 1 and "=" in frames[1]) + "\n"


def _written(rows: Sequence[Sequence[Sequence[str]]], *, has_header: bool) -> str:
    """Return rows, each given as the parts of its cells on each line, as a table of Markdown."""
    lines = list(map(_row, rows))
    return "\n".join([*lines[:has_header], *["|---" * len(rows[0][0]) + "|"] * has_header, *lines[has_header:]])


def _row(parts: Sequence[Sequence[str]]) -> str:
    return f"| {' | '.join(_cells(parts))} |"


def _cells(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    for cell in zip(*parts, strict=True):
        yield " ".join(" ".join(cell).split())
