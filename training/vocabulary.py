"""Words with which `training.synthetic` writes pages."""

FIRST_NAMES = (
    "Amina Benedict Carmen Dmitri Elif Farid Greta Hamid Ingrid Jamal Keiko Lorenzo Mariam Nikhil Odile Pavel "
    "Qadir Rosa Soren Tamara Ursula Vikram Wanda Xavier Yasmin Zoltan Alice Bernard Clara Derek Edith Frank "
    "Gloria Henry Iris Joseph Karen Leonard Monica Norman Olive Peter Rachel Simon Theresa Victor Wilma"
).split()

LAST_NAMES = (
    "Abernathy Bouzid Castellanos Drummond Eriksen Fairweather Grunwald Haddad Ishikawa Jankowski Kowalczyk "
    "Lindqvist Marchetti Novak Okafor Pellegrino Quintana Rasmussen Sutherland Tanaka Ullmann Vasquez Whitlock "
    "Yamamoto Zielinski Atkins Bellamy Croft Dawson Ellery Farrow Garside Holloway Ingram Jessop Kershaw Lomax "
    "Marlow Norwood Oakley Pritchard Ramsden Stainer Thorne Underhill Venables Wainwright"
).split()

PLACE_BEGINNINGS = (
    "Ash Birch Brack Calder Dun Elder Fern Glen Hart Iver Kings Lang Mar North Oak Pen Rush Stan Thorn Upper Wen Whit "
    "Alder Bex Cran Dray East Flax Gold Hazel"
).split()

PLACE_ENDINGS = "bury field ford ham hurst leigh mere mouth port stead stone ton wick worth bridge dale".split()

MONTHS = "January February March April May June July August September October November December".split()

DEPARTMENTS = (
    "finance",
    "housing",
    "transport",
    "education",
    "public health",
    "planning",
    "research",
    "sales",
    "the library",
    "the archive",
    "catering",
    "security",
    "legal affairs",
    "human resources",
    "procurement",
    "the laboratory",
    "customer service",
    "maintenance",
)

ROLES = ("head", "deputy head", "director", "chair", "secretary", "treasurer", "manager", "assistant")

REPORTS = (
    "annual report",
    "survey",
    "inspection report",
    "study",
    "review",
    "audit",
    "statement of accounts",
    "newsletter",
    "risk assessment",
    "feasibility study",
)

KINDS_OF_PLACE = (
    "bridge",
    "tower",
    "tunnel",
    "canal",
    "museum",
    "station",
    "lighthouse",
    "hall",
    "reservoir",
    "pier",
    "church",
    "school",
    "mill",
    "stadium",
)

DIMENSIONS: tuple[tuple[str, tuple[str, ...], int, int, str], ...] = (
    ("long", ("metres", "m", "kilometres", "feet"), 2, 900, "length"),
    ("tall", ("metres", "m", "feet", "storeys"), 2, 300, "height"),
    ("wide", ("metres", "m", "feet"), 2, 80, "width"),
    ("deep", ("metres", "m", "feet"), 2, 120, "depth"),
    ("old", ("years", "centuries"), 2, 90, "age"),
    ("heavy", ("tonnes", "kilograms"), 2, 5000, "weight"),
)
"""Adjective, units, least and greatest number, noun."""

ACTIONS = (
    ("built", "building"),
    ("opened", "opening"),
    ("designed", "design"),
    ("restored", "restoration"),
    ("extended", "extension"),
    ("demolished", "demolition"),
    ("bought", "purchase"),
    ("inspected", "inspection"),
    ("painted", "painting"),
    ("closed", "closure"),
)
"""What is done to a place: as a participle, as a noun."""

DUTIES = (
    ("operates", "operator"),
    ("owns", "owner"),
    ("manages", "manager"),
    ("edits", "editor"),
    ("publishes", "publisher"),
    ("organises", "organiser"),
    ("insures", "insurer"),
    ("supplies", "supplier"),
    ("sponsors", "sponsor"),
    ("directs", "director"),
    ("advises", "adviser"),
    ("inspects", "inspector"),
    ("designs", "designer"),
    ("leads", "leader"),
    ("guards", "guard"),
    ("maintains", "maintainer"),
)
"""What is done for a place, and who does it: a verb and its noun."""

COLUMNS: tuple[tuple[str, tuple[tuple[str, str, int, int], ...]], ...] = (
    (
        "town",
        (
            ("population", "", 900, 90_000),
            ("area", "km²", 3, 400),
            ("altitude", "m", 2, 1900),
            ("number of schools", "", 1, 40),
            ("budget", "£", 20_000, 9_000_000),
        ),
    ),
    (
        "company",
        (
            ("price", "£", 900, 900_000),
            ("turnover", "€", 10_000, 90_000_000),
            ("staff", "", 2, 9000),
            ("bid", "$", 1000, 9_000_000),
            ("delivery time", "weeks", 1, 60),
        ),
    ),
    (
        "station",
        (
            ("rainfall", "mm", 1, 300),
            ("temperature", "°C", -20, 40),
            ("number of passengers", "", 100, 900_000),
            ("fare", "£", 1, 90),
            ("distance", "km", 1, 700),
        ),
    ),
)
"""What a table has a row for, and possible columns: name, unit, least and greatest number."""

UNSTATED: dict[str, tuple[str, ...]] = {
    "town": ("mayor", "postcode"),
    "company": ("chairman", "founding year"),
    "station": ("name of the architect", "opening year"),
}
"""Columns that no table has."""

LABELS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Opening hours", ("When is it open?", "What are the opening hours?"), "hours"),
    ("Contact", ("Who is the contact?", "Whom can one contact?"), "person"),
    ("Phone", ("What is the phone number?", "Which number can one call?"), "phone"),
    ("E-mail", ("What is the e-mail address?", "Where can one write an e-mail to?"), "mail"),
    ("Address", ("What is the address?", "In which road is it?"), "address"),
    ("Deadline", ("What is the deadline?", "By when must it be done?"), "date"),
    ("Date of issue", ("When was it issued?", "What is the date of issue?"), "date"),
    ("Valid until", ("How long is it valid?", "Until when is it valid?"), "date"),
    ("Project manager", ("Who manages the project?", "Who is the project manager?"), "person"),
    ("Inspector", ("Who inspected it?", "Who was the inspector?"), "person"),
    ("Client", ("Who is the client?", "For which client is it?"), "company"),
    ("Contractor", ("Who is the contractor?", "Which contractor does the work?"), "company"),
    ("Manufacturer", ("Who makes it?", "Who is the manufacturer?"), "company"),
    ("Place of birth", ("Where was she born?", "What is the place of birth?"), "place"),
    ("Venue", ("Where does it take place?", "What is the venue?"), "place"),
    ("Price", ("How much does it cost?", "What is the price?"), "price"),
    ("Deposit", ("How high is the deposit?", "What deposit has to be paid?"), "price"),
    ("Weight", ("How heavy is it?", "What does it weigh?"), "weight"),
    ("Seats", ("How many seats are there?", "How many can sit there?"), "count"),
    ("Members", ("How many members are there?", "How many members does it have?"), "count"),
    ("Duration", ("How long does it take?", "How long will it last?"), "span"),
    ("Notice period", ("What is the notice period?", "How long is the notice period?"), "span"),
)
"""A label, questions for its value, and the sort of the value."""
