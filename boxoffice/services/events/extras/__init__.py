"""Setting up what comes with a ticket type."""
