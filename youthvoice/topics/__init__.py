"""Topics: a name between two #, its host, which questions are in it, and what it counts.

Who takes part by what they do is told in `questions`; which questions a desk may put into one,
and its pages for that, are left to `gathering`.
"""
