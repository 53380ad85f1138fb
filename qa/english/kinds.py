"""Common nouns by the kind of thing that they name, and things that act and are nobody."""

KINDS = {
    "mammal": (
        "antelope badger bat bear beaver bison boar buffalo bull camel cat chimpanzee cow deer dog dolphin donkey"
        " elephant elk fox giraffe goat gorilla hamster hare hedgehog hippopotamus horse hyena kangaroo lamb leopard"
        " lion llama lynx marten mole monkey moose mouse mole mule otter ox panda pig polecat pony porpoise rabbit"
        " raccoon rat reindeer rhinoceros seal sheep shrew squirrel stoat tiger vole walrus weasel whale wolf zebra"
    ),
    "bird": (
        "blackbird bunting buzzard chick chicken cockerel cormorant crane crow cuckoo curlew dipper dove duck eagle"
        " falcon finch flamingo goose grouse guillemot gull hawk hen heron jackdaw jay kestrel kingfisher lapwing"
        " lark magpie martin nightingale oriole osprey ostrich owl parrot partridge peacock pelican penguin petrel"
        " pheasant pigeon plover puffin raven robin rook seagull skylark snipe sparrow starling stork swallow swan"
        " swift tern thrush tit turkey vulture wagtail warbler woodpecker wren"
    ),
    "fish": (
        "bass bream carp catfish cod eel haddock halibut herring lamprey mackerel minnow perch pike plaice ray roach"
        " salmon sardine shark sole sprat stickleback sturgeon trout tuna turbot"
    ),
    "insect": (
        "ant aphid bee beetle bumblebee butterfly caterpillar cockroach cricket dragonfly earwig flea fly gnat"
        " grasshopper hornet ladybird locust midge mosquito moth termite wasp"
    ),
    "reptile": "adder crocodile lizard snake tortoise turtle viper",
    "amphibian": "frog newt salamander toad",
    "tree": (
        "alder ash aspen beech birch cedar cypress elm fir hawthorn hazel hornbeam larch lime maple oak pine poplar"
        " rowan spruce sycamore willow yew"
    ),
    "vegetable": (
        "asparagus aubergine bean beetroot broccoli cabbage carrot cauliflower celery courgette cucumber garlic kale"
        " leek lettuce marrow onion parsnip pea potato pumpkin radish spinach swede turnip"
    ),
    "fruit": (
        "apple apricot banana blackberry blackcurrant blueberry cherry currant fig gooseberry grape lemon mango"
        " melon orange peach pear pineapple plum raspberry strawberry"
    ),
    "metal": (
        "aluminium brass bronze chromium copper gold iron lead mercury nickel platinum silver steel tin titanium zinc"
    ),
    "instrument": (
        "accordion bassoon bugle cello clarinet cymbal drum fiddle flute guitar harp horn lute mandolin oboe organ"
        " piano saxophone trombone trumpet tuba viola violin"
    ),
    "language": (
        "Arabic Bengali Breton Chinese Czech Danish Dutch English Finnish French Gaelic German Greek Hausa Hebrew"
        " Hindi Hungarian Irish Italian Japanese Korean Latin Mandarin Norwegian Persian Polish Portuguese Russian"
        " Sanskrit Spanish Swahili Swedish Turkish Ukrainian Urdu Welsh Yiddish"
    ),
}
"""Kind → the nouns of that kind, in the singular."""

KIND_OF = {noun: kind for kind, nouns in KINDS.items() for noun in nouns.lower().split()}

PLURALS = {
    "mice": "mouse", "geese": "goose", "oxen": "ox", "wolves": "wolf", "flies": "fly",
    "butterflies": "butterfly", "ponies": "pony", "cherries": "cherry",
}  # fmt: skip
"""Irregular plurals of such nouns."""

ANIMALS = ("mammal", "bird", "fish", "insect", "reptile", "amphibian")
"""The kinds that are animals."""

FORCES = frozenset(
    "accident avalanche blast bolt breeze cold collision crash current cyclone damp darkness disease downpour"
    " drought dust earthquake engine eruption explosion fever fire flame flock flood fog frost gale gust hail herd"
    " heat hurricane ice illness landslide leak lightning mist mould mud plague rain rot rust sand sea shower smoke"
    " snow squall storm sun swarm thunder thunderstorm tide tornado virus water wave weather wind boat bus car ferry"
    " helicopter lorry machine plane robot"
    " rocket ship steamer taxi tractor train tram trawler truck van vehicle vessel".split()
)
"""Weather, disasters, diseases, vehicles and machines: they do things, and are nobody."""


def singular(word: str) -> str:
    """Return the singular of a regular plural in lower case, or of one of `PLURALS`; any other word as it is.

    >>> singular("Geese"), singular("foxes"), singular("berries"), singular("bus")
    ('goose', 'fox', 'berry', 'bus')
    """
    lower = word.lower()
    if lower in PLURALS or lower in KIND_OF or lower in FORCES:
        return PLURALS.get(lower, lower)
    if lower.endswith("ies"):
        return f"{lower[:-3]}y"
    stem = lower.removesuffix("es")
    return stem if stem in KIND_OF or stem in FORCES or stem.endswith("x") else lower.removesuffix("s")
