"""Addresses as mail leaves them: mended where that is certain, known for damaged by the check at their end.

The check is two letters or digits (`c=xx`, the last parameter) over all the others; an address without it stays valid.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Mapping
from urllib.parse import unquote, unquote_plus

CHECK = "c"
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PLAIN = ("area", "split", "lens", "from", "order")
"""Parameters without a blank, a capital or a mark at their end."""
_AMPERSAND = re.compile(r"^(?:&|amp;|#38;|%26)+", re.IGNORECASE)
_WRAPPED = re.compile(r"__;(?:!!|[A-Za-z0-9+/=*]*!!).*$", re.DOTALL)
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_CODED = re.compile("%[0-9A-Fa-f]{2}")
_SOFT = re.compile(r"=\r?\n")
"""Where quoted-printable breaks a line."""
_PARAGRAPH = re.compile(r"(?:\r?\n\s*){2,}")
_AFTER = (re.compile(r"[^a-z0-9._-]"), re.compile('[<>"…=]'))
"""What comes after the end of a value of letters, digits and points; of an area, which may be a name."""
_AROUND = " .,;:!?()<>[]{}\"'“”‘’«»*_|…"
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
    first = re.split("=|%3D", key.rpartition("?")[2], maxsplit=1)[0]
    return _AMPERSAND.sub("", first.strip()).lower()


def mended(query: Mapping[str, str], keys: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """The known parameters of an address as they were sent, as far as that is certain; what to say where it is not."""
    given = {key: value for key, value in query.items() if key in keys}
    if CHECK in given and given[CHECK] == check(given):
        return given, []
    if any(len(value) > 20_000 for value in query.values()):
        return given, []
    inner = re.compile(rf"(?:&amp;|&|%26|;|\\u0026)+(?=(?:{'|'.join(keys)})(?:=|%3D))", re.IGNORECASE)
    found: dict[str, str] = {}
    for key, value in query.items():
        # A key may hold the whole query, its marks written as codes.
        text = f"{key}={value}" if value or "=" not in key else key
        head, *others = inner.split(_SOFT.sub("", text))
        for name, held in _pairs([head, *others]):
            if (known := key_of(name)) in keys:
                found.setdefault(known, held)
    if found and all(value.startswith("3D") for value in found.values()):  # as quoted-printable writes `=`
        found = {key: value[2:] for key, value in found.items()}
    found = {key: _cleaned(key, value) for key, value in found.items()}
    if CHECK not in found:
        return {k: unquote(v) if _CODED.search(v) and k not in _PLAIN else v for k, v in found.items()}, []
    for mend in _MENDS:
        tried = {key: value if key == CHECK else mend(value) for key, value in found.items()}
        if tried[CHECK] == check(tried):
            return tried, []
    return found, [DAMAGED]


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    parted = [[*re.split("=|%3D", text, maxsplit=1, flags=re.IGNORECASE), ""] for text in texts]
    return [("".join(name.split()), value) for name, value, *_ in parted]


def _cleaned(key: str, value: str) -> str:
    value = _PARAGRAPH.split(_WRAPPED.sub("", value))[0]
    if key in _PLAIN or key == CHECK:
        joined = _DASHES.sub("-", "".join(_UNSEEN.sub("", unquote(value)).split())).strip(_AROUND).lower()
        cut = _AFTER[key == "area"].search(joined)
        return (joined[: cut.start()] if cut and cut.start() else joined).rstrip(_AROUND)
    return "".join(value.split()).rstrip(_AROUND) if key in ("set", "lock") else value


def _without(marks: str, other: str) -> Callable[[str], str]:
    return lambda value: re.sub(rf"[{marks}]+ ?", other, value)


_MENDS: tuple[Callable[[str], str], ...] = (
    str,
    _without("\r\n", ""),
    _without("\r\n", " "),
    unquote,
    unquote_plus,
    lambda value: value.replace("+", " "),
    lambda value: value.replace("\u00a0", " "),
    lambda value: value.replace("'", "’"),
    lambda value: value.replace("’", "'"),
)
"""What mail does to names, undone one by one; the check tells which it was."""
