"""What a picture's files are called, and where they lie."""

import re

NAME = re.compile(r"[0-9a-f]{32}(-s)?\.jpg")


def path_of(file_name: str) -> str:
    """Where a file lies in the store; two hex digits spread the folders."""
    return f"pictures/{file_name[:2]}/{file_name}"


def name_of(file_name: str) -> str:
    """The picture's name, whichever of its two files is asked for; "" where it is none of ours."""
    if not NAME.fullmatch(file_name):
        return ""
    return file_name.removesuffix(".jpg").removesuffix("-s")
