"""Messages as a visitor of the screen needs them."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"; `python -m lgrdata [a-z ]*` lists them")


def told(message: str) -> str:
    """A message whose hint is a list on the screen, where it was a command for whoever runs the tool."""
    return _COMMAND.sub("; the lists on this page hold those there are", message)
