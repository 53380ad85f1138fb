"""English word lists, each kept once. The names of months and weekdays are in `index.text.dates`."""

import re

ORGANISATION = set(
    "Academy Administration Agency Army Assembly Association Authority Bank Board Broadcasting Bureau Church Club"
    " Coalition College Commission Committee Company Congress Corp Corporation Council Court Department Directorate"
    " Federation Force Forces Foundation Guard Herald Inc Institute League Ltd Ministry Museum Nations Navy News"
    " Office Organisation Organization Parliament Party Police Post Press Secretariat Senate Service Services"
    " Society Times Tribunal Tribune Union University".split()
)
"""Words that make a name the name of an organisation."""

THING = set(
    "Act Airport Arabia Area Avenue Award Awards Bay Beach Bridge Building Cape Center Centre Challenge"
    " Championship City Coast Conference Constitution Convention Cup Day Days District East Exhibition Explorer Expo"
    " Facility Fair Festival Fight Gallery Games Group Hall Hospital Hotel Internet Island Islands Journal Kingdom"
    " Lake Magazine Medal Memorial Mosque Mountain National New North Olympics Operation Pacific Park Plain Plains"
    " Prize Program Programme Project Protected Protection Region Republic River Road Robot Science Sea Series"
    " Session Shuttle South Space Square Stadium States Station Street Study System Territories Territory Theatre"
    " Tower Town Treaty Valley Village War Website West Western World Year".split()
)
"""Words that make a name the name of a place, a thing or an event, unless it speaks."""

TITLES = set(
    "Administrator Ambassador Captain Chairman Chairwoman Chancellor Chief Coach Director Dr Emeritus Foreign"
    " General Head Home Judge Justice King Lady Lord Major Mayor Minister Mr Mrs Ms President Prime Prince Princess"
    " Professor Queen Saint Secretary Secretary-General Senator Sir Spokesman Spokesperson Spokeswoman St"
    " U.S UK US".split()
)
"""Titles: words that come before a person's name and are not a name by themselves."""

HEADS = set("Assembly Board Council Court Department Directorate Ministry Office Secretariat".split())
"""Nouns for organisations whose names continue with "of"."""

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

NUMBERS = {word: i for i, word in enumerate(UNITS)} | {word: 10 * i for i, word in enumerate(TENS, start=2)}

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

SIGNS = {"%": " percent ", "$": " dollars ", "€": " euros ", "£": " pounds ", "¥": " yen "}

LEFT_OUT = set("a an the in on at".split())
"""Words that an answer may begin with or omit without a change of meaning."""

HEDGES = set(
    "about above after ago almost approximately around at before below between by double exactly fewer half least less"
    " many maximum minimum minus more most nearly never no not only or over per percent roughly several since some than"
    " till to triple twice under until up within".split()
)
"""Words that change the number or day beside them: over 40 is not 40, nor is nearly 40; before May is not May."""

QUALIFIERS = set("new old north south east west northern southern eastern western central upper lower greater".split())
"""Words that change the name after them: New England is not England."""

SAYING = "say|said|state|stress|argue|claim|believe|think|announce|emphasi[sz]e|explain|warn|add|note|mean|promise|tell"

OF_ORGANISATION = re.compile(
    r"\b(?:[Tt]he|North|South|East|West|New|United|Ministry|Department|Office|Agency|News|Church|University|Court|Police"
    r"|Association|Organi[sz]ation|Council|Commission|Committee|Company|Corporation|Party|Bank|Union|Foundation"
    r"|Institute|Authority|Service|Times|Post|Herald|Government|House|Army|Board|School|College|Museum|Group|Cent(?:er|re))\b"
)

MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|spokesman|chairman|father|brother|son|husband|man|boy)\b")

FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Lady|Queen|Princess|spokeswoman|chairwoman|mother|sister|daughter|wife|woman|girl)\b"
)
