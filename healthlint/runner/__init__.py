"""Many articles in one run.

discover.py finds them · session.py holds what the run shares · cache.py and workers.py give each article's report ·
neighbours.py adds the facts of the project's other articles · project.py runs the rules over all of them · run.py is
the order of it all · gate.py decides what is shown and what fails.
"""

from __future__ import annotations

from healthlint.runner.run import run
from healthlint.runner.session import Options, Session

__all__ = ["Options", "Session", "run"]
