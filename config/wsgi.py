"""The web process's entrance: `config.wsgi:application`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from youthvoice.entrance.door import Handler  # noqa: E402 - only once Django is set up

application = Handler()
