"""A house with life in it, for a first look: people, questions, and a way in for each role.

It acts through the same actions as everybody, and is never where people live.
"""
