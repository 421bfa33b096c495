"""Every command, where it lives and what it is for.

The table is all that ``askwell --help`` reads, so that help costs no import; a command's own module is
loaded when it is asked for.  The function in the module is named as the command, with ``_command`` after
it where the plain name is taken by Python.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One command: its module in this package, the function there, and its line of help."""

    module: str
    function: str
    summary: str


def _row(module: str, function: str, summary: str) -> Row:
    return Row(module=module, function=function, summary=summary)


PLUMBING = "Without a notebook: files in, lines out"
GROUPS: dict[str, dict[str, Row]] = {
    "Every day": {
        "serve": _row("house", "serve", "Open Askwell in the browser."),
        "today": _row("today", "today", "What to do now, and why."),
        "next": _row("today", "next_command", "Whom to ask next, with the reasons."),
        "pass": _row("passing", "pass_command", "Not this one: set aside somebody suggested, and why."),
        "done": _row("today", "done", "Do what a step says, where that takes no more than a word."),
        "snooze": _row("today", "snooze", "Put a step off until a day."),
        "review": _row("looking_back", "review", "Look back on the week."),
        "record": _row("looking_back", "record", "Your own record: letters, answers, talks, promises."),
        "goal": _row("goals", "goal", "Show, check or set the career goal."),
        "calendar": _row("calendars", "calendar", "Your calendar: hours free in it, talks in it, a feed."),
        "digest": _row("reminding", "digest", "One mail a day with what there is to do, to yourself."),
        "notify": _row("reminding", "notify", "Say on the screen that thanks are due; for a timer."),
        "me": _row("me", "me", "Show and set your name, your words, your clock, whose advice you follow."),
    },
    "Your tools": {
        "card": _row("cards", "card", "Your card: what is on it, as PDF, as a code for a phone."),
        "resume": _row("resumes", "resume", "Versions of your resume, who asked for it, to whom it went."),
        "event": _row("events", "event", "Events: note, plan, go, and whom you met there."),
        "places": _row("events", "places", "Where people of your field meet, the best for your goal first."),
    },
    "People": {
        "import": _row("imports", "import_command", "Bring in contacts and history from files."),
        "add": _row("people", "add", "Add someone from a line as you would jot it down."),
        "find": _row("people", "find", "Find people by name, e-mail, organization, title or tag."),
        "show": _row("people", "show", "Everything known of one person."),
        "mark": _row("marks", "mark", "Mark a person: who hires, who connects people, who is left in peace."),
        "same": _row("same", "same_command", "Say whether two entries are one person; look for such pairs."),
        "note": _row("people", "note", "Note something about a person."),
        "address-book": _row("address_books", "address_book", "Keep an address book (CardDAV) in step."),
    },
    "Asking and following through": {
        "draft": _row("letters", "draft", "Write a draft to a person, with its findings."),
        "sent": _row("letters", "sent", "Say that you sent a message or called."),
        "reply": _row("letters", "reply", "Log what came back."),
        "questions": _row("questions", "questions", "What to ask a person in a talk, and why."),
        "prepare": _row("prepare", "prepare", "What you have in common, and what is still to prepare."),
        "schedule": _row("talks", "schedule", "Set the time of a talk, with a calendar file."),
        "held": _row("talks", "held", "Say that a talk took place, and keep what came of it."),
        "tell": _row("telling", "tell", "Let people know, one by one, that you are looking."),
        "thank": _row("talks", "thank", "Say that you thanked a person."),
        "promise": _row("talks", "promise", "Keep a promise in mind: yours, or theirs."),
        "lead": _row("leads", "lead", "Openings you have heard of, and what you did about them."),
        "employers": _row("employers", "employers", "Places you would like to work at, in order."),
        "give": _row("giving", "give", "Note what you gave or asked, and see favours for this week."),
        "shelf": _row("giving", "shelf", "Keep what is worth reading, and whom it would help."),
        "advice": _row("advice", "advice", "Keep what someone advised, until they heard what came of it."),
        "try": _row("trying", "try_command", "Ways to try the work out: their day, and how it was."),
        "occupation": _row("trying", "occupation", "Say which work a talk was about."),
        "compare": _row("compare", "compare", "Lay side by side what people told you of a kind of work."),
        "decide": _row("compare", "decide", "Keep a decision, with the talks it rests on."),
        "introductions": _row("introductions", "introductions", "Names given, and who led to whom."),
        "ways": _row("ways", "ways", "Who can introduce you to somebody, or into a place."),
        "introduce": _row("introductions", "introduce", "Bring two people together: ask each of them first."),
        "circle": _row("circles", "circle", "Circles: friends pool whom they know, without showing it."),
    },
    "Your mail": {
        "mail": _row("mail_accounts", "mail", "Connect the mailbox you write from, and look after it."),
        "send": _row("letters_by_mail", "send", "Approve a draft: your mailbox sends it at its hour."),
        "outbox": _row("letters_by_mail", "outbox", "What goes out by your mailbox, and where it stands."),
        "inbox": _row("letters_by_mail", "inbox", "What came back, and how it may be read."),
        "worker": _row("letters_by_mail", "worker", "Send what is due, look into your mail."),
    },
    "The notebook itself": {
        "undo": _row("house", "undo", "Take the last change back."),
        "export": _row("archive", "export", "Write everything to open formats."),
        "backup": _row("archive", "backup", "Copy the notebook to one file, while it runs."),
        "restore": _row("archive", "restore", "Put a backup in the place of the notebook."),
        "demo": _row("archive", "demo", "Add a sample network of invented people, or remove it."),
        "recompute": _row("house", "recompute", "Derive every step anew from what happened."),
        "doctor": _row("doctor", "doctor", "Look for what is wrong with this notebook."),
    },
    PLUMBING: {
        "lint": _row("plumbing", "lint", "Check messages against the rules of asking well."),
        "read-contacts": _row("plumbing", "read_contacts", "Read any contact file to neutral records."),
        "write-contacts": _row("plumbing", "write_contacts", "Write neutral records as contacts."),
        "steps": _row("plumbing", "steps", "Ask the rules on their own: facts in, steps out."),
        "ties": _row("ties", "ties", "How strong ties are, from what happened, and why."),
        "paths": _row("paths", "paths", "The strongest way to somebody through people, in a file."),
        "resolve": _row("resolving", "resolve", "Which rows of a CSV file are the same person."),
        "read-mail": _row("read_mail", "read_mail", "Read mail: what each message is and says."),
        "read-calendar": _row("calendar_files", "read_calendar", "Read calendars and invitations."),
        "itip": _row("calendar_files", "itip", "What a change of an event must send, what came back."),
        "rank-titles": _row("rank_titles", "rank_titles", "Say which labels fit a title, by what it means."),
        "search": _row("searching", "search", "Find profiles of a CSV file by words, filters and meaning."),
        "match": _row("matching", "match", "Match seekers with volunteers: the greatest total, proven."),
    },
}

COMMANDS: dict[str, Row] = {name: row for group in GROUPS.values() for name, row in group.items()}


def help_text() -> str:
    """Give the page that ``askwell --help`` prints."""
    width = max(map(len, COMMANDS))
    lines = [
        "Usage: askwell COMMAND [ARGUMENTS]",
        "",
        "Career networking done well: find the right people, ask for twenty minutes,",
        "follow through, give back.",
    ]
    for title, rows in GROUPS.items():
        lines += ["", f"{title}:"]
        lines += [f"  {name:<{width}}  {row.summary}" for name, row in rows.items()]
    lines += [
        "",
        "askwell COMMAND --help tells more.  --version, --install-completion, --show-completion.",
        "The notebook is kept in the folder ASKWELL_DATA, or in your user data folder.",
    ]
    return "\n".join(lines)
