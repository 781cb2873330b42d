"""Tools that know nothing of questions or people: time, text, fields, paging, networks, seals,
letters, the one client outward, the base of the admin's pages. No models.

What a tool is used for stands in the apps above.
"""
