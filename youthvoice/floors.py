"""The floors of the house: an app imports only apps on the floors below it, none on its own.

This is the one place that names the apps. The settings install them, the lowest first, so that
what a floor does on an act comes after what those below it did; import-linter holds them to it
(tests/architecture/contracts.py).
"""

#: From the roof to the ground.
FLOORS = (
    ("site",),
    ("demo", "rates", "yours"),
    ("callbacks",),
    ("crisis", "desks", "gathering", "moderation", "outside", "promises", "routing"),
    ("cases", "importing", "supplements", "topics"),
    ("questions",),
    ("pictures", "safety", "sealed"),
    ("orgs", "workdays"),
    ("people",),
    ("counts",),
    ("clock", "entrance", "journal", "limits", "reads"),
    ("readymade",),
    ("kit",),
)
#: Beside the floors: what starts the processes. They must outlive whatever goes wrong in an app.
BESIDE = ("__main__", "cli", "floors", "supervisor")

APPS = tuple(app for floor in reversed(FLOORS) for app in floor)
