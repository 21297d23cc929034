"""Something to see: a demo organizer with a programme, made through the services' own doors.

people     who can sign in, and the organizer they find
programme  the events as data, one file each; its name is the event's address
art        covers, drawn when they are needed
staging    one event from its data to its page
loading    all of it, once
"""

from boxoffice.demo.loading import load

__all__ = ["load"]
