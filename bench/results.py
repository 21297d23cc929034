"""What a run found: rows of measurements, promises that must hold, and goals for this machine."""

from pathlib import Path

import msgspec

from bench.load import Load

LATEST = Path(__file__).parent / "results" / "latest.json"


class Row(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One measurement; rates per second, times in milliseconds, CPU seconds by part.

    `busy` are 429 that tell of overload; `faults` are 5xx and answers that never came.
    """

    name: str
    clients: int = 0
    per_s: float = 0.0
    p50_ms: float = 0.0
    p95_ms: float = 0.0
    p99_ms: float = 0.0
    outcomes: dict[str, int] = {}
    busy: int = 0
    faults: int = 0
    cpu: dict[str, float] = {}
    rss_mb: float = 0.0
    figures: dict[str, float] = {}
    note: str = ""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A promise: what was found must be what is wanted, on any machine."""

    what: str
    found: str | float | bool
    wanted: str | float | bool

    @property
    def is_kept(self) -> bool:
        return self.found == self.wanted


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """A figure to reach on two cores: at least so much, or at most."""

    what: str
    found: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.at_least is None or self.found >= self.at_least) and (
            self.at_most is None or self.found <= self.at_most
        )


class Findings(msgspec.Struct, kw_only=True):
    """Of one scenario, or of several together."""

    rows: list[Row] = []
    checks: list[Check] = []
    goals: list[Goal] = []

    def add(self, more: "Findings") -> None:
        self.rows += more.rows
        self.checks += more.checks
        self.goals += more.goals


class Results(Findings, kw_only=True):
    """A whole run, as it is kept."""

    measured_at: str = ""
    machine: str = ""
    settings: dict[str, str] = {}

    @property
    def broken(self) -> list[Check]:
        return [check for check in self.checks if not check.is_kept]

    def row(self, name: str, clients: int = 0) -> Row | None:
        """The row of that name, with so many clients if that matters."""
        found = (row for row in self.rows if row.name == name and clients in {0, row.clients})
        return next(found, None)


def row_of(name: str, load: Load, *, clients: int = 0, label: str | None = None) -> Row:
    """What the answers to `label` (None: all) say."""
    told = load.latencies(label)
    return Row(
        name=name,
        clients=clients,
        per_s=round(len(told) / load.seconds, 1) if load.seconds else 0.0,
        p50_ms=round(load.percentile_ms(0.50, label), 2),
        p95_ms=round(load.percentile_ms(0.95, label), 2),
        p99_ms=round(load.percentile_ms(0.99, label), 2),
        outcomes=load.outcomes_of(label),
        busy=load.busy,
        faults=load.faults,
    )


def no_faults(name: str, load: Load) -> Check:
    """No answer of a load was a fault."""
    return Check(what=f"{name}: faults (5xx, or no answer)", found=load.faults, wanted=0)
