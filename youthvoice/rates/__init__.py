"""What everybody may count again: the three rates, what they leave out, and the public ledger.

Its only rows are exclusions, each by two leads; it changes nothing that it counts. When a reply
came is left to `cases`, what askers say of one to `callbacks`.
"""
