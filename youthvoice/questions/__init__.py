"""Questions, answers, comments and pictures: what people say, and who may change it.

Who must answer, and by when, is left to `cases`; what may not stay, to `moderation`.
"""
