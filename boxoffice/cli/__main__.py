"""`python -m boxoffice.cli`, for where the command itself is not on the path."""

from boxoffice.cli.main import main

main()
