"""Tests that share something costly stay together in one process of the test run."""

import os

import pytest

pytestmark = pytest.mark.xdist_group("together")


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="there is one process")
def test_a_group_is_known_to_the_processes(request):
    """pytest-xdist tells a group by the end of a test's name. A pytest that it doesn't know how
    to rename leaves the groups without effect and without a word: each process then walks the
    access matrix, and asks the crowd's 10,000 questions, for itself."""
    assert request.node.nodeid.endswith("@together")
