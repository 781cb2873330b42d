import pytest
from django.db import transaction

from tests.factories import MONDAY
from youthvoice.demo.actions import load_demo
from youthvoice.demo.tests.province import load_house


@pytest.fixture(scope="package")
def demo_house(django_db_setup, django_db_blocker):
    """The province with the demo, for all tests of this folder: loading it takes seconds.

    Gives the number of its questions. What a test changes is gone after it, and all of it
    after the last one here.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_house()
        yield load_demo(at=MONDAY)
        transaction.set_rollback(True)
