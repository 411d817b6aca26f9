"""Whether what is given as the owner of a duty reads like a person's name: a register names posts, never people."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that posts, teams and services are called by: with a capital they are no part of a person's name.
_POST_WORDS = frozenset(
    re.findall(
        r"\S+",
        "director deputy assistant interim acting head chief executive officer manager lead leader service "
        "services team board chair partnership council authority adult adults adult’s adults’ child children "
        "child’s children’s social care safeguarding finance financial section s151 monitoring legal "
        "solicitor commissioning brokerage payments public health education send special needs virtual school "
        "principal worker lawyer registrar guardian caldicott data protection information technology digital "
        "it ict hr people human resources emergency duty out hours contact customer housing strategic "
        "strategy operations operational programme project transition transformation corporate performance "
        "quality assurance reviewing independent fostering adoption placements mental capacity dols amhp edt "
        "dass dcs dph cfo sro pmo of for and the to in with first front door access statutory member cabinet "
        "portfolio holder shadow new joint shared host unitary county district borough city north south east "
        "west mid central senior group regional area locality hospital discharge equipment case records "
        "systems system",
    )
)
_TITLES = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lady|lord|cllr|councillor)\b\.?\s+[A-Z]", re.I)
_WORD = re.compile(r"[^\W0-9_][\w’'-]*")


def like_a_name(post: str, places: Iterable[str] = ()) -> bool:
    """Whether what is given as a post reads like a person's name: a title, or two capitals in a row not of a post.

    `places`: names of councils and authorities, which may stand in the name of a post.
    """
    text = post.replace("'", "’")
    for place in sorted((p.replace("'", "’") for p in places if p), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(place)}(?!\w)", ";", text, flags=re.IGNORECASE)
    if _TITLES.search(text):
        return True
    run = 0
    for part in re.split(r"[^\w’\s.-]|\s-\s", text):
        run = 0
        for word in _WORD.findall(part):
            known = word.lower() in _POST_WORDS or word.lower().strip("’") in _POST_WORDS
            capital = word[:1].isupper() and not known
            run = run + 1 if capital else 0
            if run == 2:
                return True
    return False
