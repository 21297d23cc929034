"""What can go wrong with a server of our own, said in one sentence that names the next step."""


class ServerTrouble(Exception):
    """A server could not be found, made, started or stopped."""


class FolderTrouble(ServerTrouble):
    """The data folder cannot be used as it is."""
