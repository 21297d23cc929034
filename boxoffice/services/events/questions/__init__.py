"""Questions that organizers ask buyers and guests: set up, changed, put in order."""
