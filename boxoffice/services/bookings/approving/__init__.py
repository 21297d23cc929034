"""Tickets that are applied for: the buyer asks, the organizer decides, then it is paid."""
