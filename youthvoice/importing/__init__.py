"""Messages of an older platform: read from a file, checked and sorted row by row, taken over.

Writing them down as questions is left to `questions`, their holder to `cases`.
"""
