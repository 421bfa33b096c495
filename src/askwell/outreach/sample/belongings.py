"""What lies on the desk of the sample's seeker, and what was said and given: invented lines and addresses."""

from __future__ import annotations

DEPARTMENTS = ("receiving", "purchasing for the wards", "stock planning")
WHY_THESE_TWO = (
    "You both moved from a warehouse to a hospital, and you both teach the evening course.",
    "One looks for a planner who has seen a recall; the other has run two.",
)
GIVEN_AWAY = (
    "Sent the outline of the evening course",
    "Read a draft and commented",
    "Told their supervisor how much the talk helped",
    "Passed on the date of the stock seminar",
    "Sent my counting sheet for storerooms",
    "Said what came of the advice",
    "An hour with their spreadsheet",
    "Named a student who wants to volunteer",
)
ASKED_FOR = ("To look over my letter to Calder County", "A word with the director of purchasing")
SHELF = (  # title, address, topics, note, days ago
    (
        "Par levels that nurses trust",
        "https://wardstock.example/par-levels",
        "par levels, wards",
        "How one ward set its own numbers, and what happened in the second month.",
        60,
    ),
    (
        "When the glove supplier failed: a diary of six weeks",
        "https://supplydiary.example/gloves",
        "procurement, shortage",
        "Day by day; the part on rationing is the best.",
        44,
    ),
    (
        "Counting less: cycle counts in sterile processing",
        "https://cyclecounts.example/sterile",
        "sterile processing, inventory",
        "A third of the counting, the same errors found.",
        31,
    ),
    (
        "The buyer's seat: a year in hospital pharmacy",
        "https://buyersseat.example/pharmacy",
        "pharmacy, buyer",
        "Honest about the hours.",
        20,
    ),
    (
        "Forecasts for flu season, simply",
        "https://plainforecasts.example/flu",
        "demand planning, forecast",
        "With a sheet one can use.",
        12,
    ),
    (
        "Talking with the floor: notes from forty warehouse visits",
        "https://floornotes.example/forty",
        "warehouse, logistics",
        "Short. Ask first what they would change.",
        5,
    ),
)
RESUMES = (  # name, where, notes, days ago
    ("General, one page", "Documents/resume-2024.pdf", "Before the master's.", 400),
    ("Warehouse and stock", "Documents/resume-stock.pdf", "For distributors.", 230),
    ("Hospital supply chain", "Documents/resume-hospital.pdf", "The thesis first, then Tamarack Foods.", 100),
)
CARD = {
    "role": "Stock and supply for hospitals",
    "email": "dana@sample.example",
    "phone": "+1 312 555 0199",
    "profile": "dana-sample.example",
    "back": "I count what wards really use, and turn it into numbers that nurses trust.",
    "skills": [
        "Four years on a warehouse floor",
        "Cycle counts and par levels",
        "Spreadsheets others can read",
    ],
}
STORY = (
    "I began on the floor of a food warehouse, counting what came in at five in the morning. What I "
    "liked was finding out why a count was wrong: nearly always somebody had a good reason that the "
    "system did not know. So I went back to study operations at Lakeshore, and for my thesis I followed "
    "three hospital wards and how they order. The nurses kept their own shelf behind the shelf, because "
    "they had run out once and would not again. We set the numbers together, and after two months the "
    "second shelf was gone. That is the work I want to do: a hospital's supplies, close to the people "
    "who use them. I am talking with people who do it, to learn where somebody from the floor is of "
    "most use."
)
REVIEW = {
    "well": "Two talks, and both gave me a name. I asked the second one what she would do differently.",
    "learnt": "The planners decide less than I thought; the ward managers decide more.",
    "next": "Write the thank-you before I open the laptop for anything else.",
}
OWN_VIEWS = {  # question of the reflection -> what the seeker themself thinks
    "liked": "That it is seen the same day whether it worked.",
    "concerns": "The nights. I want to see one before I decide.",
    "happy_there": "I think so, in a house where the wards are within reach.",
}
EVENING_PLAN = {
    "people": ["The two planners of Mercy Lakes", "Whoever runs the evening course"],
    "questions": ["What changed for you this year?", "Whom should somebody new here meet?"],
    "introduction": ["I count what wards really use, and I am finishing a master's at Lakeshore."],
    "offer": ["My counting sheet for storerooms"],
}
SAID_THERE = (
    "How they count gloves at night, and that she began in the kitchen",
    "Looks for someone to test a new label; has two daughters at Lakeshore",
)
SAID_BEFORE = (
    "Left a bank for receiving, and does not look back",
    "Runs the evening course; begins again in March",
    "Knows everybody at Calder County",
    "Told me about the recall of last spring",
)
PLACES_TO_GO = (  # name, kind, address, place, notes, added days ago, joined, look again in days
    (
        "Midwest Hospital Supply Association",
        "association",
        "https://mhsa.example",
        "Chicago",
        "Supply-chain people of hospitals; an evening each season.",
        300,
        True,
        0,
    ),
    (
        "Hospital Operations Meetup",
        "group",
        "https://operations-meetup.example",
        "Chicago",
        "Analysts and planners, first Thursday of the month.",
        180,
        True,
        0,
    ),
    (
        "Lakes Logistics Days",
        "conference",
        "https://lakes-logistics.example",
        "Milwaukee",
        "Two days in spring, one of them on the supply of hospitals; students pay a third.",
        120,
        False,
        60,
    ),
    (
        "Lakeshore University alumni, Chicago",
        "alumni",
        "https://alumni.lakeshore.example",
        "Chicago",
        "Breakfast every other month.",
        400,
        True,
        21,
    ),
)
