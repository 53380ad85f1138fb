"""Mistakes that people make when they type a question, one function a kind.

Each function returns the question with one mistake, or "" if the question has no place for it. Words are disturbed in
the ways that lists of real mistakes have: slips of the hand (a letter dropped, doubled, swapped or replaced by its
neighbour on the keyboard) and words written as they sound (Kukich: Techniques for Automatically Correcting Words in
Text, 1992).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from rapidfuzz.distance import OSA

from index.text.words import words

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_SOUNDS = (
    ("ie", "ei"), ("ei", "ie"), ("ea", "ee"), ("ee", "ea"), ("ai", "ay"), ("au", "or"), ("ou", "ow"), ("oa", "o"),
    ("able", "ible"), ("ible", "able"), ("ance", "ence"), ("ence", "ance"), ("ent", "ant"), ("ant", "ent"),
    ("tion", "sion"), ("sion", "tion"), ("ous", "us"), ("er", "or"), ("or", "er"), ("air", "are"), ("ate", "it"),
    ("ph", "f"), ("ck", "k"), ("ght", "t"), ("kn", "n"), ("wr", "r"), ("que", "k"), ("ce", "se"), ("se", "ce"),
    ("ci", "si"), ("sc", "s"), ("qu", "kw"), ("gh", "g"), ("mb", "m"), ("y", "i"), ("i", "e"), ("e", "i"), ("a", "e"),
    ("o", "a"), ("u", "a"),
)  # fmt: skip
"""Letters, and others that sound alike."""

_FUNCTION_WORDS = {
    "the": "teh hte th", "what": "wat waht wot wut whta", "when": "wen wehn whn whne", "who": "hoo hwo woh",
    "where": "ware wher whre wear", "which": "wich whcih witch", "how": "hwo hw", "why": "wy whi y",
    "whose": "whos whoes", "many": "mnay meny amny", "much": "mutch mcuh", "does": "dose deos dos",
    "was": "wuz wsa woz", "were": "wer wre", "is": "iz si", "are": "aer r", "their": "thier there",
    "there": "thier ther",
    "because": "becuase becos cuz", "with": "wiht wiv", "between": "beetween betwen", "before": "befor b4",
    "about": "abuot abt", "through": "thru throgh", "would": "wuld wud", "could": "coud cud", "should": "shoud shud",
    "from": "frm", "after": "aftr afer", "that": "taht tht", "this": "tihs", "they": "tehy thay", "been": "bene bin",
    "have": "hvae hav", "had": "hda", "during": "durring", "until": "untill", "while": "whilst wile", "you": "u yuo",
}  # fmt: skip

_BEFORE = ("pls ", "plz ", "hi, ", "can u tell me ", "do u know ", "hey ", "i wanna know ", "pls tell me ", "so ")
_BEHIND = (" pls", " thx", " plz", " ??", " thnx", " ty", " please thanks", "...")


def slip(word: str, random: Random) -> str:
    """Return `word` with one letter behind the first dropped, doubled, swapped or replaced by a neighbouring key.

    >>> slip("conference", Random(3))
    'confeerence'
    """
    at = random.randrange(1, len(word))
    kind = random.choice(("drop", "double", "swap", "neighbour"))
    letter, before = word[at], word[at - 1]
    if kind == "swap" and at > 1 and before != letter:
        return word[: at - 1] + letter + before + word[at + 1 :]
    if kind == "neighbour" and (near := _neighbours(letter)):
        return word[:at] + random.choice(near) + word[at + 1 :]
    return word[:at] + (letter * 2 if kind == "double" else "") + word[at + 1 :]


def as_it_sounds(word: str, random: Random) -> str:
    """Return `word` with letters behind the first written as they sound, or one of two double letters dropped.

    >>> as_it_sounds("receive", Random(1))
    'reseive'
    """
    heard = [
        word[: found.start()] + other + word[found.end() :]
        for letters, other in _SOUNDS
        for found in re.finditer(letters, word)
        if found.start() > 0
    ]
    heard += [word[: found.start()] + found[1] + word[found.end() :] for found in re.finditer(r"([a-z])\1", word)]
    return random.choice(heard) if heard else ""


def _neighbours(letter: str) -> str:
    row = next((row for row in _ROWS if letter in row), "")
    at = row.find(letter)
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2] if row else ""


def _in_a_word(change: Callable[[str, Random], str], pattern: str) -> Callable[[str, Random], str]:
    """Return the mistake that makes `change` in one of the words that match `pattern`."""

    def mistake(question: str, random: Random) -> str:
        found = list(re.finditer(pattern, question))
        for word in random.sample(found, len(found)):
            changed = change(word[0], random)
            if changed and changed != word[0]:
                return question[: word.start()] + changed + question[word.end() :]
        return ""

    return mistake


def _function_word(question: str, random: Random) -> str:
    found = [word for word in re.finditer(r"[^\W\d_]+", question) if word[0].lower() in _FUNCTION_WORDS]
    if not found:
        return ""
    word = found[0] if random.random() < 0.5 else random.choice(found)
    typed = random.choice(_FUNCTION_WORDS[word[0].lower()].split())
    return (question[: word.start()] + typed + question[word.end() :]).lower().rstrip(" ?")


def _apostrophe(question: str, random: Random) -> str:
    short = re.sub(r"(?i)\b(what|who|where|when|how) is (?=(?:the|a|an|his|her|its|their)\b)", r"\1s ", question)
    short = re.sub(r"(?i)\b(is|was|were|did|does|do|has|have|had|could|would) (\w+ )?not\b", r"\1nt \2", short)
    short = re.sub(r"(?<=\w)['’](?=\w)", "", short)
    return short if short != question else ""


def _joined(question: str, random: Random) -> str:
    spaces = [found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", question)]
    at = random.choice(spaces) if spaces else 0
    return question[:at] + question[at + 1 :] if at else ""


def _split(question: str, random: Random) -> str:
    words = list(re.finditer(r"\b[a-z]{7,}\b", question))
    if not words:
        return ""
    word = random.choice(words)
    at = random.randrange(word.start() + 3, word.end() - 2)
    return f"{question[:at]} {question[at:]}"


def _in_phone_words(question: str, random: Random) -> str:
    bare = question.lower().rstrip(" ?")
    return random.choice(_BEFORE) + bare if random.random() < 0.5 else bare + random.choice(_BEHIND)


def _in_a_hurry(question: str, random: Random) -> str:
    """Return `question` in lower case, with a slip in a content word and a mistake in a function word."""
    return MISTAKES["slips"](MISTAKES["function words"](question, random) or question.lower(), random)


_CONTENT = r"\b(?!(?i:what|when|where|which|whose|many|much|does|were|their|there|with|from)\b)[a-z]{4,}\b"

MISTAKES: Mapping[str, Callable[[str, Random], str]] = {
    "slips": _in_a_word(slip, _CONTENT),
    "as it sounds": _in_a_word(as_it_sounds, _CONTENT),
    "function words": _function_word,
    "apostrophes": _apostrophe,
    "joined words": _joined,
    "split words": _split,
    "lower case": lambda question, _: question.lower(),
    "capitals": lambda question, _: question.upper(),
    "phone words": _in_phone_words,
    "slips in names": _in_a_word(slip, r"(?<!\A)\b[A-Z][a-z]{3,}\b"),
    "in a hurry": _in_a_hurry,
}
"""Each kind of mistake."""


ANOTHER_NAME = "another's name"
"""The kind of questions that `with_another_name` makes."""


def with_another_name(question: str, names: Sequence[str], random: Random) -> str:
    """Return `question` with a name in it replaced by another of `names`, a letter away; "" if it has none.

    Another form of the word is no other name.

    >>> with_another_name("Who is Jon Smith?", ["Jones", "Smyth", "Smithson"], Random(0))
    'Who is Jon Smyth?'
    """
    found = list(re.finditer(r"(?<!\A)\b[A-Z][a-z]{3,}\b", question))
    for word in random.sample(found, len(found)):
        near = [each for each in names if each[0] == word[0][0] and OSA.distance(each, word[0], score_cutoff=1) == 1]
        near = [each for each in near if words(each) != words(word[0])]
        if near:
            return question[: word.start()] + random.choice(near) + question[word.end() :]
    return ""
