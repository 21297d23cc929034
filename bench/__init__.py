"""Load generators and the limits they are compared with; `make bench` runs them all.

Closed loops on loopback, durable commits, everything on the same cores. Figures vary with the
machine; the ratios within one run are what counts.
"""
