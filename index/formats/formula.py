"""Formulas on one line: a fraction with a slash, powers raised, parentheses where the layout groups terms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from index.formats.normal import normalised
from index.formats.raised import lowered, raised

_SINGLE = re.compile(r"[+−-]?(?:\w+(?:[.,]\w+)*[⁰¹²³⁴-⁹ⁿ₀-₉]*|\([^()]*\))")
_PRODUCT = re.compile(r"[\d.,]+[^\W\d_]")
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")


@dataclass(slots=True)
class _Part:
    """An open part of a formula: its name, the text in it so far, its parts that have ended, and its signs."""

    name: str
    pieces: list[str] = field(default_factory=list)
    signs: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Formula:
    """Builds the text of a formula from its parts, which are named as in Office: `num`, `den`, `sup`, `rad` and so on.

    >>> formula = Formula()
    >>> for part, words in (("num", "a+b"), ("den", "2")):
    ...     formula.begin(part)
    ...     formula.write(words)
    ...     formula.end()
    >>> formula.text
    '(a+b)/2'
    """

    def __init__(self) -> None:
        self._parts = [_Part("")]

    @property
    def text(self) -> str:
        """The text so far of the parts that have ended."""
        return " ".join(normalised(self._parts[0].text).translate(_INVISIBLE).split())

    def begin(self, name: str) -> None:
        """Begin a part inside the innermost open one."""
        self._parts.append(_Part(name))

    def write(self, text: str) -> None:
        """Append text to the innermost open part."""
        self._parts[-1].pieces.append(text)

    def sign(self, name: str, sign: str) -> None:
        """Set a sign of the innermost open part: `chr`, `begChr`, `endChr` or `sepChr`."""
        self._parts[-1].signs[name] = sign

    def end(self) -> None:
        """End the innermost open part."""
        if len(self._parts) > 1:
            part = self._parts.pop()
            self._parts[-1].pieces.append(_written(part, self._parts[-1]))


def _written(part: _Part, around: _Part) -> str:
    """Return a part as it is written behind what comes before it in the part `around`."""
    text, signs = part.text, part.signs
    if part.name in {"sup", "sub"}:
        write = raised if part.name == "sup" else lowered
        return write(text.strip(), around.text[-20:], is_power=True) if text.strip() else ""
    forms = {
        "num": _term(text),
        "den": f"/{_factor(text)}",
        "rad": f"√{_factor(text)}",
        "deg": raised(text.strip(), "") if text.strip() else "",
        "d": f"{signs.get('begChr', '(')}{signs.get('sepChr', '|').join(part.pieces)}{signs.get('endChr', ')')}",
        "nary": f"{signs.get('chr', '∫')}{text}",
        "fName": f"{text} ",
        "mr": f"{text} ",
    }
    return forms.get(part.name, text)


def _term(text: str) -> str:
    """Return `text` in parentheses if it has several terms."""
    return text if _SINGLE.fullmatch(text.strip()) else f"({text})"


def _factor(text: str) -> str:
    """Return `text` in parentheses if it has several terms or factors."""
    return f"({text})" if _PRODUCT.match(text.strip()) else _term(text)


class OfficeFormula:
    """Reports the elements of an Office formula (OMML), without their namespace, to a `Formula`."""

    _SIGNS = frozenset({"chr", "begChr", "endChr", "sepChr"})
    _PARTS = frozenset("num den sup sub rad deg d nary fName mr e".split())

    def __init__(self) -> None:
        self._formula = Formula()
        self._open: list[str] = []

    @property
    def text(self) -> str:
        """The text of the formula."""
        return self._formula.text

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self._open.append(element)
        if element in self._SIGNS:
            self._formula.sign(element, next(iter(attributes.values()), ""))
        elif element in self._PARTS:
            self._formula.begin(element)

    def end(self) -> None:
        """End the innermost element."""
        if self._open and self._open.pop() in self._PARTS:
            self._formula.end()

    def data(self, data: str) -> None:
        """Take characters."""
        if self._open[-1:] == ["t"]:
            self._formula.write(data)


class WebFormula:
    """Reports the elements of a formula of a web page (MathML) to a `Formula`."""

    _UNREAD = frozenset({"annotation", "annotation-xml", "maction"})
    _PARTS: ClassVar = {"msqrt": "rad", "mfenced": "d", "mtr": "mr", "mtd": "e"}
    _CHILDREN: ClassVar = {
        "mfrac": ("num", "den"),
        "msup": ("e", "sup"),
        "msub": ("e", "sub"),
        "msubsup": ("e", "sub", "sup"),
        "munder": ("e", "sub"),
        "munderover": ("e", "sub", "sup"),
        "mroot": ("rad", "sup"),
    }
    """Element → the parts that its children are, in order."""

    def __init__(self) -> None:
        self._formula = Formula()
        self._open: list[tuple[str, int, int]] = []  # name, number of children so far, number of parts begun
        self._unread = 0

    @property
    def text(self) -> str:
        """The text of the formula."""
        return self._formula.text

    def start(self, element: str) -> None:
        """Begin an element."""
        if self._unread or element in self._UNREAD:
            self._unread += 1
            return
        begun: list[str] = []
        if self._open:
            around, children, parts = self._open[-1]
            self._open[-1] = around, children + 1, parts
            begun += self._CHILDREN.get(around, ())[children : children + 1]
        begun += [self._PARTS[element]] if element in self._PARTS else []
        for part in begun:
            self._formula.begin(part)
        self._open.append((element, 0, len(begun)))

    def end(self) -> None:
        """End the innermost element."""
        if self._unread:
            self._unread -= 1
        elif self._open:
            for _ in range(self._open.pop()[2]):
                self._formula.end()

    def data(self, data: str) -> None:
        """Take characters."""
        if not self._unread:
            self._formula.write(data.strip())
