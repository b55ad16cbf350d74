"""The learned score: what the last things a member said may mean. Pure; it only adds to the rules.

`score` needs 5 to 20 ms, and a second at its first call in a process: call it in a thread. How it
was trained, on what, and how right it is: `README.md` beside this file.
"""

from handoff.screening.score.flags import Scored as Scored
from handoff.screening.score.flags import Thresholds as Thresholds
from handoff.screening.score.flags import score as score
from handoff.screening.score.flags import trained as trained
