"""Changing a confirmed order: whose it is, whom its tickets name, in which variation they come."""
