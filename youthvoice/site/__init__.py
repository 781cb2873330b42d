"""Pages that mix apps: home, the question page, organisations, the pulse, what is yours.

A page of one app alone is left to that app.
"""
