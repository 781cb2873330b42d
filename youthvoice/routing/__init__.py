"""Who should have a question: learnt at night from what staff decided, and suggested to them.

The table of routes, and handing over, are left to `cases`.
"""
