"""What people call documents, and things with a number."""

DOCUMENT_NOUNS = tuple(
    "article book document e-?mail file interview letter message page paper pdf piece report story text".split()
)
"""What people call a document."""

NUMBERED = tuple(
    "account application article case claim contract document docket file grant invoice job order paper permit policy"
    " project protocol reference report ticket version".split()
)
"""Things that have a number of their own."""

ALSO_CALLED = {"absent": "apologies", "missing": "apologies", "attended": "present", "attend": "present"}
"""A word for how people took part in a meeting, and the label under which minutes list them."""
