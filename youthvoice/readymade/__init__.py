"""What is made once a process for all pages: templates, the SQL of queries, pieces of pages.

What a page shows is left to the views, and which pages are kept as a whole to `entrance`.
"""
