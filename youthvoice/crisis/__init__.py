"""Signs of danger: out of public view, somebody told at once, and a log of what was done.

What a sign of danger looks like is left to `safety`, hiding by the rules to `moderation`.
"""
