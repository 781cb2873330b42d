"""Which cases may be handled together, by the states of `cases`."""

from youthvoice.cases.choices import RUNNING, WAITING, State

#: May be merged into another: the asker waits, for whomever.
MERGEABLE = (*WAITING, State.REFERRED, State.ASKING)
#: May lead others.
LEADING = (*RUNNING, State.ASKING, State.ANSWERED)
#: May hang on a lead: its asker may have said that it is solved.
HANGING = (State.MERGED, State.SOLVED, State.ASIDE)
