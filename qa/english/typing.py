"""Function words as people type them in a hurry, on a phone, or as they sound."""

TYPED = {
    typed: word
    for word, ways in {
        "what": "wat wut wot waht whta wht hwat whst",
        "when": "wen whn wehn whne hwen",
        "who": "hwo hoo",
        "where": "wher whre wehre whare",
        "which": "wich whcih wich whitch wihch",
        "how": "hw",
        "why": "wy whi",
        "whose": "whoes",
        "the": "teh hte th tje thw tha",
        "that": "taht tht",
        "this": "tihs thsi",
        "they": "tehy thay thye",
        "their": "thier",
        "there": "ther thre",
        "are": "aer",
        "was": "wuz woz wsa waz",
        "were": "wre",
        "is": "iz si",
        "of": "fo ov",
        "with": "wiht wiv wif witth",
        "from": "frm fron",
        "and": "adn",
        "you": "yuo yoo",
        "your": "yor ur",
        "many": "mnay meny amny",
        "much": "mcuh mutch muhc",
        "does": "deos dos dus",
        "did": "ddi",
        "have": "hav hvae ahve",
        "been": "bene",
        "because": "becuase becos cuz coz bcoz becasue",
        "between": "betwen beetween",
        "before": "befor",
        "through": "thru throgh",
        "about": "abt abot abuot",
        "would": "wud wuld woud",
        "could": "cud culd coud",
        "will": "wil wll",
        "should": "shud shoud",
    }.items()
    for typed in ways.split()
}
"""A function word as it is typed by mistake, and the word. No document holds such a word, or it is none."""

ASKING_AS = {
    "ware": "where", "wear": "where", "were": "where", "witch": "which", "y": "why", "dose": "does",
}  # fmt: skip
"""Other words that are meant for a question word or an auxiliary only where one belongs."""

SHORTENED = {
    **{f"{word}s": f"{word} is" for word in ("what", "where", "when", "how", "why", "that", "there")},
    **{word.replace("'", ""): word for word in (
        "isn't aren't wasn't weren't doesn't didn't don't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't"
    ).split()},
    "theyre": "they are", "whered": "where did", "howd": "how did", "wanna": "want to", "gonna": "going to",
}  # fmt: skip
"""Words that are short for two, without their apostrophe."""
