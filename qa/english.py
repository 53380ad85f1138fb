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

GREETINGS = (
    r"(?:hi|hello|hey|hallo|hiya|howdy|greetings|welcome|good (?:morning|afternoon|evening|day)|dear \w+)"
    r"(?: there| all| everyone| everybody| again| cited)?"
)
"""How people greet, as a pattern."""

THANKS = (
    r"(?:many |so |ok,? |great,? )?(?:thanks|thank you|thx|ty|cheers)(?: (?:a lot|so much|very much|a million"
    r"|in advance|again|anyway))?(?: for (?:your |the |any )?(?:help|answer|time|reply))?"
)
"""How people thank, as a pattern."""

REQUESTS = (
    r"(?:please )?(?:(?:can|could|would|will|may|might) (?:you|i|we)(?: please| kindly| perhaps| possibly)*"
    r" (?:tell|say|show|explain|ask|find out|look up|check|know)(?: to)?(?: me| us| you)?(?: please)?"
    r"|(?:please )?(?:tell|inform)(?: me| us)|let me know|do you (?:happen to )?know|does (?:it|the text) say"
    r"|i(?: would|['’]d)?(?: just| really)? (?:like|want|wanted|need)(?: to)?"
    r"(?: know| ask| find out| learn| hear)(?: about)?"
    r"|i(?: was|['’]m| am)? (?:wonder|wondering|curious|asking)|(?:any|have you an|do you have any) idea|my question is"
    r"|what i want to know is)"
)
"""How people ask for an answer before they ask their question, as a pattern."""

DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e|es|ed|ing)|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|rul(?:es?|ed|ing) out|contradict(?:s|ed|ing)?|doubt(?:s|ed|ing)?|disbeliev(?:e|es|ed)|disprov(?:e|es|ed)"
    r"|no (?:evidence|proof|sign|trace|truth|record)|false(?:ly)?|untrue|nonsense|wrongly)\b(?:\s+(?:that|of|for))?",
    re.IGNORECASE,
)
"""Words that deny all that follows them in their sentence."""

NEGATED = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|may|might|must|need)\s+"
    r"(?:not|never|no longer|nowhere|neither)(?:\s+(?:yet|been|be|have|ever))*"
    r"|(?:is|are|was|were|has|have|had|do|does|did|ca|could|wo|would|should|must|need)n[’']t(?:\s+(?:yet|been|be|ever))*"
    r"|cannot|never|no longer|not|nobody|none|no one|nothing|neither|nowhere|no(?=\s+[a-z]))\b",
    re.IGNORECASE,
)
"""Words that negate their clause."""

ASKED = re.compile(
    r"\b(?:(?:ask|asks|asked|asking|wonder|wonders|wondered|inquired?|enquired?|question|questions|questioned|consider"
    r"|considers|considered|discuss|discusses|discussed|investigate[sd]?|investigating|examine[sd]?|check(?:s|ed)?"
    r"|decide[sd]?|unclear|unknown|uncertain|open|unsure|not known|not clear)\b[^.;]{0,60}?\b(?:whether|if)|whether)\b",
    re.IGNORECASE,
)
"""Words that ask for what follows them and do not state it."""

CONDITIONS = re.compile(
    r"(?<![\w-])(?:[Ii]f|[Uu]nless|[Pp]rovided that|[Oo]n condition that|[Ii]n case|[Aa]s long as|[Aa]ssuming(?: that)?"
    r"|Should(?=\s+(?:the|a|an|any|this|that|these|those|he|she|it|they|we|you|[A-Z]\w+)\b))(?!\w)"
)
"""Words that make what belongs to them a condition."""

PLANNED = re.compile(
    r"\b(?:(?:will|would|shall|should|could|might|may|is going to|are going to|was going to|were going to)"
    r"(?:\s+(?:also|only|then|now|soon|probably|possibly|not|be|have|have been|\w+ly))*"
    r"|(?:is|are|was|were)\s+to(?=\s+(?:be\b|have\b|[a-z]+))"
    r"|(?:is|are|was|were|been|be)?\s*\b(?:expected|planned|scheduled|due|set|supposed|meant|intended|proposed|hoped"
    r"|likely|estimated|forecast|projected|slated)\s+(?:to(?:\s+be)?|for|at|in|on)"
    r"|(?:plan|plans|planned|hope|hopes|hoped|intend|intends|intended|promise|promised|promises|want|wants|wanted"
    r"|propose|proposes|proposed|aim|aims|threaten|threatens|threatened)\s+(?:to|for|that))\b",
    re.IGNORECASE,
)
"""Words that say that something is planned, possible or expected, and not that it is so."""

DOUBTED = re.compile(
    r"\b(?:allegedly|reportedly|supposedly|apparently|perhaps|possibly|probably|presumably|rumou?r(?:s|ed)?"
    r"|it (?:is|was|has been) (?:\w+ )?(?:said|believed|thought|alleged|claimed|rumou?red|suspected|suggested)"
    r"(?: that)?"
    r"|(?:is|are|was|were|been) (?:\w+ )?(?:said|believed|thought|alleged|suspected|accused|claimed|rumou?red)"
    r" (?:to|of)"
    r"|(?:legend|tradition|rumou?r) has it(?: that)?|(?:people|some(?: \w+)?|many(?: \w+)?) (?:say|believe|think|claim)"
    r"|(?:suggest|believe|suspect|alleg|claim|speculat)(?:s|es|ed|e)?(?= (?:that|the|he|she|it|they|his|her|its)\b)"
    r"|(?:allegation|claim|suggestion|suspicion|rumou?r)s?(?: \w+){0,4} that)\b(?: that)?",
    re.IGNORECASE,
)
"""Words that leave it open whether what they belong to is so."""

REPLIED = re.compile(r"\b(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respond(?:s|ed)?|declin(?:e|es|ed)|refus(?:e|es|ed))\b")
"""Words that report a reply, or that there was none."""
