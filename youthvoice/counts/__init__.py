"""Numbers that pages show and that nobody reckons for a page: kept sums over all questions.

Apps say what a question counts for, as keys with numbers (`registry.add`). An act only notes
which question it touched; a step of the clock counts that question anew, compares with what it
counted for before, and moves the sums by the difference. So a page reads a sum, the step's work
is what was touched or fell due, and neither grows with the number of questions. `recount` proves
the sums. What stands here is of the last run, some seconds old.
"""
