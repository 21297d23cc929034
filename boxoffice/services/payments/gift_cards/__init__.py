"""Gift cards: money that an organizer owes in tickets, across all of its events."""
