"""Verbs that report speech, verbs that take an object, and participles."""

SAYING = tuple(
    "say said state stress argue claim believe think announce emphasi[sz]e explain warn add note mean promise"
    " tell".split()
)
"""Verbs with which a question asks what somebody said."""

REPORTING = tuple(
    "accuse acknowledge admit admitt allege ask assert comment complain conclude confirm contend declare denie deny"
    " describe estimate express highlight insist mention observe pledge point praise predict recall remark reiterate"
    " repeat replie reply report respond reveal suggest testifie tweet urge vow write".split()
)
"""Further stems of verbs that report speech."""

SAYING_PARTICIPLES = tuple(
    "saying adding noting stating arguing claiming warning explaining stressing insisting".split()
)

SAYS = rf"(?:{'|'.join((*SAYING, *REPORTING))})(?:s|es|d|ed)?|told|thought|wrote"
"""A pattern of all forms of the verbs that report speech, but for participles."""

SPEAKS = (
    rf"(?!mean)(?:{'|'.join(SAYING)})(?:s|es|d|ed)|(?:{'|'.join(REPORTING)})(?:d|ed)"
    "|criticised|criticized|met|opened|refused|said|spoke|told|thought|urges|wrote|writes"
)
"""A pattern of forms that show that a name speaks or acts; those that may be plural nouns are left out."""

_REGULAR = tuple(
    "accept accuse achieve add announce appoint approve arrest attack attend attract block capture cause celebrate"
    " charge close complete condemn conduct confirm create criticise criticize damage defeat deliver demand design"
    " destroy develop discover donate earn elect evacuate fire found gather help host identify injure inspire"
    " introduce invent investigate invite issue join kill launch lift mention move name offer open order organise"
    " organize paint praise present produce propose publish purchase raise receive recommend record reduce reject"
    " release remove repair replace rescue restore return reveal score sentence sign start support surround target"
    " threaten train unveil urge use visit warn welcome wound".split()
)

_IRREGULAR = {
    "banned": "ban", "beat": "beat", "bought": "buy", "built": "build", "denied": "deny", "found": "find",
    "gave": "give", "held": "hold", "led": "lead", "met": "meet", "occupied": "occupy", "planned": "plan",
    "sent": "send", "sold": "sell", "struck": "strike", "won": "win", "wrote": "write",
}  # fmt: skip

PAST = {f"{verb.removesuffix('e')}ed": verb for verb in _REGULAR} | _IRREGULAR
"""Verbs that take an object, by their past tense. Most have the same form as participle."""

PARTICIPLES = tuple("born built found given held kept known left lost made seen sent set shot shown taken won".split())
"""Participles that do not end in -ed."""

CALLS = (
    r"(?:called|calls|branded|dubbed|labelled)(?=\s+(?:it|this|that|him|her|them|(?:the|his|her|its|their|an?)"
    r"\s(?:[\w’'-]+\s){0,4}?[\w’'-]+)\s+(?:\"|an?\b|the\b))|(?:blames|blamed|accuses)(?=\s+\w)"
    r"|(?:demands|demanded|disputes|disputed)(?=\s+\w)"
)
"""A pattern of verbs with which somebody judges: called the plan a disgrace, blamed the state."""

IRREGULAR = {
    "became": "become", "began": "begin", "bent": "bend", "bit": "bite", "blew": "blow", "broke": "break",
    "brought": "bring", "built": "build", "bought": "buy", "burnt": "burn", "came": "come", "caught": "catch",
    "chose": "choose", "dealt": "deal", "drank": "drink", "drew": "draw", "drove": "drive", "ate": "eat",
    "fell": "fall", "fed": "feed", "felt": "feel", "fled": "flee", "flew": "fly", "fought": "fight", "forgot": "forget",
    "froze": "freeze", "gave": "give", "got": "get", "grew": "grow", "heard": "hear", "held": "hold", "hid": "hide",
    "kept": "keep", "knew": "know", "laid": "lay", "led": "lead", "left": "leave", "lent": "lend", "lost": "lose",
    "made": "make", "meant": "mean", "met": "meet", "paid": "pay", "ran": "run", "rang": "ring", "rode": "ride",
    "rose": "rise", "said": "say", "sang": "sing", "sank": "sink", "sat": "sit", "saw": "see", "sent": "send",
    "shook": "shake", "shot": "shoot", "slept": "sleep", "sold": "sell", "sought": "seek", "spent": "spend",
    "spoke": "speak", "stole": "steal", "stood": "stand", "struck": "strike", "swam": "swim", "swore": "swear",
    "taught": "teach", "thought": "think", "threw": "throw", "told": "tell", "took": "take", "understood": "understand",
    "went": "go", "woke": "wake", "won": "win", "wore": "wear", "wrote": "write",
}  # fmt: skip
"""Irregular past tenses, and their verbs."""

IRREGULAR_PARTICIPLES = {
    "begun": "begin", "bitten": "bite", "blown": "blow", "broken": "break", "chosen": "choose", "driven": "drive",
    "drunk": "drink", "eaten": "eat", "fallen": "fall", "flown": "fly", "forgotten": "forget", "frozen": "freeze",
    "given": "give", "gone": "go", "grown": "grow", "hidden": "hide", "known": "know", "ridden": "ride",
    "risen": "rise", "rung": "ring", "seen": "see", "shaken": "shake", "spoken": "speak", "stolen": "steal",
    "struck": "strike", "sung": "sing", "sunk": "sink", "sworn": "swear", "swum": "swim", "taken": "take",
    "thrown": "throw", "woken": "wake", "worn": "wear", "written": "write",
}  # fmt: skip
"""Irregular participles that differ from the past tense, and their verbs."""

SAME_IN_THE_PAST = frozenset("beat bet burst cost cut hit hurt let put set shut spread".split())
"""Verbs whose past tense has the same form."""

PREDICATES = tuple("available closed due empty full open over ready shut worth".split())
"""Adjectives with which a question ends as with a participle: when is the deposit due?"""

HAS_PARTS = tuple("comes goes belongs included provided supplied".split())
"""Verbs and participles with which a question asks what is in something: what comes with it, what is included."""

RULED = tuple("needed required allowed forbidden".split())
"""Participles with which a question asks for rules."""

DONE_TO_PEOPLE = (
    "accused acquitted appointed arrested asked awarded beaten born buried called charged chosen convicted detained"
    " dismissed elected evacuated executed expelled fined fired forced freed hired honoured hospitalised hurt injured"
    " invited jailed killed married murdered named nominated promoted re-elected released replaced rescued sacked"
    " sentenced shot succeeded suspended treated wounded"
).split()
"""What is done to people, and seldom to things."""
