from config.settings import *  # noqa: F403 - the settings of a house

ROOT_URLCONF = "tests.scripts.hanging.urls"
