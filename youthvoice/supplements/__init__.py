"""补充说明: the page on which an asker adds pictures and puts field and region right.

The question's rows are left to `questions`, the trail that tells of it to `cases`.
"""
