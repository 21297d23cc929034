"""Numbered seats: maps of halls, the one that a date uses, and what of it is free.

maps       imports, generates, versions and exports seat maps
attaching  gives a date a map, and its categories ticket types
floors     seatings as the rules search them, remembered
claims     reads which seats are taken, under the locks of a flush
blocks     what the staff keeps from the sale
shown      the drawing and what is free of it, for everybody
"""
