"""Questions that are the same thing: found, handled together under a lead, made a topic of.

How the lead is handled is left to `cases`, what a topic is, holds and counts to `topics`.
"""
