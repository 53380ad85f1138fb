"""Selectors of style sheets: the elements that a rule is for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_REACH = 50
"""Number of elements around an element that a selector is compared with."""

_NAME = r"(?:[\w-]|\\.|[^\x00-\x7f])+"
_SIMPLE = re.compile(
    rf"(?P<tag>[A-Za-z][\w-]*|\*)|\.(?P<class>{_NAME})|\#(?P<id>{_NAME})"
    r"|\[\s*(?P<attribute>[\w:-]{1,60})\s*(?:(?P<operator>[~^$*|]?)=\s*[\"']?(?P<value>[^\"'\[\]]{0,100})[\"']?\s*)?\]"
    r"|:not\((?P<excluded>[^():\s]{1,100})\)|(?P<root>:root)|::?(?P<pseudo>before|after)"
)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_ESCAPE = re.compile(r"\\(.)")


class Node(NamedTuple):
    """An element, as selectors see it."""

    tag: str
    classes: frozenset[str]
    identity: str
    attributes: Mapping[str, str]
    names: tuple[str, ...]

    @classmethod
    def of(cls, tag: str, attributes: Mapping[str, str]) -> "Node":
        """Return an element. Its names are its tag, its id behind `#`, and its classes behind points."""
        if not attributes:
            return cls(tag, frozenset(), "", attributes, (tag,))
        classes, identity = frozenset(attributes.get("class", "").split()), attributes.get("id", "")
        names = (tag, *(f".{name}" for name in classes), *[f"#{identity}"] * bool(identity))
        return cls(tag, classes, identity, attributes, names)


class Weight(NamedTuple):
    """The specificity of a selector: numbers of ids, of classes and attributes, and of tags."""

    ids: int = 0
    classes: int = 0
    tags: int = 0


@dataclass(frozen=True, slots=True)
class _Compound:
    """What a selector demands of one element."""

    tag: str = ""
    identity: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str | None], ...] = ()
    excluded: tuple["_Compound", ...] = ()

    @property
    def name(self) -> str:
        """A name that the element must have: an id, a class or a tag; "" if it needs none."""
        if self.identity:
            return f"#{self.identity}"
        return f".{min(self.classes)}" if self.classes else self.tag

    def matches(self, node: Node) -> bool:
        return (
            (not self.tag or self.tag == node.tag)
            and (not self.identity or self.identity == node.identity)
            and self.classes <= node.classes
            and all(
                name in node.attributes and value in {None, node.attributes[name]} for name, value in self.attributes
            )
            and not any(each.matches(node) for each in self.excluded)
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector: demands on an element and on those around it.

    Attributes:
        own: what it demands of the element.
        around: what it demands of the elements around it, the innermost first, each with whether it is the parent.
        weight: its specificity.
        pseudo: `before` or `after` if it is for what is generated there.
    """

    own: _Compound
    around: tuple[tuple[_Compound, bool], ...]
    weight: Weight
    pseudo: str

    @property
    def name(self) -> str:
        """The name that its element must have: an id, a class or a tag; "" if it needs none."""
        return self.own.name

    @property
    def name_around(self) -> str:
        """The name that an element around must have; "" if it needs none."""
        return next((compound.name for compound, _ in self.around if compound.name), "")

    def matches(self, node: Node, around: Sequence[Node]) -> bool:
        """Return whether the rule is for `node`, which is inside the elements `around`, the outermost first."""
        if not self.own.matches(node):
            return False
        at = len(around)
        for compound, is_parent in self.around:
            reach = 1 if is_parent else _REACH
            nearest = range(at - 1, max(at - 1 - reach, -1), -1)
            at = next((number for number in nearest if compound.matches(around[number])), -1)
            if at < 0:
                return False
        return True


def parsed(selector: str) -> Selector | None:
    """Return a selector, or None if it depends on states, siblings or other things that are not known here."""
    pieces = _COMBINATOR.split(selector.strip())
    found = [_compound(words) for words in pieces[::2]]
    combinators = [each or " " for each in pieces[1::2]]
    if any(each is None for each in found) or not {*combinators} <= {" ", ">"}:
        return None
    compounds = [each for each in found if each is not None]
    pseudos = [pseudo for *_, pseudo in compounds]
    if any(pseudos[:-1]):
        return None
    around = zip(
        (compound for compound, *_ in compounds[-2::-1]), (each == ">" for each in combinators[::-1]), strict=True
    )
    weight = Weight(*(sum(numbers) for numbers in zip(*(weight for _, weight, _ in compounds), strict=True)))
    return Selector(compounds[-1][0], tuple(around), weight, pseudos[-1])


def _compound(words: str) -> tuple[_Compound, Weight, str] | None:
    """Return what `words` demand of one element, their specificity, and their pseudo-element."""
    pieces = list(_SIMPLE.finditer(words))
    if not words or "".join(found[0] for found in pieces) != words or any(found["operator"] for found in pieces):
        return None
    inner = [_compound(found["excluded"]) for found in pieces if found["excluded"]]
    if None in inner:
        return None
    tag = next(
        ("html" if found["root"] else found["tag"].lower() for found in pieces if found["tag"] or found["root"]), ""
    )
    identities = [_ESCAPE.sub(r"\1", found["id"]) for found in pieces if found["id"]]
    classes = [_ESCAPE.sub(r"\1", found["class"]) for found in pieces if found["class"]]
    attributes = [(found["attribute"].lower(), found["value"]) for found in pieces if found["attribute"]]
    pseudo = next((found["pseudo"] for found in pieces if found["pseudo"]), "")
    weight = Weight(len(identities), len(classes) + len(attributes) + len(inner), bool(tag) + bool(pseudo))
    own = _Compound(
        tag.replace("*", ""),
        "".join(identities[:1]),
        frozenset(classes),
        tuple(attributes),
        tuple(each[0] for each in inner if each),
    )
    return own, weight, pseudo
