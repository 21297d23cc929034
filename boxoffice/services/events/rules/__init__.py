"""Pure decisions about events: no clock, no session, no settings."""
