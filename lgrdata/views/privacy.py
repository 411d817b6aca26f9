"""The page on privacy: what is read of an upload, where it stays, how it goes, and what the browser keeps."""

from __future__ import annotations

import os
import re

from lgrdata.core.words import capital
from lgrdata.page.blocks import Items, Para, Section, View

REPORT = "LGR_REPORT"
"""Setting: where readers report a wrong figure, an e-mail address or a web address."""

IN_ADDRESS = {
    "area": "the area",
    "split": "your councils with their names",
    "councils": "your councils with their names",
    "order": "your councils with their names",
    "name": "the scenario’s name",
    "lens": "whose evidence is shown",
    "from": "what you began with",
    "with": "partnerships",
    "set": "the assumptions you changed",
    "basis": "what each line of spending is shared by",
    "against": "what the other side would share it by",
    "lock": "what you locked",
    "c": "a sum that shows whether the link was damaged",
}
"""What each part of an address tells."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"https://[\w.-]+(:[0-9]+)?(/[\w./~%+?=&#-]*)?", re.ASCII)


def report_address() -> str:
    """Where the operator wants wrong figures reported, as a link; '' where none is set or it is no such address."""
    given = os.environ.get(REPORT, "").strip()
    if _MAIL.fullmatch(given):
        return f"mailto:{given}?subject=LGR%20scenario%20explorer:%20a%20wrong%20figure"
    return given if _WEB.fullmatch(given) else ""


def view() -> View:
    """The page."""
    return View(
        title="Privacy",
        lede=(
            "The tool asks for no name, has no accounts, and sends nothing to anyone but the server it runs on. The"
            " figures are about places, not people.",
        ),
        sections=(
            Section(
                "address",
                "What you draw is in the address",
                blocks=(
                    Para("The page’s address holds this much, so that a link shows others the same:"),
                    Items(tuple(f"{capital(told)}." for told in dict.fromkeys(IN_ADDRESS.values()))),
                    Para(
                        "Whoever has the link has all of these, and your browser’s history keeps it. Notes, ticks,"
                        " hosts, the register of the first day and counts of your own are not in it."
                    ),
                ),
            ),
            Section(
                "upload",
                "What is read of a file you open",
                blocks=(
                    Items(
                        (
                            "A list of places: their codes or names, the names of the councils, and nothing else in"
                            " it.",
                            "Outlines of councils: the outlines and their names, which tell what places each holds.",
                            "A scenario or a page saved from this tool: the scenario inside, with all that you wrote.",
                            "Counts of your own, on Share out: the codes of places with a count for each. A file that"
                            " looks like a list of people is refused whole.",
                            "The file stays in the server’s memory. It is never written to a disk, and nobody else can"
                            " open it.",
                            "What was read goes when your visit ends: when the page is closed and the server has"
                            " cleared it away, or is started anew.",
                        )
                    ),
                ),
            ),
            Section(
                "browser",
                "What your browser keeps",
                blocks=(
                    Items(
                        (
                            "A cookie against forged requests, a random number.",
                            "Where the tool runs on several servers, a cookie for yours, a random number."
                            " Both end with the browser.",
                            "The choice of a light or dark theme, if you make one.",
                            "What you last had open: the drawing with its notes, ticks, register and locks, and what"
                            " was put aside to compare, so that a reload or a lost visit loses nothing. It is in this"
                            " browser’s own storage, never on the server’s disk, and holds no counts of your own."
                            " Whoever uses this browser after you can bring it back: say “Forget it” there, or use"
                            " the app’s button at the foot of this page.",
                            "No cookie follows you, and no other host is told of your visit.",
                        )
                    ),
                ),
            ),
            Section(
                "logs",
                "What whoever runs it can see",
                blocks=(
                    Para(
                        "The tool’s log holds the time, the page, the area and errors: not your address, your cookies,"
                        " what you drew or what you wrote. Your council’s network and the web server in front may log"
                        " more; ask whoever runs them."
                    ),
                ),
            ),
            Section(
                "files",
                "Pages saved from the tool, and the site of plain pages",
                blocks=(
                    Para(
                        "They set no cookie and call no other computer. Only the map to redraw runs a script: it works"
                        " everything out in your own browser, and a list you open there stays in it. A saved page holds"
                        " the scenario with your notes, the posts of the first day and your words on hosting, and your"
                        " own counts where you said so: read it before you send it."
                    ),
                ),
            ),
        ),
        key={"page": "privacy"},
    )
