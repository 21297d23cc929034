"""Presales: how an event gives early access, and the passes of those who got it.

Who registers, and who of them is chosen, is known to bookings.
"""
