"""What an organizer asks buyers and guests: the questions of an event, checked as a whole."""
