"""Pictures that people send: drawn anew in a child process, kept as files, and given out.

What has a picture, and who may see it, is left to the app whose picture it is.
"""
