"""Seats as the stock needs them.

floors  the seatings of dates as the rules search them, remembered
claims  which seats are taken, read under the locks of a flush
"""
