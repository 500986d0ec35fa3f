"""Reading the log: what happened with each question, in order, on a clock that stops when nobody reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field

# Any sight or sound of the mother-tongue text while the question is on the screen.
LOOKS = frozenset({"to_l1", "audio_l1", "l1_mode_on"})
LEAVES = frozenset({"next", "back", "end"})
STOPS = frozenset({"blur", "pause", "idle", "end"})
SILENT = frozenset({"prompt"})  # made by the program: tells nothing about whether somebody is there
SKIPPED, DONT_KNOW = "sk", "dk"
NO_ANSWER_STATES = frozenset({SKIPPED, DONT_KNOW})


@dataclass(frozen=True)
class Event:
    """One line of the log. ``ms`` counts on a monotonic clock; ``state`` stands for the answer after an answer or change
    (equal states are equal answers, empty is unanswered)."""

    kind: str
    item: str
    ms: int
    state: str = ""


@dataclass
class Trace:
    """What happened with one question. Times are milliseconds of visible time since it was first shown."""

    key: str
    opened_in_l1: bool = False
    ms: int = 0
    state: str = ""
    aid_ms: int | None = None  # first look or first help with the question before the first answer
    heard_german: bool = False  # before the first answer
    first_answer_ms: int | None = None
    first_answer: str | None = None
    before_late_look: str | None = None  # the state before the first look after the first answer

    @property
    def is_answered_once(self) -> bool:
        """Whether the question has been left at least once."""
        return self.first_answer is not None

    @property
    def final(self) -> str:
        """What stands at the end; nothing at all counts as skipped."""
        return self.state or SKIPPED

    def look(self) -> None:
        """Note a look at the mother-tongue text, after the German was shown."""
        if not self.is_answered_once:
            self.aid()
        elif self.before_late_look is None:
            self.before_late_look = self.final

    def aid(self) -> None:
        """Note the first look or help before the first answer."""
        if not self.is_answered_once and self.aid_ms is None:
            self.aid_ms = self.ms

    def leave(self) -> None:
        """What stands when the question is left for the first time is the first answer."""
        if not self.is_answered_once:
            self.first_answer, self.first_answer_ms = self.final, self.ms


@dataclass
class _Reader:
    traces: dict[str, Trace] = field(default_factory=dict)
    current: Trace | None = None
    l1_mode: bool = False
    running: bool = False
    last_ms: int = 0

    def read(self, event: Event) -> None:
        """Move the clock, then let the event act on the question that is on the screen."""
        if self.current is not None and self.running:
            self.current.ms += max(0, event.ms - self.last_ms)
        self.last_ms = event.ms
        if event.kind in SILENT:
            return
        self.running = event.kind not in STOPS
        if event.kind == "shown":
            self._show(event.item)
        elif event.kind in ("l1_mode_on", "l1_mode_off"):
            self.l1_mode = event.kind == "l1_mode_on"
        self._act(event)

    def _show(self, key: str) -> None:
        if self.current is not None and self.current.key != key:
            self.current.leave()  # a lost Next: whoever sees another question has left this one
        known = key in self.traces
        self.current = self.traces.setdefault(key, Trace(key, opened_in_l1=self.l1_mode))
        if known and self.l1_mode:
            self.current.look()

    def _act(self, event: Event) -> None:
        trace = self.current
        if trace is None or (event.item and event.item != trace.key):
            return
        if event.kind in LOOKS:
            trace.look()
        elif event.kind == "help":
            trace.aid()
        elif event.kind == "audio_de":
            trace.heard_german = trace.heard_german or not trace.is_answered_once
        elif event.kind in ("answer", "change"):
            trace.state = event.state
        elif event.kind in ("dont_know", "skip"):
            trace.state = DONT_KNOW if event.kind == "dont_know" else SKIPPED
        elif event.kind in LEAVES:
            trace.state = trace.final
            trace.leave()
            self.current = None


def read_log(events: Iterable[Event]) -> dict[str, Trace]:
    """Return what happened with each question that was shown, in the order in which they were first shown.

    ``events`` come in the order of the log. A clock that runs backwards adds nothing. The end of the log is an end.
    """
    reader = _Reader()
    for event in events:
        reader.read(event)
    if reader.current is not None:
        reader.current.leave()
    return reader.traces
