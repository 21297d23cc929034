"""What the product's processes cost: CPU seconds and proportional memory, by part."""

import os
from pathlib import Path

import msgspec

_TICKS = os.sysconf("SC_CLK_TCK")


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """CPU seconds since the start; PSS in MB: memory that k processes share counts 1/k in each."""

    cpu: float
    pss_mb: float


def costs(root: int) -> dict[str, Cost]:
    """The cost of each part among the descendants of process `root` and itself."""
    parts: dict[str, Cost] = {}
    for pid in [root, *descendants(root)]:
        try:
            part, cost = part_of(pid), Cost(cpu=_cpu(pid), pss_mb=_pss(pid))
        except (FileNotFoundError, ProcessLookupError):
            continue
        before = parts.get(part, Cost(cpu=0.0, pss_mb=0.0))
        parts[part] = Cost(cpu=before.cpu + cost.cpu, pss_mb=before.pss_mb + cost.pss_mb)
    return parts


def descendants(root: int) -> list[int]:
    """All processes below `root`."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found: list[int] = []
    queue = [root]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found


def part_of(pid: int) -> str:
    """Which part of the product a process is."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    name = Path(f"/proc/{pid}/comm").read_text().strip()
    for part, marks in {
        "postgres": ("postgres",),
        "valkey": ("valkey",),
        "practice": ("boxoffice.practice",),
        "worker": ("cli.work",),
        "server": ("cli.server", "granian"),
    }.items():
        if any(mark in command or mark in name for mark in marks):
            return part
    return "supervisor"


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _pss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
