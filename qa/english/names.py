"""Words beside and within the names of people, organisations, places and things."""

import re

CAPITAL = "[A-ZÀ-ÖØ-ÞČĐŁŐŞŠŻŽ]"
"""A pattern of the letters with which names begin."""

ORGANISATION = frozenset(
    "Academy Administration Agency Army Assembly Association Authority Bank Board Broadcasting Bureau Church Club"
    " Coalition College Commission Committee Company Congress Corp Corporation Council Court Department Directorate"
    " Federation Force Forces Foundation Guard Herald Inc Institute League Ltd Ministry Museum Nations Navy News"
    " Office Organisation Organization Parliament Party Police Post Press Secretariat Senate Service Services"
    " Society Times Tribunal Tribune Union University".split()
)
"""Words that make a name the name of an organisation."""

BODIES = tuple(
    "agency army church commission committee company council court government jury ministry navy police team"
    " university".split()
)
"""Common nouns for organisations that act."""

HEADS = frozenset("Assembly Board Council Court Department Directorate Ministry Office Secretariat".split())
"""Nouns for organisations whose names continue with "of"."""

THING = frozenset(
    "Act Airport Arabia Area Avenue Award Awards Bay Beach Bridge Building Cape Center Centre Challenge"
    " Championship City Coast Conference Constitution Convention Cup Day Days District East Exhibition Explorer Expo"
    " Facility Fair Festival Fight Gallery Games Group Hall Hospital Hotel Internet Island Islands Journal Kingdom"
    " Lake Magazine Medal Memorial Mosque Mountain National New North Olympics Operation Pacific Park Plain Plains"
    " Prize Program Programme Project Protected Protection Region Republic River Road Robot Science Sea Series"
    " Session Shuttle South Space Square Stadium States Station Street Study System Territories Territory Theatre"
    " Tower Town Treaty Valley Village War Website West Western World Year".split()
)
"""Words that make a name the name of a place, a thing or an event, unless it speaks."""

PLACE_OR_GROUP = (
    *"North South East West New United Government House School Group Center Centre".split(),
    "[Tt]he",
)
"""Further words in names that are not a person's."""

PERSONAL_TITLES = tuple(
    "Administrator Ambassador Captain Chairman Chairwoman Chancellor Chief Coach Director Dr General Judge"
    " Justice King Lady Lord Major Mayor Minister Miss Mr Mrs Ms President Prince Princess Professor Queen Saint"
    " Secretary Secretary-General Senator Sir Spokesman Spokesperson Spokeswoman St".split()
)
"""Titles that come before a person's name."""

BEFORE_TITLES = tuple("Acting Assistant Associate Deputy Foreign Home Prime Vice".split())
"""Words that come before a title and are a part of it."""

OFFICES = tuple("Cllr Councillor Inspector Sergeant".split())
"""Further titles before a name in questions, which are seldom used in the news."""

TITLES = frozenset((*PERSONAL_TITLES, *"Emeritus Foreign Head Home Prime U.S UK US".split()))
"""Words that come before a person's name and are not a name by themselves."""

ROLES = (
    *"administrator ambassador artist attorney author captain coach commissioner creator curator defender designer"
    " director editor founder general goalkeeper governor head judge lawyer leader manager mayor midfielder minister"
    " officer president professor referee secretary senator striker".split(),
    *("act(?:or|ress)", "CEO", "chair(?:man|person|woman)?", "co-?author", "spokes(?:man|person|woman)"),
)
"""What a person does, as stated beside the name."""

ROLE = re.compile(
    rf"(?i:(?:the|a|an|its|their) )?(?i:[a-z-]+ )*?(?i:{'|'.join((*PERSONAL_TITLES, *ROLES))})\b(?! [A-Z]|-\w)"
)
"""A role or an office without a name behind it."""

WHO_HOLDS = re.compile(r"\W*(?:[Aa]nd )?[Ww]ho(?:['’]s| is| are) (?![A-Z])")
"""A question for who holds an office now. Of somebody whom it names, an office that they held tells who they are."""

RELATIVES = tuple("brother daughter father husband mother sister son wife".split())

MALE = tuple("Mr Sir Lord King Prince spokesman chairman father brother son husband man boy".split())

FEMALE = tuple("Mrs Ms Miss Lady Queen Princess spokeswoman chairwoman mother sister daughter wife woman girl".split())

QUALIFIERS = frozenset(
    "new old north south east west northern southern eastern western central upper lower greater".split()
)
"""Words that change the name after them: New England is not England."""

PARTICLES = frozenset("of the de bin van von al".split())
"""Words in lower case that names contain."""
