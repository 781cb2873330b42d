"""The three tables of moves: every state is in one, can be reached, and is no dead end."""

import pytest

from youthvoice.cases.choices import (
    HOP_MOVES,
    LANE_MOVES,
    MOVES,
    OWN_LANE,
    RUNNING,
    WAITING,
    HopState,
    LaneState,
    State,
)

TABLES = [
    (MOVES, State, State.RECEIVED, {State.CLOSED}),
    (LANE_MOVES, LaneState, LaneState.ASKED, set()),
    (
        HOP_MOVES,
        HopState,
        HopState.OPEN,
        {HopState.RETURNED, HopState.PASSED, HopState.WITHDRAWN},
    ),
]


@pytest.mark.parametrize(("moves", "states", "first", "final"), TABLES)
def test_every_state_can_be_reached_and_all_but_the_final_ones_left(moves, states, first, final):
    reached, fresh = {first}, {first}
    while fresh:
        fresh = {to for state in fresh for to in moves[state]} - reached
        reached |= fresh

    assert set(moves) == set(states) == reached
    assert {state for state in states if not moves[state] - {state}} == final


@pytest.mark.parametrize("state", [s for s in State if MOVES[s]])
def test_from_everywhere_the_asker_may_still_end_it(state):
    """However a case is tangled up, its end stays in sight."""
    reached, fresh = {state}, {state}
    while fresh:
        fresh = {to for one in fresh for to in MOVES[one]} - reached
        reached |= fresh

    assert {State.SOLVED, State.CLOSED} <= reached


def test_a_case_that_waits_has_a_running_clock_and_an_open_lane():
    assert set(WAITING) < set(RUNNING)
    assert {OWN_LANE[state] for state in RUNNING} == {LaneState.ASKED, LaneState.MOVING}


def test_the_own_lane_may_go_wherever_the_case_goes():
    for state, afters in MOVES.items():
        for after in afters:
            here, there = OWN_LANE.get(state), OWN_LANE.get(after)
            if here and there and here != there:
                assert there in LANE_MOVES[here], (state, after)
