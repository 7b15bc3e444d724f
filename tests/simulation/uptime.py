"""When the clock could do its work: the process was up and had introduced itself, the database open, the wall clock right."""

from dataclasses import dataclass, field


@dataclass
class Uptime:
    """Troubles are spans of virtual seconds; one that goes on has no end yet."""

    spans: list[tuple[float, float]] = field(default_factory=list)
    skewed: list[tuple[float, float]] = field(default_factory=list)
    _open: dict[str, float] = field(default_factory=dict)

    def begins(self, trouble: str, now: float) -> None:
        self._open.setdefault(trouble, now)

    def ends(self, trouble: str, now: float) -> None:
        if trouble in self._open:
            self.add(self._open.pop(trouble), now, skewed=trouble == "skewed")

    def add(self, begin: float, end: float, *, skewed: bool = False) -> None:
        self.spans.append((begin, end))
        if skewed:
            self.skewed.append((begin, end))

    def longest(self, begin: float, end: float) -> float:
        """The longest time without trouble between two moments, in seconds."""
        longest, since = 0.0, begin
        for first, last in sorted([*self.spans, *((at, end) for at in self._open.values())]):
            if first >= end:
                break
            longest = max(longest, first - since)
            since = max(since, last)
        return max(longest, end - since)

    def was_skewed(self, moment: float) -> bool:
        return any(begin <= moment <= end for begin, end in self.skewed) or "skewed" in self._open
