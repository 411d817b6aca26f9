"""Write docs/library.md from the docstrings of `import lgrdata`: `python docs/make_library.py`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import lgrdata  # noqa: E402  (the path comes first: this runs from a checkout)

PAGE = ROOT / "docs" / "library.md"

HEAD = """# As a library

{about}

Install it from a checkout with `pip install .`; the commands are then `lgr` and `lgr-export`. An installed copy builds
its dataset once, in the user's cache folder; `LGR_DB` names another. The app itself runs from the checkout.

## Two splits of Norfolk, priced and drawn

```python
import altair as alt
import lgrdata
import pandas as pd

data = lgrdata.open_dataset()
splits = [data.split("norfolk", name) for name in ("norfolk-2ua", "norfolk-3ua")]
costs = pd.concat([lgrdata.effects(split).to_frame("costs") for split in splits])
net = alt.X("five_year_net_gbp_m", title="£ million; below zero is a cost")
bars = alt.Chart(costs, title="Norfolk: net over five years").mark_bar()
bars = bars.encode(x=net, y=alt.Y("split", title=None), row=alt.Row("lens", sort=["county", "middle", "district"]))
bars.save("norfolk.svg")
```

In a notebook the name of the chart alone, `bars`, shows it. No lens is the true one: a difference that all three agree
on is worth telling, one that they do not is not.

## Reference

Made from the docstrings by `python docs/make_library.py`; each example is run by a test. They share one dataset:

```pycon
>>> import lgrdata
>>> data = lgrdata.open_dataset()
```
"""


def text() -> str:
    """The whole page."""
    parts = [HEAD.format(about=inspect.cleandoc(lgrdata.__doc__ or ""))]
    things = {name: getattr(lgrdata, name) for name in lgrdata.__all__}
    parts += [_entry(f"lgrdata.{name}", thing) for name, thing in things.items() if inspect.isfunction(thing)]
    for name, thing in things.items():
        if inspect.isclass(thing):
            parts.append(_entry(f"lgrdata.{name}", thing))
            parts += [_entry(f"{name}.{inner}", member, "####") for inner, member in _members(thing)]
    return "\n".join(parts)


def _members(thing: type) -> Iterator[tuple[str, Any]]:
    if issubclass(thing, Exception):
        return
    shown = {n: m for kind in reversed(thing.__mro__) for n, m in vars(kind).items() if not n.startswith("_")}
    for name, member in shown.items():
        if inspect.isfunction(member) or isinstance(member, property):
            yield name, member


def _entry(name: str, thing: Any, mark: str = "###") -> str:
    call = "" if inspect.isclass(thing) or isinstance(thing, property) else _call(thing)
    prose, _, example = (inspect.getdoc(thing) or "").partition("\n>>> ")
    out = f"{mark} `{name}{call}`\n\n{prose.strip()}\n"
    return f"{out}\n```pycon\n>>> {example.strip()}\n```\n" if example else out


def _call(thing: Any) -> str:
    """How it is called, defaults and all, without types: names and words say what goes in."""
    parts, star = [], False
    for p in inspect.signature(thing).parameters.values():
        if p.name == "self":
            continue
        if p.kind is p.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        default = p.default.__name__ if callable(p.default) and p.default is not p.empty else repr(p.default)
        parts.append(p.name if p.default is p.empty else f"{p.name}={default}")
    return f"({', '.join(parts)})"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
