"""What a scenario says beyond its split: how each partnership is hosted until it ends, and who owns each duty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from lgrdata.core.models import LgrError, Partnership
from lgrdata.core.text import one_line, text_field

FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2049, 12, 31)
"""Days that a plan can name, in a file as on the screen."""
MAX_POST = 80
MAX_WORDS = 400
MOST = 200
"""Arrangements, or duties, in one file."""

State = Literal["open", "in hand", "ready"]
STATES: tuple[State, ...] = ("open", "in hand", "ready")

PartnershipKey = tuple[str, str]
"""Service and model: a service has a model once."""


@dataclass(frozen=True)
class Hosting:
    """How a chosen partnership is run and how it ends; what is not said is None or ''.

    `host` is a council number, `shared_by` a basis of the dataset, `ends` a day as YYYY-MM-DD.
    """

    host: int | None = None
    shared_by: str = ""
    ends: str = ""
    returns: str = ""
    """What comes back when it ends, in the user's words."""


@dataclass(frozen=True)
class DutyEntry:
    """What the register says of one duty of the first day. `post` is a post, never a person's name."""

    post: str = ""
    state: State | None = None
    """None: not said here; a tick of the paragraph that it belongs to stands for it."""
    due: str = ""
    note: str = ""


def key_of(p: Partnership) -> PartnershipKey:
    """What an arrangement is kept by."""
    return p.service_id, p.model_id


def moved(held: Mapping[PartnershipKey, Hosting], to: Mapping[int, int]) -> dict[PartnershipKey, Hosting]:
    """The same arrangements where councils have other numbers; a host that is no longer there is not said."""
    return {k: h if h.host is None else replace(h, host=to.get(h.host)) for k, h in held.items()}


def is_day(text: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD that a plan can name."""
    try:
        whole = re.fullmatch(r"20\d\d-\d\d-\d\d", text, re.ASCII) is not None
        return whole and FIRST_DAY <= date.fromisoformat(text) <= LAST_DAY
    except ValueError:
        return False


def hosting_list(
    held: Mapping[PartnershipKey, Hosting], chosen: Sequence[Partnership], names: Sequence[str]
) -> list[dict[str, Any]]:
    """For the file: what is said of the partnerships that are chosen, councils by name."""
    return [
        {
            "service": p.service_id,
            "model": p.model_id,
            "host": None if h.host is None else names[h.host],
            "shared_by": h.shared_by,
            "ends": h.ends,
            "returns": h.returns,
        }
        for p in chosen
        if (h := held.get(key_of(p), Hosting())) != Hosting()
    ]


def read_hosting(value: object, names: Sequence[str], what: str) -> dict[PartnershipKey, Hosting]:
    """Arrangements from a file; LgrError where one names no service, another council or no day."""
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(v, dict) for v in value):
        raise LgrError(f"{what} should be a list of at most {MOST}")
    found = {}
    for v in value:
        host = v.get("host")
        named = one_line(host, MAX_POST)
        if host is not None and named not in names:
            raise LgrError(f"{what}: the host {named or 'given'} is not a council of the split")
        found[one_line(v.get("service"), 60), one_line(v.get("model"), 60)] = Hosting(
            None if host is None else names.index(named),
            one_line(v.get("shared_by"), 60),
            _day(v.get("ends", ""), f"{what}: ends"),
            text_field(v.get("returns", ""), MAX_WORDS),
        )
    return found


def register_dict(held: Mapping[str, DutyEntry]) -> dict[str, dict[str, Any]]:
    """For the file: what is said of each duty."""
    return {
        k: {"post": e.post, "state": e.state, "due": e.due, "note": e.note}
        for k, e in sorted(held.items())
        if e != DutyEntry()
    }


def read_register(value: object, what: str) -> dict[str, DutyEntry]:
    """The register from a file; LgrError where an entry has another form, state or no day."""
    if not isinstance(value, dict) or len(value) > MOST or not all(isinstance(v, dict) for v in value.values()):
        raise LgrError(f"{what} should map at most {MOST} duties to what is said of them")
    found = {}
    for key, v in value.items():
        state = v.get("state")
        if state is not None and state not in STATES:
            raise LgrError(f"{what}: {one_line(key, 40)}: state should be one of {', '.join(STATES)}")
        due = _day(v.get("due", ""), f"{what}: {one_line(key, 40)}: due")
        found[one_line(key, 40)] = DutyEntry(
            one_line(v.get("post"), MAX_POST), state, due, text_field(v.get("note", ""), MAX_WORDS)
        )
    return found


def _day(value: object, where: str) -> str:
    text = value if isinstance(value, str) else "?"
    if text and not is_day(text):
        raise LgrError(f"{where} should be a day from {FIRST_DAY} to {LAST_DAY}, as in 2030-03-31")
    return text
