"""Django's templates, drawn faster: same files, same tags, same bytes.

Django walks a template's nodes anew for each page, and asks of each dot what it means. Here a
template's nodes become functions once a process (`nodes.py`), its variables and filters too
(`values.py`); what is the same on every page (text, translations, addresses without arguments,
files) becomes text. What isn't known here is drawn by its own node, in a context that holds what
the node would have found. Rules for escaping are Django's own, and are called, not copied.
Decision 27 says why.
"""
