"""Continents, and the adjectives of countries."""

CONTINENTS = {
    "European": (
        r"Europ|Alban|Andorr|Austria|Belarus|Belgi|Bosni|Bulgari|Croat|Cypr|Czech|Denmark|Danish"
        r"|Estoni|Finland|Finnish|France|French|German|Greece|Greek|Hungar|Iceland|Ireland|Irish|Ital"
        r"|Kosov|Latvi|Liechtenstein|Lithuani|Luxemb|Malt|Moldov|Monac|Montenegr|Netherlands|Dutch"
        r"|Holland|Macedoni|Norw|Poland|Polish|Portug|Romani|Russia|Serbi|Slovak|Sloveni|Spain|Spanish"
        r"|Swed|Swiss|Switzerland|Ukrain|Brit|England|English|Scot|Wales|Welsh|UK|Vatican"
    ),
    "African": (
        r"Afric|Algeri|Angol|Benin|Botswan|Burkin|Burund|Cameroon|Chad|Congo|Djibout|Egypt|Eritre"
        r"|Ethiopi|Gabon|Gambi|Ghan|Guinea|Ivor|Keny|Lesoth|Liberi|Liby|Madagas|Malaw|Mali|Maurit"
        r"|Morocc|Mozambi|Namibi|Niger|Rwand|Senegal|Seychell|Sierra Leon|Somal|Sudan|Swazi|Eswatini"
        r"|Tanzani|Togo|Tunis|Ugand|Zambi|Zimbabw"
    ),
    "Asian": (
        r"Asia|Afghan|Armeni|Azerbaij|Bahrain|Bangladesh|Bhutan|Brunei|Burm|Myanmar|Cambodi|China"
        r"|Chinese|Georgi|India|Indonesi|Iran|Iraq|Israel|Japan|Jordan|Kazakh|Kore|Kuwait|Kyrgyz|Lao"
        r"|Leban|Malaysi|Maldiv|Mongol|Nepal|Oman|Pakistan|Palestin|Philippin|Qatar|Saudi|Singapor"
        r"|Sri Lank|Syri|Taiwan|Tajik|Thai|Turk|Emirat|Uzbek|Vietnam|Yemen|Hong Kong"
    ),
    "American": (
        r"Americ|US|U\.S|United States|Canad|Mexic|Brazil|Argentin|Chile|Peru|Bolivi|Colombi|Venezuel"
        r"|Ecuador|Uruguay|Paraguay|Cuba|Haiti|Jamaic|Panam|Guatemal|Hondur|Nicaragu|Salvador|Costa Ric"
        r"|Dominic|New York|Californi|Texas|Washington|Boston|Chicago|Harvard|Yale|Stanford|Princeton"
        r"|MIT"
    ),
}
"""The beginnings of the names of a continent's countries and peoples, as patterns."""

DEMONYMS = {
    "French": "French|France|Paris", "Dutch": "Dutch|Netherlands|Holland|Amsterdam", "Spanish": "Spani|Spain|Madrid",
    "Greek": "Greek|Greece|Athen", "Swiss": "Swiss|Switz", "Danish": "Danish|Denmark|Dane",
    "Polish": "Polish|Poland|Pole",
    "Welsh": "Welsh|Wales|Cardiff", "British": "Brit|UK|U\\.K|United Kingdom|England|English|Scot|Wales|Welsh|London",
    "English": "English|England|London", "Scottish": "Scot|Edinburgh|Glasgow", "Irish": "Irish|Ireland|Dublin",
    "Turkish": "Turk", "Chinese": "Chin|Beijing", "German": "German|Berlin", "Italian": "Ital|Rome|Roman",
    "Norwegian": "Norw|Oslo", "Portuguese": "Portug|Lisbon", "Finnish": "Finn|Finland", "Swedish": "Swed|Stockholm",
    "Czech": "Czech|Prague", "Russian": "Russia|Moscow", "Japanese": "Japan|Tokyo",
}  # fmt: skip
"""Adjective → pattern of its country's names. For any other adjective, its first four letters serve."""
