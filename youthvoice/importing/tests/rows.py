"""Rows of a messages file."""


def row(number=1, **changes):
    """A message with its reply; a change to None leaves the key out."""
    values = {
        "id": number,
        "author": f"A{number:06d}",
        "title": f"小区门口的路灯坏了 {number}",
        "body": "晚上看不清。\n请派人来修。",
        "asked_at": "2019-07-02T09:05:00+08:00",
        "reply": "已经派人修好。",
        "replied_at": "2019-07-05T10:05:00+08:00",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def unanswered(number=1, **changes):
    return row(number, reply=None, replied_at=None, **changes)
