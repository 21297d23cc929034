"""Presales: who registers for early access, who gets it, and how they hear of it."""
