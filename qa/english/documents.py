"""What people call documents, things with a number, and what documents say that is about none of their subjects."""

import re

DOCUMENT_NOUNS = tuple(
    "article book document e-?mail file interview letter mail message page paper pdf piece report story text".split()
)
"""What people call a document."""

SIGNABLE = tuple("agreement certificate contract deed lease minutes petition statement treaty will".split())
"""Further things that people sign."""

NUMBERED = tuple(
    "account application article case claim contract document docket file grant invoice job order paper permit policy"
    " project protocol reference report ticket version".split()
)
"""Things that have a number of their own."""

LETTERS = r"(?:sen[dt]|writ\w*|wrote|received?|post(?:ed)?|e-?mail|mail|message|letter)"
"""A pattern of words for letters, and for what is done with them."""

MAIL_HEADERS = tuple("From To Cc Bcc Date Sent Subject Re Fwd Fw Reply-To Received Attachments?".split())
"""Labels of the lines above a letter, which nobody speaks."""

ALSO_CALLED = {
    "absent": "apologies", "missing": "apologies", "away": "apologies", "attended": "present", "attend": "present",
    "came": "present", "come": "present", "there": "present",
}  # fmt: skip
"""A word for how people took part in a meeting, and the label under which minutes list them."""

LISTED = tuple("conditions items options parts points requirements rules steps things".split())
"""What people call the items of a list, whatever they are."""

MEETINGS = tuple("assembly board committee council gathering meeting session".split())
"""What minutes are of."""

BOILERPLATE = re.compile(
    r"\b(?:"
    r"(?:accept|uses?|using|our) cookies?|cookie (?:policy|settings?|notice)|privacy (?:policy|notice|statement)"
    r"|terms (?:and conditions|of (?:use|service))|all rights reserved|copyright (?:notice|\d{4}|©)|disclaimer"
    r"|registered (?:in (?:england|scotland|wales)|office|charity|company)"
    r"|(?:no|any|accepts?|assumes?) (?:responsibility|liability) for|(?:for|purely) (?:general |illustrative )*"
    r"information(?:al)? (?:purposes?|only)|(?:not|nor) (?:constitute|be (?:construed|regarded|relied))"
    r"|views? (?:and opinions? )?expressed|(?:do|does) not (?:necessarily )?(?:reflect|represent) the"
    r"|strictly (?:private|confidential)|intended (?:solely|only) for|intended recipients?|(?:e-?mail|message) in error"
    r"|without (?:the )?(?:prior )?(?:written )?(?:permission|consent) of|subscribe (?:to|for|now)|newsletter"
    r"|sign up (?:to|for)|log ?in to|click here|read more|share this|follow us|may not be (?:reproduced|copied)"
    r"|permission to (?:copy|reproduce)|for immediate release|(?:press|media) (?:contact|enquir)|licen[sc]ed under"
    r"|for (?:more|further) information|please (?:contact|consider the environment|note that this)|page \d+ of"
    r"|(?:transcript|recording|translation|text) (?:was |has been |is )?(?:checked|edited|recorded|translated|made) by"
    r"|this (?:document|report|page|article|statement|file|transcript|text|summary)"
    r" (?:(?:was|is|has been|may|must|should|remains) )?(?:(?:automatically )?(?:generated|updated|provided)"
    r"|prepared (?:solely|only)|(?:first |originally )?published (?:in|on|by)|the property of|subject to|intended for)"
    r")|©|\(c\) \d{4}",
    re.IGNORECASE,
)
"""What is said in many documents and is the subject of none: rights, liability, cookies, contacts, printing."""
