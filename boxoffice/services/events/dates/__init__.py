"""Dates of events: added, moved and deleted one by one, or made by the rule of a series."""
