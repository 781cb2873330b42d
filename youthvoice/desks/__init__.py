"""What staff see and work with: desks, the page of a case, notes, canned replies, asking on behalf.

Who holds a case and how it moves is left to `cases`.
"""
