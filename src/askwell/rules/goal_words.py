"""Words the goal check knows: callings, places, doubts.  Lists are short on purpose and grow by need."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    """Cut a list of words at white space."""
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    """Cut a list of names at commas."""
    return frozenset(" ".join(name.split()) for name in text.split(","))


LEAD_INS = (
    "i would like to",
    "i'd like to",
    "i want to",
    "i hope to",
    "i plan to",
    "i aim to",
    "i am looking for",
    "i'm looking for",
    "i am looking to",
    "i'm looking to",
    "i am seeking",
    "i'm seeking",
    "i want",
    "my goal is to",
    "my goal is",
    "my aim is to",
    "my next role is",
    "goal:",
    "looking for",
    "looking to",
    "seeking",
    "to become",
    "become",
    "becoming",
    "to work as",
    "work as",
    "working as",
    "to move into",
    "move into",
    "moving into",
    "to be",
    "be",
    "be hired as",
    "find work as",
    "find a job as",
    "get a job as",
    "a job as",
    "a position as",
    "a role as",
    "job as",
    "position as",
    "role as",
    "an",
    "a",
    "as",
    "to",
    "my first job as",
    "train as",
)

ROLES = _words("""
    accountant actor actuary administrator adviser advisor agent aide analyst anchor animator apprentice
    apprenticeship architect archivist artist assistant associate attorney auditor baker barista
    barrister biologist bookkeeper broker builder buyer captain carpenter ceo cfo chef chemist chief
    clerk clerkship clinician co-op coach coder composer conductor conservator consultant controller coo
    cook coordinator copywriter counsel counsellor counselor crew cto curator dancer dba dentist
    designer detective developer dietitian diplomat director doctor driver economist editor electrician
    engineer epidemiologist estimator evaluator evangelist examiner executive expert facilitator farmer
    fellow fellowship framer fundraiser gardener geologist guide handler head hygienist illustrator
    inspector instructor intern internship interpreter inventor investigator journalist judge lawyer
    lead leader lecturer librarian linguist machinist maker manager marketer mason mathematician
    mechanic mediator mentor midwife milliner minister modeller musician notary nurse nutritionist
    officer ombudsman operator optician organiser organizer owner paralegal paramedic partner pharmacist
    photographer physician physicist physiotherapist pilot placement planner plumber pm policymaker
    postdoc potter practitioner principal processor producer professor programmer prosecutor
    psychologist radiographer ranger recruiter rep reporter representative researcher residency resident
    restorer salesperson scholar scientist secretary solicitor sommelier specialist sre statistician
    steward strategist surgeon surveyor tailor teacher technician technologist tester therapist trader
    trainee traineeship trainer translator treasurer tutor underwriter usher vet veterinarian
    videographer weaver welder writer zoologist
""")

FUNCTIONS = _words("""
    accounting administration advising advocacy analysis analytics architecture auditing bookkeeping
    branding carpentry coaching communications conservation consulting copywriting counseling
    counselling curation design development editing engineering fundraising illustration journalism law
    lobbying logistics marketing medicine modelling nursing operations photography policy procurement
    programming publishing recruiting recruitment research sales surveying teaching testing therapy
    training translation underwriting writing
""")

ROLE_ENDINGS = ("ologist", "ographer", "grapher", "eer", "ician", "ist", "smith", "keeper", "worker", "maker")

NOT_ROLES = _words("""
    restorer conservator animator composer dancer
    actor driver framer potter weaver milliner tailor barrister solicitor notary ombudsman usher
    assist career consist exist insist list resist twist volunteer
""")

GENERIC = _words("""
    a account an and assistant associate better better-paid business career certified chief data deputy
    early early-career entry entry-level executive external first freelance full full-time general
    global good graduate great group head in-house independent internal junior key lead licensed mid
    mid-level my national new nice of office operations or paid part part-time people principal product
    professional program programme project qualified regional registered remote second senior software
    staff summer system systems team technical the time trainee unpaid vice well-paid winter
""")

EMPTY_FIELDS = _words("""
    a an and any better big business businesses companies company different famous field fields firm
    firms future good great growing here industries industry it job jobs known large money my new nice
    office or organisation organisations organization organizations people place places position
    positions role roles small some somewhere stable team teams that the there this well well-known work
""")

DOUBTS = (
    "don't know",
    "do not know",
    "dont know",
    "not sure",
    "not certain",
    "unsure",
    "no idea",
    "undecided",
    "maybe",
    "perhaps",
    "i guess",
    "i think",
    "might",
    "something",
    "anything",
    "everything",
    "whatever",
    "some kind of",
    "some sort of",
    "any job",
    "any kind",
    "any position",
    "any role",
    "a change",
    "a new opportunity",
    "new opportunities",
    "better job",
    "good job",
    "great job",
    "dream job",
    "open to",
    "figure out",
    "find out",
    "keep my options",
    "what's next",
    "what is next",
    "what's out there",
    "what is out there",
    "see what",
    "or just",
    "and so on",
    "etc",
    "among others",
    "or similar",
)

PLACE_WORDS = _words("""
    abroad anywhere area bay city coast commutable commute county downtown home hybrid island islands
    kilometers kilometres km metro midwest miles nationwide near northeast northwest overseas region
    relocating relocation remote remotely southeast southwest town valley worldwide
""")

PLACES = _names("""
    abu dhabi, accra, africa, alabama, alaska, alberta, albuquerque, america, amsterdam, anchorage,
    ankara, antwerp, argentina, arizona, arkansas, asia, athens, atlanta, auckland, austin, australia,
    austria, baltimore, bangalore, bangkok, bangladesh, barcelona, basel, beijing, belfast, belgium,
    bengaluru, bergen, berlin, bern, birmingham, bogota, bogotá, boston, brazil, brisbane, bristol,
    british columbia, brooklyn, brussels, bucharest, budapest, buenos aires, buffalo, cairo, calgary,
    california, cambridge, canada, cape town, cardiff, charlotte, chennai, chicago, chile, china,
    cincinnati, cleveland, cologne, colombia, colorado, columbus, connecticut, copenhagen, cork,
    czechia, d.c., dallas, dc, delaware, delhi, denmark, denver, detroit, dhaka, doha, dubai, dublin,
    durham, edinburgh, egypt, england, estonia, europe, finland, florida, france, frankfurt, gdansk,
    geneva, georgia, germany, ghana, ghent, glasgow, greece, hamburg, hanoi, hartford, hawaii, helsinki,
    hong kong, honolulu, houston, hungary, hyderabad, idaho, illinois, india, indiana, indianapolis,
    indonesia, iowa, ireland, israel, istanbul, italy, jakarta, japan, johannesburg, kansas,
    kansas city, karachi, kentucky, kenya, kolkata, korea, krakow, kraków, kuala lumpur, kyiv, kyoto,
    la, lagos, lahore, las vegas, latin america, latvia, leeds, lima, lisbon, lithuania, london,
    los angeles, louisiana, luxembourg, lyon, madison, madrid, maine, malaysia, manchester, manila,
    maryland, massachusetts, melbourne, memphis, mexico, mexico city, miami, michigan, middle east,
    milan, milwaukee, minneapolis, minnesota, mississippi, missouri, montana, montreal, mumbai, munich,
    nairobi, nashville, nebraska, netherlands, nevada, new hampshire, new jersey, new mexico,
    new orleans, new york, new york city, new zealand, newark, nigeria, north america, north carolina,
    north dakota, norway, nyc, oakland, ohio, oklahoma, omaha, ontario, oregon, orlando, osaka, oslo,
    ottawa, pakistan, paris, pennsylvania, perth, peru, philadelphia, philippines, phoenix, pittsburgh,
    poland, portland, porto, portugal, prague, pune, qatar, quebec, raleigh, rhode island, richmond,
    riga, rio de janeiro, riyadh, rochester, romania, rome, rotterdam, salt lake city, san antonio,
    san diego, san francisco, san jose, santiago, sao paulo, saudi arabia, scotland, seattle, seoul,
    shanghai, shenzhen, singapore, south africa, south america, south carolina, south dakota, spain,
    sri lanka, st. louis, st. paul, stockholm, stuttgart, sweden, switzerland, sydney, são paulo,
    taipei, taiwan, tallinn, tampa, tel aviv, tennessee, texas, thailand, the hague, tokyo, toronto,
    tucson, turin, turkey, u.k., u.s., uae, uk, ukraine, united kingdom, united states, us, usa, utah,
    utrecht, valencia, vancouver, vermont, vienna, vietnam, vilnius, virginia, wales, warsaw,
    washington, wellington, west virginia, wisconsin, wyoming, zurich, zürich
""")
