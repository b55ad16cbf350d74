"""daphne on uvloop: `python -m coach.site.run.daphne` takes daphne's own arguments.

daphne makes its loop while it is imported, so the kind of loop is chosen before that.
"""

import asyncio
import runpy

import uvloop

if __name__ == "__main__":
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    runpy.run_module("daphne", run_name="__main__")
