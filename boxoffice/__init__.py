"""Boxoffice: the open-source booking platform for events."""
