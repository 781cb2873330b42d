"""How well organisations answer: the three rates, counted from the rows, with their sheets.

It changes nothing that it counts.
"""
