"""What askers say came of an answer, asked one day and four weeks after it, by letter or page.

What a question hangs on is left to `gathering`, counting what was said to `rates`.
"""
