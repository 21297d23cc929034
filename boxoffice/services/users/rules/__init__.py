"""Pure decisions: addresses and names, passwords, slugs, roles, renewals of sessions."""
