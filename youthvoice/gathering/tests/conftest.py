import pytest


@pytest.fixture(autouse=True)
def reads(held_reads):
    """Pages count reads; a thread of its own would write beside the test's transaction."""
    return held_reads
