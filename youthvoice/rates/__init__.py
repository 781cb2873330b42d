"""What everybody may count again: the three rates, what they leave out, and the public ledger.

Its only rows are exclusions; all else is reckoned from those of the floors below. The page of
the rates is the site's.
"""
