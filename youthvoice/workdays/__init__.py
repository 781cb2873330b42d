"""On which days and in which hours work counts: the calendar that deadlines stand on.

Which deadline an act has is left to `cases`.
"""
