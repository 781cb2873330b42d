"""Pictures that people send: drawn anew in a child process, kept as files, and given out.

Which row has a picture, and who may see it, is the business of the app whose picture it is.
"""
