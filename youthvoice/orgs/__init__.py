"""Regions, organisations and who works in them, and the rights that follow from that.

What an organisation holds or answers is left to `cases` and `questions`.
"""
