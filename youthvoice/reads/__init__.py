"""Honest read counts: one a visitor, target and hour; robots and staff apart.

What is read, and where counts are shown, is left to the pages.
"""
