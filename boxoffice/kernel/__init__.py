"""The words every other room knows: money, ids, time, pages, refusals, facts, actors.

Pure and tiny: no database, no web framework, no network. Everything may import it; it imports
nothing of ours.
"""
