"""The programme: one TOML file per event, named like the address that its title gets."""

from importlib.resources import files

import msgspec

from boxoffice.demo.show import Show


def programme() -> list[Show]:
    """All shows; the drafts come last, so that a last one in place means all are."""
    shows = [
        msgspec.structs.replace(
            msgspec.toml.decode(file.read_bytes(), type=Show), slug=file.name.removesuffix(".toml")
        )
        for file in files(__name__).iterdir()
        if file.name.endswith(".toml")
    ]
    return sorted(shows, key=lambda show: (show.draft, show.when.weeks, show.slug))
