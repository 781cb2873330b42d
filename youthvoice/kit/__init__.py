"""Tools that know nothing of questions or people: time, text, fields, paging, networks, seals,
letters, the one client outward. No models.

What a tool is used for stands in the apps above.
"""
