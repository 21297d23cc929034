"""Pure decisions about seats: plans of halls, and who sits where.

    plans       a seating plan as organizers exchange it: zones, rows, seats, areas, categories
    checking    from a file to a plan, or a list of everything that is wrong with it
    generating  sections of straight or curved rows out of a few numbers
    halls       a hall to begin with
    floors      a plan as compact arrays, made to be searched
    best        the best free seats for a party
    choosing    which seats an order gets of those that are free
    drawing     a floor as a small document that a browser draws

Front and centre mean the plan's focus: where everybody looks.
"""
