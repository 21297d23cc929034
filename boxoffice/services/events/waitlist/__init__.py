"""Places in line for what is sold out, and the offers made to them from what comes free.

Offers are made in transactions of their own, and whoever gets one has real claims. That the sale
meanwhile leaves alone what they would get is `kept`'s part.
"""
