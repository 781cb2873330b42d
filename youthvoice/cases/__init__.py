"""Who holds a question, and how it is handled: lanes, hops, clocks, terms, routes, escalation.

What is said in answer is left to `questions`; the calendar of deadlines to `workdays`.
"""
