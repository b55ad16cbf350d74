"""The product's settings, and the slow tool beside its own."""

from coach.settings import *  # noqa: F403
from coach.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.slow_tool"]
