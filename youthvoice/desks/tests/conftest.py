import pytest


@pytest.fixture(autouse=True)
def _reads(held_reads):
    """No thread of reads beside a test."""
