"""Storms: crowds against the running product while its parts are killed; `make storm` runs all.

Nothing here measures speed. Each storm keeps a journal of what the product acknowledged, compares
it with the database afterwards, and counts offenders: there must be none.
"""
