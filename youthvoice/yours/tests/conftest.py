import time

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import PersonFactory

METHODS = "account_authentication_methods"


@pytest.fixture(autouse=True)
def _own_exports(tmp_path, settings, held_reads):
    """In the data folder, where the search for strings looks."""
    settings.EXPORTS_ROOT = settings.DATA_DIR / "exports" / tmp_path.name


def signed_in(person, *, ago=0.0, again=True):
    """A browser in which the person has given the password so many seconds ago."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    proved = {"method": "password", "at": time.time() - ago, "reauthenticated": again}
    session[METHODS] = [*session.get(METHODS, []), proved]
    session[f"{METHODS}_user"] = str(person.pk)
    session.save()
    return client


@pytest.fixture
def youth(db):
    return PersonFactory(nickname="小麦", username="xiaomai", email="mai@mail.test")


@pytest.fixture
def client(youth):
    return signed_in(youth)
