"""The append-only, hash-chained record of every act.

What follows from an act is left to the floors above, which hear of it by `recorded`.
"""
