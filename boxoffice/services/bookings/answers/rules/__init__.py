"""Pure decisions about answers: what is asked of whom, and which values will do."""
