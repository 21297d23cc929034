"""Dates and times as files write them."""

from datetime import date, datetime


def parse_moment(text: str) -> date | datetime | None:
    """`2027-03-14`, or with a time, with or without offset; None for anything else."""
    clean = text.strip()
    try:
        if len(clean) <= 10:
            return date.fromisoformat(clean)
        return datetime.fromisoformat(clean.replace(" ", "T", 1))
    except ValueError:
        return None
