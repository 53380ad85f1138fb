"""Whether a question is in a language other than English, which is the only one that the reader reads."""

import re
import unicodedata
from collections import Counter
from functools import cache

from index.text.words import FUNCTION_WORDS

_LANGUAGES = {
    "French": (
        "qui que quoi quel quelle quels quelles où quand comment pourquoi combien est était étaient sont ont "
        "avait avaient il elle ils elles nous vous cette ces leur fait faut peut été être avoir aura sera depuis "
        "avec selon dans pour sur",
        "le la les de du des un une et en au aux ce a l d s n y par plus pas à ou se son sa ses avant après entre "
        "qu c j t lieu",
    ),
    "Spanish": (
        "quién quiénes qué cuál cuáles dónde cuándo cómo cuánto cuántos cuánta cuántas quien quienes que cual "
        "cuales donde cuando cuanto cuantos cuantas está están estaba estuvo estuvieron fue fueron era eran es "
        "son hay tiene tenía tuvo ha han había hace hacer puede según desde con por para pero este esta estos "
        "estas sobre",
        "el la los las de del un una y en al se su sus a lo le más no o si como ser entre sin muy",
    ),
    "Portuguese": (
        "quem que qual quais onde quando quanto quantos quanta quantas porque porquê são foi foram era eram está "
        "estão estava estavam esteve tem têm tinha tinham há havia fica será pode fazer seu sua seus suas este "
        "esta isto isso desde com por para não segundo sobre",
        "é o a os as de do da dos das um uma e em no na nos nas ao à aos às se como mais ou entre sem ser pelo pela",
    ),
    "Italian": (
        "chi che cosa cos quale quali dove quando come quanto quanti quanta quante perché sono era erano ha hanno "
        "aveva avevano fu furono sarà si qual questo questa questi queste suo sua suoi stato stata può fare "
        "bisogna con per secondo tra fra",
        "è c il lo la i gli le di del dello della dei degli delle un uno una e in al allo alla ai agli alle nel "
        "nella nei da dal dalla su sul sulla se non più o l d dell all nell sull essere tiene",
    ),
    "German": (
        "wer wen wem wessen wie wo wann warum wieso weshalb welche welcher welches welchen wohin woher worum "
        "womit wofür wurde wurden ist sind waren hat haben hatte hatten wird werden gibt kann muss soll ich er "
        "sie es wir ihr nicht auch noch seit nach wegen über bei mit für zu und aber dieser diese dieses diesem",
        "was der die das den dem des ein eine einen einem einer eines in im am an auf aus von vom zum zur um war "
        "so man als oder viele viel durch bis",
    ),
    "Dutch": (
        "wie wat waar wanneer waarom hoe hoeveel welke welk is zijn heeft hebben had hadden werd werden wordt "
        "worden kan moet moeten er hij zij ze het je niet ook sinds volgens naar bij met voor om uit door deze "
        "dit dat onder tussen",
        "de een en van in op te aan was waren over of als den der ten ter tot meer oud",
    ),
    "Swedish": (
        "vem vad var när varför hur vilken vilket vilka vems är har hade blev blir kommer finns kan ska skulle "
        "inte också sedan enligt efter med för från till om under mellan det att och som",
        "den de en ett i på av vid över mot ut in sin sitt sina denna detta dessa många mycket",
    ),
    "Danish": (
        "hvem hvad hvor hvornår hvorfor hvordan hvilken hvilket hvilke hvis er var har havde blev bliver kommer "
        "findes kan skal skulle ikke også siden ifølge efter med fra til om under mellem det at og som",
        "den de en et i på af ved over mod ud ind sin sit sine denne dette disse mange meget for",
    ),
    "Polish": (
        "kto co gdzie kiedy dlaczego jak ile który która które jaki jaka jakie czy czyj jest są był była było "
        "były ma miał miała miala mieli będzie odbędzie został została się nie tak od według przez przed przy dla "
        "oraz ten ta tego tym tej",
        "w we z ze na do o u i a po za pod nad to lat ktory jej jego ich",
    ),
    "Turkish": (
        "kim kimin kime ne neden niçin niye nasıl nerede nereye nereden hangi kaç mi mı mu mü midir mıdır mudur "
        "müdür miydi mıydı muydu müydü var yok oldu olan olarak ile için gibi göre nedir kimdir hakkında zaman "
        "zamandan",
        "ve bir bu şu o da de daha çok en beri sonra önce kadar her acaba",
    ),
}
"""Function and question words of each language; then those that also occur in names."""

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "THAI": "Thai",
}
"""Scripts that only one language uses, by their Unicode names."""


def foreign_language(question: str) -> str:
    """Return the language or script of `question` if it is clearly not English; else "".

    >>> foreign_language("Qui a ouvert la conférence ?"), foreign_language("Кто открыл конференцию?")
    ('French', 'Cyrillic script')
    >>> foreign_language("who opened the Conférence de la Haye?"), foreign_language("de la Cruz")
    ('', '')
    """
    return _by_script(question) or _by_words(question)


def _by_script(question: str) -> str:
    """Return the script or language of `question` if most of its letters are not Latin; else ""."""
    names = (unicodedata.name(letter, "") for letter in unicodedata.normalize("NFKC", question) if letter.isalpha())
    scripts = Counter(name.split()[0] for name in names if name)
    foreign = scripts.total() - scripts["LATIN"]
    if foreign < 2 or foreign <= scripts["LATIN"]:
        return ""
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "Japanese"
    script = max(scripts.keys() - {"LATIN"}, key=scripts.__getitem__)
    return _SCRIPTS.get(script, f"{script.title()} script")


def _by_words(question: str) -> str:
    """Return the languages that most words belong to; "" if a word is clearly English.

    At least two words must belong to a language, and one of them to its first list. Of the other words, those of its
    second list count, and those with accents.
    """
    words = {unaccented(word): not word.isascii() for word in re.findall(r"[^\W\d_]+", question)}
    found = {}
    for language, (asking, naming) in _words_of_languages().items():
        telling = words.keys() & asking
        others = {word for word, accented in words.items() if accented or word in naming} - telling - _english()
        if telling and len(telling) + len(others) >= 2 and not words.keys() & _english() - naming:
            found[language] = len(telling) + len(others), len(telling)
    return " or ".join(language for language, told in found.items() if told == max(found.values()))


@cache
def _words_of_languages() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the two word lists of each language; words that are also English count among those in names."""
    return {
        language: (asking - _english(), naming | asking)
        for language, lists in _LANGUAGES.items()
        for asking, naming in [[frozenset(unaccented(words).split()) for words in lists]]
    }


@cache
def _english() -> frozenset[str]:
    return frozenset(FUNCTION_WORDS.split())


def unaccented(text: str) -> str:
    """Return `text` in lower case and without accents, which many people do not type."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
