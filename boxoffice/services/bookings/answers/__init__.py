"""Answers to an event's questions: checked here, kept with the order, shown at the door."""
