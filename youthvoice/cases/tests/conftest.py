import pytest


@pytest.fixture(autouse=True)
def reads(held_reads):
    return held_reads
