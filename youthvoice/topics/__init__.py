"""Topics: a name between two #, its host and its counters as they are kept.

Which questions are in one, and who thereby counts, is left to `questions`.
"""
