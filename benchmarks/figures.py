"""One figure and what it is held against."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; a limit it must not pass (`at_least` turns it round), or a peer's value beside it."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    peer: float | None = None
    peer_name: str = ""
    at_least: bool = False
    ratio_limit: float | None = None

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        words: dict[str, object] = {"name": self.name, "value": round(self.value, 4), "unit": self.unit}
        if self.limit is not None:
            words["limit"] = self.limit
        if self.peer is not None:
            words |= {"peer": round(self.peer, 4), "peer_name": self.peer_name, "ratio": round(self.ratio, 3)}
        return json.dumps(words | {"ok": self.is_held})

    @property
    def ratio(self) -> float:
        """The value over the peer's."""
        return self.value / self.peer if self.peer else 0.0

    @property
    def is_held(self) -> bool:
        """Whether the value is on the right side of its limit."""
        good = self.limit is None or (self.value >= self.limit if self.at_least else self.value <= self.limit)
        return good and (self.ratio_limit is None or self.ratio >= self.ratio_limit)
