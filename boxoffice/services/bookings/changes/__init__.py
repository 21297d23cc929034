"""Dates that are cancelled or postponed, and what that means for every order of theirs."""
