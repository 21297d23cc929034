"""The vocabulary of event categories; buyers filter by it."""

CATEGORIES = (
    "music",
    "theatre",
    "comedy",
    "film",
    "arts",
    "festival",
    "conference",
    "workshop",
    "meetup",
    "sports",
    "food",
    "family",
    "nightlife",
    "charity",
    "other",
)
