"""Addresses as mail leaves them: mended where that is certain, known for damaged by the check at their end.

The check is two letters or digits (`c=xx`, the last parameter) over all the others; an address without it stays valid.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping
from urllib.parse import unquote

CHECK = "c"
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PLAIN = ("area", "split", "lens", "from", "order")
"""Parameters without a blank, a capital or a mark at their end."""
_AMPERSAND = re.compile(r"^(?:&|amp;|#38;|%26)+", re.IGNORECASE)
_WRAPPED = re.compile(r"__;(?:!!|[A-Za-z0-9+/=*]*!!).*$", re.DOTALL)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_AROUND = " .,;:!?()<>[]{}\"'“”‘’«»*_|"
DAMAGED = (
    "This link was damaged or cut on its way: what it holds does not fit its check, so this may not be the scenario"
    " that was sent. Ask for the link again, or for the scenario file."
)


def check(query: Mapping[str, str]) -> str:
    """Two letters or digits that fit these parameters, in any order, and hardly any others."""
    text = "\n".join(f"{key}={query[key]}" for key in sorted(query) if key != CHECK)
    number = zlib.crc32(text.encode("utf-8", "surrogatepass")) % len(_LETTERS) ** 2
    return _LETTERS[number // len(_LETTERS)] + _LETTERS[number % len(_LETTERS)]


def sealed(query: Mapping[str, str]) -> dict[str, str]:
    """Parameters with the check over all of them at the end."""
    plain = {key: value for key, value in query.items() if key != CHECK}
    return {**plain, CHECK: check(plain)} if plain else {}


def key_of(key: str) -> str:
    """A parameter's name without what mail put before it, in small letters."""
    return _AMPERSAND.sub("", key.rpartition("?")[2].strip()).lower()


def mended(query: Mapping[str, str], keys: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The known parameters of an address as they were sent, as far as that is certain; what to say where it is not."""
    given = {key: value for key, value in query.items() if key in keys}
    if CHECK in given and given[CHECK] == check(given):
        return given, []
    inner = re.compile(rf"(?:&amp;|&|%26)(?=(?:{'|'.join(keys)})(?:=|%3D))", re.IGNORECASE)
    found: dict[str, str] = {}
    for key, value in query.items():
        if len(value) > 20_000:
            return given, []
        head, *others = inner.split(value)
        for name, held in [(key_of(key), head), *_pairs(others)]:
            if name in keys:
                found.setdefault(name, held)
    found = {key: _cleaned(key, value) for key, value in found.items()}
    if CHECK not in found:
        return found, []
    for held in (found, _each(found, "\r\n", ""), _each(found, "\r\n", " ")):
        if held[CHECK] == check(held):
            return held, []
    return found, [DAMAGED]


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    parted = [re.split("=|%3D", text, maxsplit=1, flags=re.IGNORECASE) for text in texts]
    return [(name.lower(), value) for name, value in parted]


def _cleaned(key: str, value: str) -> str:
    value = _WRAPPED.sub("", value)
    if key in _PLAIN or key == CHECK:
        return "".join(_UNSEEN.sub("", unquote(value)).split()).strip(_AROUND).lower()
    return "".join(value.split()).rstrip(_AROUND) if key in ("set", "lock") else value


def _each(query: Mapping[str, str], marks: str, other: str) -> dict[str, str]:
    return {key: re.sub(rf"[{marks}]+ ?", other, value) for key, value in query.items()}
