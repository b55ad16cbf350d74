"""Progress and placement: how far a learner is, how sure that is, and what comes next.

`level` weighs objectives into a level, `evidence` reads them from the rows, `streak` counts days,
`page` puts the progress page together. `placement` chooses steps and ends, `proposal` names a
lesson.
"""
