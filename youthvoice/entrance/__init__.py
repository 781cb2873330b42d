"""What stands before Django: the front, the door, and the pages that are kept.

What a page shows is left to the views (kit/public.py), and what an act changes to `site`.
"""
