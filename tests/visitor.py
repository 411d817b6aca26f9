"""A visitor without a browser: speaks Streamlit's websocket protocol, for load and CPU figures and for tests.

Does what the page's script would: sends widget values and the address back, follows address changes, counts what
arrives. It draws nothing.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PAINTED = "lgr_painted_map"


@dataclass
class Answer:
    """What one request brought."""

    seconds: float
    """From the request to the end of the last run it led to."""
    bytes: int
    faults: list[str] = field(default_factory=list)
    """Exceptions and error boxes on the page."""
    text: str = ""
    """The words of the page's markdown and HTML."""


@dataclass
class Visitor:
    """One websocket session. Use `async with Visitor(address) as v`."""

    address: str
    query: dict[str, str] = field(default_factory=dict)
    page: str = ""
    """Path of the page's address: '' is the first."""
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    boxes: dict[str, Any] = field(default_factory=dict)
    """Select boxes of the page, by label."""
    map_id: str = ""
    map_data: dict[str, Any] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    sequence: int = 0
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Visitor:
        url = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(url, max_size=None, compression=None, ping_interval=None, open_timeout=30)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def open(self, page: str, **query: str) -> Answer:
        """Go to a page: by the menu once the session has one, cold before."""
        self.page = page
        if query:
            self.query = dict(query)
        self.widgets.clear()
        return await self.rerun(moved=True)

    async def choose(self, label: str, option: str) -> Answer:
        """Choose an option, by its text, in a select box of the page."""
        box = self.boxes[label]
        if option not in box.options:
            raise LookupError(f"{label} has no {option!r}; it has {list(box.options)[:5]}")
        state = WidgetState(id=box.id)
        state.string_value = option
        self.widgets[box.id] = state
        return await self.rerun()

    async def paint(self, code: str, council: int) -> Answer:
        """Give a block to a council on the painted map."""
        self.sequence += 1
        act = {"seq": self.sequence, "type": "paint", "codes": [code], "council": council}
        event = {"event": "event", "value": {"client": f"visitor-{id(self)}", "actions": [act], "selected": council}}
        trigger = WidgetState(id=_make_trigger_id(self.map_id, "events"), json_trigger_value=json.dumps([event]))
        return await self.rerun(trigger)

    def next_stroke(self, turn: int) -> tuple[str, int]:
        """A block that has a neighbour council to go to, another each turn: (code, council)."""
        standing = self.map_data["state"]["assignment"]
        councils = len(self.map_data["state"]["councils"])
        free = [i for i, c in enumerate(standing) if standing.count(c) > 1]
        place = free[turn % len(free)]
        return self.codes[place], (standing[place] + 1) % max(councils, 2)

    async def rerun(self, trigger: WidgetState | None = None, *, moved: bool = False) -> Answer:
        """Ask for a run with the widgets as they stand and wait until the server has finished.

        `moved`: it comes of a link or of Back, as the browser tells the server.
        """
        assert self._socket is not None
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self.query)
        state.is_history_navigation = moved
        state.widget_states.widgets.extend([*self.widgets.values(), *([trigger] if trigger else [])])
        if self.page in self.pages:
            state.page_script_hash = self.pages[self.page]
        else:
            state.page_name = self.page
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        answer = Answer(0.0, 0)
        while not await self._take(answer):
            pass
        answer.seconds = time.perf_counter() - begun
        return answer

    async def _take(self, answer: Answer) -> bool:
        assert self._socket is not None
        data = await asyncio.wait_for(self._socket.recv(), 60)
        assert isinstance(data, bytes)
        answer.bytes += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.boxes.clear()
            answer.faults.clear()
            answer.text = ""
        elif kind == "navigation":
            self.pages = {
                p.url_pathname if not p.is_default else "": p.page_script_hash for p in message.navigation.app_pages
            }
        elif kind == "page_info_changed":
            self.query = dict(parse_qsl(message.page_info_changed.query_string))
        elif kind == "page_not_found":
            answer.faults.append("page not found")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element, answer)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _element(self, element: Any, answer: Answer) -> None:
        kind = element.WhichOneof("type")
        if kind == "selectbox":
            self.boxes[element.selectbox.label] = element.selectbox
        elif kind == "exception":
            answer.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            answer.faults.append(element.alert.body)
        elif kind == "html":
            answer.text += element.html.body
        elif kind == "markdown":
            answer.text += element.markdown.body
        elif kind == "bidi_component" and element.bidi_component.component_name.endswith(PAINTED):
            component = element.bidi_component
            self.map_id = component.id
            self.map_data = json.loads(component.json or component.mixed.json)
            parcel = self.map_data["parcels"].get(self.map_data["geometry"])
            if parcel is not None:
                self.codes = [row[0] for row in json.loads(parcel)["blocks"]]
