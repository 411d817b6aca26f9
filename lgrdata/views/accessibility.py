"""The accessibility statement: what was built for, what was tested, what is not good enough yet."""

from __future__ import annotations

from lgrdata.page.blocks import Items, Link, Para, Section, View


def view() -> View:
    """The statement."""
    return View(
        title="Accessibility",
        lede=(
            "As many people as possible should be able to use this tool: with a keyboard, a screen reader, large text,"
            " a phone, or without seeing colours.",
        ),
        sections=(
            Section(
                "can",
                "What you can do",
                blocks=(
                    Items(
                        (
                            "Do everything with the keyboard. On the maps, Tab goes to the map, arrow keys from place"
                            " to place, and Enter chooses or paints.",
                            "Do without the maps: the list of areas, the table beside the painted map and the tables"
                            " under each picture say and do the same.",
                            "Read every chart as a table, and in words.",
                            "Tell councils apart by number and pattern, not by colour alone.",
                            "Enlarge the page to 400%, or use a screen of 320 pixels. Wide tables scroll sideways.",
                            "Use light or dark colours: the tool follows your system’s setting.",
                        )
                    ),
                ),
            ),
            Section(
                "target",
                "What we aim for",
                "The Web Content Accessibility Guidelines, version 2.2, level AA.",
                (
                    Para(
                        "We believe that the tool meets most of them. No independent audit has been made, so we do not"
                        " claim that it meets them all."
                    ),
                ),
            ),
            Section(
                "not-yet",
                "What is not good enough",
                blocks=(
                    Items(
                        (
                            "Choosing from the list of areas or changing a value draws the page anew. The focus stays,"
                            " but a screen reader may not say all that changed.",
                            "The maps are detailed drawings. Their words give the councils and their members, not the"
                            " shape of every border.",
                            "Some tables are wide and long; on a phone they are hard work. Each can be downloaded or"
                            " printed from an export.",
                            "Charts carry a description and a table, but single marks in them cannot be reached with"
                            " the keyboard.",
                            "Documents by others that we link to may not be accessible.",
                        )
                    ),
                ),
            ),
            Section(
                "tested",
                "How it was tested",
                blocks=(
                    Items(
                        (
                            "By an automatic checker (axe) on the pages, in light and dark, at 320 and 1,280 pixels.",
                            "By automated keyboard journeys in Chromium.",
                            "By measuring the contrast of every pair of colours in the palette.",
                            "Not yet with people who use screen readers, magnifiers or voice control, and not in other"
                            " browsers.",
                        )
                    ),
                ),
            ),
            Section(
                "elsewhere",
                "Another way to have it",
                blocks=(
                    Para(
                        "A scenario can be exported as one file that needs no script, prints on paper and reads well"
                        " with a screen reader."
                    ),
                    Para(("What each word means: ", Link("words used here", "part", "glossary"), ".")),
                    Para(
                        "If something does not work for you, tell whoever gave you this tool, with the page’s address."
                    ),
                ),
            ),
        ),
        key={"page": "accessibility"},
    )
