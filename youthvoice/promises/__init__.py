"""What bodies say under their answers they will have done by a day, and whether they kept it.

The clock that runs to that day is left to `cases`, asking back after it to `callbacks`.
"""
