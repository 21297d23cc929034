"""The servers we bring along: PostgreSQL and Valkey, run by us when no URL names others.

    folder     the data folder and who may run servers on it
    vault      secrets made once and kept in the data folder
    lodging    which account a server runs as, and a folder that account can reach
    binaries   which PostgreSQL is run: the chosen one, the wheel's, or the machine's
    cluster    making and configuring a database cluster
    tuning     PostgreSQL's settings
    postgres   the running PostgreSQL
    valkey     the running Valkey
    processes  children that end with their parent

Everything else in the product only ever sees a URL. Nothing here imports the database layer, so the
process that runs the servers stays small.
"""
