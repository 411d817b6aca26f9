"""The two directors that law asks of each council: what each new council would begin with, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping

from lgrdata.care.people import holders_of_posts
from lgrdata.core.models import Source
from lgrdata.core.words import joined
from lgrdata.page.blocks import Link, Rich, Table
from lgrdata.splits.split import Split

LAW = {"lassa-1970-6": "of adults’ services (DASS)", "children-act-2004-18": "of children’s services (DCS)"}
"""Which section asks for which director."""


def directors(split: Split, sources: Mapping[str, Source]) -> Table:
    """A row a new council: whose directors serve it today, and that both posts are its own from its first day."""
    names = split.facts.upper_names
    rows: list[tuple[Rich, ...]] = []
    for c, (whole, parts) in holders_of_posts(split).items():
        rows.append((split.names[c], _today([names[u] for u in whole], [names[u] for u in parts]), "one", "one"))
    asked: list[str | Link] = [
        Link(sources[k].title, "source", k) if k in sources else f"director {words}" for k, words in LAW.items()
    ]
    shared = ". Councils may appoint one person together to a post for adults."
    note: Rich = (
        *("Law asks each council for both: ", asked[0], ", and ", asked[1]),
        f"{shared} Who holds a post, and who would, is not known here.",
    )
    return Table(
        "share-directors", "Directors that each council needs from its first day",
        ("Council", "Its places are served today by", *(f"Director {words}" for words in LAW.values())), tuple(rows),
        note=note, source_ids=tuple(k for k in LAW if k in sources),
    )  # fmt: skip


def _today(whole: list[str], parts: list[str]) -> str:
    """Whose directors they are, and whether these come along."""
    said = []
    if whole:
        said.append(f"{joined(whole)}, which {'goes' if len(whole) == 1 else 'go'} whole to it")
    if parts:
        said.append(f"{joined(parts)}, of which it takes a part")
    return "; ".join(said)
