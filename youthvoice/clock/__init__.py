"""The worker's sense of time: steps that fall due, and a sign of life.

Each app joins its own steps to the registry, and does the work itself.
"""
