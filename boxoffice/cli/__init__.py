"""The command `boxoffice`: every process of an installation, and the tools to look after it.

    main          the commands
    serve         the supervisor: starts, watches and stops everything
    server        one HTTP server process
    work          the process that works behind the answers
    migrate demo  a database of the current version, and something to see in it
    doctor        is everything in place, and what to do if not
    openapi       the API's description
    seats         seating plans as files
    surroundings  which servers a command works with: given ones, running ones, or its own

The supervisor stays light: nothing that `serve` imports knows the web framework or the database
layer.
"""
