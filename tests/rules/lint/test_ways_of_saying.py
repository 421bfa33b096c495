"""Many ways of saying a thing: how one came to write, when, who, what for; and what goes wrong."""

import pytest
from tests.tables import every

from askwell.rules.facts import Mode
from askwell.rules.lint import Message, Severity, lint
from askwell.rules.lint.checks.particulars import is_particular

COMES_TO_WRITE = [
    "Dr. Osterberg speaks warmly of you.",
    "You and my aunt Pia rowed in the same boat.",
    "My physio, Ana Gil, mentioned you.",
    "We were neighbours on Elm Street.",
    "You sat on the jury that gave our film its prize.",
    "Your name was on the back of the programme.",
    "Your brother and I share an office.",
    "Jonas in your Tuesday choir gave me your card.",
    "I belong to the Leeds Kite Society, as you do.",
    "The careers office at Bristol keeps a list, and you are on it.",
    "Long-time subscriber to your letter on kites.",
    "I borrowed your manual from the library.",
    "Ola Berg handed me your number.",
    "I am in the cohort after yours at Ashridge.",
    "We follow each other on Mastodon.",
    "You once marked my essay.",
    "Mr. Toll pointed to you when I asked who knows kites.",
    "Professor Yun's introduction brings me to you.",
    "Bit of a fan of your show here.",
    "I used to deliver your post on Mill Lane.",
    "Ted at the depot reckons I should have a word with you.",
    "It was Sister Ruth who put your name in my ear.",
    "You were kind enough to answer my question after the Hull talk.",
    "I listen to your programme each Sunday.",
]
YOURS_TO_CHOOSE = [
    "I'm on your clock.",
    "Name your hour and I'll be there.",
    "Just tell me what suits.",
    "Toss me a date.",
    "You set the time.",
    "I'll take whatever slot you have.",
    "I can move things about.",
    "I could do the 4th or the 9th.",
    "Tues or Weds?",
    "I'd fit in with you.",
    "Any gap in your week will do.",
    "When is good?",
    "I can bend.",
    "Morning or evening, weekday or weekend.",
    "Let me know when you're free.",
    "I can ring at a time you set.",
    "Perhaps on the 12th or 14th of May?",
    "The choice of day is entirely yours.",
    "I'll gladly fall in with your plans.",
    "Is there a day that suits?",
    "I'm off on Mondays and Thursdays.",
    "My diary is open.",
]
WHO = [
    "Nurse here, nine years on the wards.",
    "I nurse at St. James's.",
    "By day I file patents; by night I fly kites.",
    "Retired bus driver, 61, still restless.",
    "I'm with the parks department.",
    "I've driven a tram since 2009.",
    "For a living I mend roofs.",
    "I spent two decades on oil rigs.",
    "I'm Amara, an electrician.",
    "Kites have been my hobby for ten years; taxes are my trade.",
    "I clean windows in Leeds.",
    "I keep the books for a brewery.",
    "My trade is joinery.",
    "I am reading law at Hull.",
    "I've a doctorate in soil and a job in a shop.",
]
PURPOSE = [
    "I want to see whether that life would suit me.",
    "I'd be glad of your counsel on how to begin.",
    "What would you tell someone starting at forty?",
    "I'm trying to picture the work from inside.",
    "I am after an honest account of the trade.",
    "I have three questions on how kites are priced.",
    "I mean to test my idea of the trade against yours.",
    "I'm sounding out people who do this for a living.",
    "I would love a glimpse of your working week.",
    "Before I retrain I want to know what I'd be in for.",
    "Your honest read on the trade would mean a lot.",
]
MINUTES = [
    "Might you have time for 20 minutes?",
    "Would twenty minutes of phone be possible?",
    "Have you got a spare twenty minutes?",
    "Could I trouble you for a quarter hour?",
    "Twenty mins, tops?",
    "20' on the phone?",
    "a 1/2 hour call?",
    "thirty minutes max",
    "15 or at most 20 minutes",
]
ASKS_FOR_WORK = [
    "Might there be a place for me in your workshop?",
    "Do you need a hand this summer?",
    "Let me know if you hear of work.",
    "I'd gladly take any post you can offer.",
    "Could I come and work with you?",
    "Would you take me as an apprentice?",
    "I hope you will think of me when a desk comes free.",
    "Tell your boss about me, please.",
    "Could you see your way to giving me a trial?",
    "Who should I send my CV to at your firm?",
    "I'd love to be on your payroll.",
    "Are internships offered at your studio?",
]
HARMLESS = [
    "I have a job I like and I'm staying in it.",
    "I've no designs on a post with you.",
    "I need work on my knots, clearly.",
    "How does a workshop like yours decide whom to hire?",
    "My sister needs a job; I need only a word about silk.",
    "I was an apprentice to a sailmaker.",
    "I'd like to know whether there are many positions for kite makers in the world.",
    "I read that your first assistant left to work for a rival.",
    "Do kite makers take on apprentices nowadays, as a rule?",
    "If you need anything from me beforehand, I'll send it.",
    "Were you to need more background, I'd be happy to supply it.",
    "It is said there are few jobs in it, which does not trouble me.",
    "I'm happy to help in return: I can proofread.",
    "If you'd like an extra pair of hands on cleanup day, I'm free, by way of thanks.",
    "I hope it leads to a better idea of a position in the trade.",
    "My knees let me down last year.",
    "Is there any role you have enjoyed most?",
    "I know of work on silk by Dr. Ames.",
    "I'd like to hear whether a certificate leads to a job.",
    "My sketches are rough and need work.",
    "Is there a place for someone like me in the trade?",
    "The sky was too good for staying in.",
    "I have a portfolio at example.com, should you be curious.",
    "I was hired as an intern in 2012.",
    "My own job interviews patients.",
    "I was offered a position in Hull and declined it.",
    "How do openings in a kite's frame change its pull?",
    "I have read how you interview makers for your column.",
    "My manager has cancer patients to think of, so I work odd hours.",
    "A friend needs a job; I do not.",
    "I'm happy where I am, so this is pure curiosity.",
    "The best kite I have seen was yours.",
    "I know this is a busy time.",
    "I answer to a strict timetable, but I'll fit round yours.",
    "I will be in Hull on Friday by noon, if that helps.",
    "Please don't feel you must reply soon.",
    "Is it true that you never hire sailors?",
    "What would you look for in a beginner's first kite?",
    "I won't attach a resume; this is about you.",
    "I could send my CV if you ever want it.",
    "I attached my kite to a lamp post once.",
    "My profile is at linkedin.com/in/amara.",
    "I grew attached to the town.",
    "See https://example.com/{id}/x.",
    "The kite was 3 < 4 feet.",
    "The set {a, b} is open.",
    "I measured 4 (four) kites.",
    "See [1] and [a].",
    "I work for the NHS and the RSPCA.",
    "It cost $40.",
    "My pronouns are she/her.",
    "I wrote a TODO list app.",
]
DEADLINES = [
    "I must have your reply by Friday.",
    "Kindly respond before the 3rd.",
    "I'd need to hear by noon tomorrow.",
    "Please answer today.",
    "Please reply ASAP.",
    "I expect to hear from you this week.",
    "This is rather urgent.",
]
GUILT = [
    "You must be too important for people like me.",
    "I suppose you won't bother to answer.",
    "I'm begging you.",
    "You are my last hope.",
    "It would break my heart if you said no.",
    "Surely you can find twenty minutes for someone who looks up to you.",
]
FLATTERY = [
    "You are the greatest, most gifted and most admired kite maker alive.",
    "Your incredible, awe-inspiring, world-class kites are simply perfect.",
    "You're a legend, a visionary and a hero to me.",
]
ATTACHED = [
    "My CV is attached.",
    "Attached please find my resume.",
    "I've attached a short portfolio.",
    "Please see my enclosed transcript.",
    "I'm including my resume below as a PDF.",
    "PFA my resume.",
    "I have uploaded my CV with this mail.",
    "CV attached!",
    "My resume is in the attachment.",
]
LEFT_IN = [
    "I saw <company> on the news.",
    "I saw {{company}} there.",
    "Your work at ___ is fine.",
    "Your work at [insert company] is fine.",
    "Your work at COMPANY_NAME is fine.",
    "Your work at (company) is fine.",
    "Your kite at $COMPANY is fine.",
    "Your kite at ABC Company is fine.",
    "Your kite at XYZ is fine.",
    "Your kite at [kite fair] is fine.",
    "Your talk at #EVENT# was fine.",
    "TODO: add hook.",
]
OF_OTHERS = [
    "My boss Ted is an alcoholic.",
    "My colleague was fired for stealing.",
    "Ola is going through a divorce.",
    "My manager is an idiot.",
    "She has cancer, which nobody knows.",
]
SECOND_WISH = [
    "Could you also read my essay?",
    "Would you also mentor me?",
    "And could you introduce me to your brother?",
    "Could you also write a reference for me?",
    "Might I shadow you for a week, too?",
    "Could you also sign my petition?",
    "Can you put me in touch with your supplier?",
]
NEW_ASK = [
    "Could you send me your slides?",
    "Would you mind reading my essay?",
    "When can we talk next?",
    "Please introduce me to your supplier.",
    "Could I call you again next week?",
    "Can you write me a reference?",
    "I'd like to book another half hour with you.",
    "Would you be my mentor?",
]
NO_NEW_ASK = [
    "I'd be glad of the link you offered to send.",
    "If I can ever help with sewing, just say.",
    "Could I have asked for more? No.",
    "I will write when it flies.",
    "Please give Ola my regards.",
    "Would you believe it flew?",
]
BLAND_THANKS = [
    "It was a great chat.",
    "You were so generous with your time and knowledge.",
    "I learned so much.",
    "Your insights were super valuable.",
    "It really meant a lot to me.",
    "I took many notes.",
    "I came away inspired and motivated.",
]
EMPTY_CHECK_IN = [
    "I hope spring finds you well.",
    "Thinking of you and the team!",
    "How are things on your side?",
    "Just waving hello from Leeds.",
    "Hope we can catch up soon.",
    "It's been ages!",
    "I'd love to stay connected.",
]
FULL_CHECK_IN = [
    "The silk kite flew for an hour.",
    "Your niece's film won a prize; bravo.",
    "A museum near me is showing your 1998 kite.",
    "I got the apprenticeship, thanks to you.",
    "Do you still prefer bamboo to carbon?",
    "There's a call for papers on kites: due in June.",
    "Have a look at page four of the June bulletin: they reprinted your plan.",
    "I tried your answer on my class, and they laughed.",
    "Enjoy the attached photo of the kite over Whitby: it held.",
    "The response to the exhibition was huge; your kite was on the poster.",
]
EMPTY_FOLLOW_UP = [
    "I know you are busy.",
    "I'm resending this in case it got lost.",
    "Did my message reach you?",
    "Just a gentle nudge.",
    "I remain very interested in your work.",
    "I would still love to talk.",
    "Wanted to float this back up.",
]
FULL_FOLLOW_UP = [
    "On Sunday I flew a silk kite in rain.",
    "The guild has asked me to teach a class in June, so your view counts double.",
    "Your new book arrived at our library.",
    "Ola tells me you are back from Japan.",
    "I've changed my question: silk or paper?",
]
AFTER_EVENT = [
    "We met last night at the Hull kite fair; I'm the nurse from Leeds. You told us silk forgives.",
    "Good to talk by the tea urn at Thursday's guild night. I was the one in wellies, and your silk story is still in my head.",
    "I'm the nurse who spilled tea on you at the Hull fair yesterday. You laughed and said silk forgives.",
    "Thanks for the chat after yesterday's lecture in Hull. I'm Amara, the nurse. I liked what you said on bamboo.",
]
AFTER_ANY_EVENT = [
    "I'm the nurse from Leeds. You told us silk forgives.",
    "We met last night at the Hull kite fair; I'm the nurse from Leeds. It was nice.",
    "Lovely event last night. I am a nurse.",
]
UNMEASURED = [
    "Could we talk for a bit?",
    "May I have a bit of your time?",
    "Could I come by one afternoon?",
    "Would a 90-minute visit be fine?",
    "Could you spare me a whole morning?",
    "May I take you to dinner?",
    "Could we have a chat?",
]
VAGUE = [
    "Hey there",
    "Request for help",
    "Need your help",
    "Urgent request",
    "Introduction",
    "Questions",
    "Looking for advice",
    "Reaching out",
    "Can we talk?",
    "Favour",
    "Job inquiry",
    "Hi Jo",
    "Hello Jo Marsh",
]
NOBODY = [
    "Dear Sir or Madam,",
    "To whom it may concern,",
    "Dear Recruiter,",
    "Dear Hiring Team,",
    "Dear Alumni,",
    "Hi there,",
    "Dear Mr./Ms. Marsh,",
    "Dear [Name],",
    "Dear Name,",
    "Dear friend,",
]
SOMEBODY = [
    "Dear Dr. de la Cruz,",
    "Hi Xiùying,",
    "Dear Ms. O'Neill-Osei,",
    "Respected Sir,",
    "Good morning Prof. Ng,",
    "Dear Jo (if I may),",
    "Dear Bo,",
    "Dear 李老师,",
    "Dear Mr. van 't Hoff,",
    "Hello, Mrs. Nkrumah!",
    "Jo,",
    "Dear Sister Mary,",
    "Dear Captain Ito,",
]
TO_ANYONE = [
    "I came across your profile and was struck by your diverse background in the finance industry.",
    "I am reaching out because I admire your company's mission and values.",
    "Your career trajectory is truly inspirational and I would love to follow in your footsteps.",
    "I was drawn to your extensive background in consulting and your leadership roles.",
    "I see that you have worked in marketing for many years.",
    "I noticed that you have a wealth of knowledge in human resources.",
    "I'd love to hear how you broke into the industry and what a typical day looks like for you.",
    "As someone who has succeeded in this competitive field, you could offer invaluable guidance.",
    "Your company is well known for its innovative products and strong culture.",
    "I believe your insights would be extremely beneficial to me as I start my career in finance.",
    "I would be grateful to learn about your professional journey, your day-to-day responsibilities and the challenges you face.",
    "I was impressed by your accomplishments in the technology sector.",
    "I'd like to know what skills you use and what you enjoy about your job.",
    "Given your seniority at Harborlight Bank, you must have seen a great deal.",
    "I have followed your firm with great interest and find its work fascinating.",
    "You seem like a wonderful person to talk to about careers in engineering.",
    "I hope to hear how you built such a rewarding career and any lessons you have learned along the way.",
    "Your work in the nonprofit world is so meaningful.",
]
TO_THEM = [
    "Your lab's eel counters are in my aunt's stream.",
    "I noticed you priced the ferry by the wind.",
    "The bench you planed for the courthouse is where I eat lunch.",
    "your recipe for nettle bread has fed my shift",
    "You answer patients' letters by hand, which astonished me.",
    "Your museum lends its looms to schools.",
]

FROM = "My tutor Ola Berg gave me your name."
WRITER = "I am a nurse in Leeds."
TO_LEARN = "I'd like to learn how you chose silk over nylon for the storm kites."
ASK = "Could we talk for 20 minutes?"
WHEN = "Any day suits."
LETTER = f"{FROM} {WRITER} {TO_LEARN} {{}} {ASK} {WHEN}"
GRATEFUL = (
    "Thank you for the talk. Your point about wet silk changed my plan, and I ordered two yards today. {}"
)
BARE = "Thank you so much for speaking with me. {} Best wishes."
GREETED = "{} All the best to you."
AGAIN = (
    "I wrote to you on 3 May about silk kites. {} Could we have 20 minutes some day? If not, I understand."
)
NUDGE = "{} Could we have 20 minutes some day?"
EVENT = "{} I'm hoping for a sail-maker's job. Would 20 minutes on the phone suit, any day?"


def codes(body, *, mode=Mode.INFORMATIONAL, subject="From Leeds, about kites", greeting="Dear Jo Marsh,"):
    message = Message(subject=subject, body=f"{greeting}\n\n{body}\n\nAmara Osei")
    return {each.code for each in lint(message, mode=mode) if each.severity is not Severity.HINT}


def told(template, sentences, code, mode=Mode.INFORMATIONAL):
    return [(template, each, code, mode) for each in sentences]


PRESENT = [
    *told(f"{{}} {WRITER} {TO_LEARN} {ASK} {WHEN}", COMES_TO_WRITE, "M05"),
    *told(f"{FROM} {WRITER} {TO_LEARN} {ASK} {{}}", YOURS_TO_CHOOSE, "M09"),
    *told(f"{FROM} {{}} {TO_LEARN} {ASK} {WHEN}", WHO, "M07"),
    *told(f"{FROM} I saw the storm kite you flew at Whitby. {WRITER} {{}} {ASK} {WHEN}", PURPOSE, "M04"),
    *told(f"{FROM} {WRITER} {TO_LEARN} {{}} {WHEN} Would you talk to me?", MINUTES, "M03"),
]
FAULTY = [
    *told(LETTER, ASKS_FOR_WORK, "M01"),
    *told(LETTER, DEADLINES + GUILT + FLATTERY, "M13"),
    *told(LETTER, ATTACHED, "M11"),
    *told(LETTER, LEFT_IN, "M16"),
    *told(LETTER, OF_OTHERS, "M21"),
    *told(LETTER, SECOND_WISH, "M08"),
    *told(f"{FROM} {WRITER} {TO_LEARN} {{}} {WHEN}", UNMEASURED, "M03"),
    *told(GRATEFUL, NEW_ASK, "F01", Mode.THANKS),
    *told(BARE, BLAND_THANKS, "F01", Mode.THANKS),
    *told("{}", EMPTY_CHECK_IN, "K03", Mode.CHECK_IN),
    *told(NUDGE, EMPTY_FOLLOW_UP, "M17", Mode.FOLLOW_UP),
    *told(EVENT, AFTER_ANY_EVENT, "V03", Mode.EVENT_FOLLOW_UP),
]
CLEAN = [
    *told(LETTER, HARMLESS, "nothing"),
    *told(GRATEFUL, NO_NEW_ASK, "nothing", Mode.THANKS),
    *told(GREETED, FULL_CHECK_IN, "nothing", Mode.CHECK_IN),
    *told(AGAIN, FULL_FOLLOW_UP, "nothing", Mode.FOLLOW_UP),
    *told(EVENT, AFTER_EVENT, "nothing", Mode.EVENT_FOLLOW_UP),
]


def test_what_is_said_is_not_missed():
    def is_seen(case):
        template, sentence, code, mode = case
        assert code not in codes(template.format(sentence), mode=mode)

    every(PRESENT, is_seen)


def test_a_fault_is_heard_in_many_wordings():
    def is_heard(case):
        template, sentence, code, mode = case
        assert code in codes(template.format(sentence), mode=mode)

    every(FAULTY, is_heard)


def test_tempting_words_alone_are_no_fault():
    def is_clean(case):
        template, sentence, code, mode = case
        assert code == "nothing"
        assert codes(template.format(sentence), mode=mode) == set()

    every(CLEAN, is_clean)


@pytest.mark.parametrize("subject", VAGUE)
def test_a_subject_that_tells_nothing_is_vague(subject):
    assert "M12" in codes(LETTER.format(""), subject=subject)


@pytest.mark.parametrize("greeting", NOBODY)
def test_a_greeting_to_nobody_is_noticed(greeting):
    assert "M16" in codes(LETTER.format(""), greeting=greeting)


@pytest.mark.parametrize("greeting", SOMEBODY)
def test_a_greeting_by_name_is_fine_in_any_manner(greeting):
    assert codes(LETTER.format(""), greeting=greeting) == set()


@pytest.mark.parametrize("sentence", TO_ANYONE)
def test_what_fits_anyone_is_not_particular(sentence):
    assert not is_particular(sentence, own=set())


@pytest.mark.parametrize("sentence", TO_THEM)
def test_what_fits_one_person_is_particular(sentence):
    assert is_particular(sentence, own=set())
