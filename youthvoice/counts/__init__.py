"""Numbers that pages show and that nobody reckons for a page: kept sums over all questions.

Apps say what a question counts for, as keys with numbers (`registry.add`). A step of the clock
reads in the journal which questions were touched, counts those anew, compares with what they
counted for before, and moves the sums by the difference. So a page reads a sum, the step's work
is what was touched or fell due, and neither grows with the number of questions. What else must
look at what was touched follows in the same transaction (`registry.follow`), or in a step of its
own, which is left notes (`queries.notes`). `recount` proves the sums. What stands here is of the
last run, some seconds old.
"""
