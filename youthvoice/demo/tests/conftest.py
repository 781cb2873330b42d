import pytest

from youthvoice.demo.tests.province import load_house


@pytest.fixture(autouse=True)
def reads(held_reads):
    return held_reads


@pytest.fixture
def empty_house(db):
    """The province as it is before anybody lives in it."""
    load_house()
