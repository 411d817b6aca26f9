"""Python reads this at its start where this folder is on its path: notes every way out of the machine that is tried.

One line of JSON an attempt goes to the file that LGR_TEST_ATTEMPTS names. Listening is noted too: it shows that the
notes are being taken.
"""

import json
import os
import sys

NOTED = ("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostby")


def _note(event: str, args: tuple[object, ...]) -> None:
    if event.startswith(NOTED):
        # The first of `args` is the socket, but for look-ups, which have none.
        far = args[0] if "get" in event else args[1]
        with open(os.environ["LGR_TEST_ATTEMPTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps([event, far if isinstance(far, str) else list(far)], default=str) + "\n")  # type: ignore[call-overload]


if "LGR_TEST_ATTEMPTS" in os.environ:
    sys.addaudithook(_note)
