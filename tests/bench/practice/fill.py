"""Fill a database with a practice of some size: the same rows for the same seed."""

import random
from collections.abc import Callable

from django.db import transaction

from coach import clock
from coach.personas.models import Persona
from coach.site.seed import seed as seed_site
from tests.bench.practice.cases import Cases
from tests.bench.practice.course import Course
from tests.bench.practice.lessons import make_lessons
from tests.bench.practice.people import make_experts, make_people
from tests.bench.practice.site import make_foods, make_site
from tests.bench.practice.sizes import Size
from tests.bench.practice.talks import Talks

PARTS: tuple[Callable[[Course], None], ...] = (
    make_foods,
    make_experts,
    make_people,
    lambda course: Talks(course).make(),
    lambda course: Cases(course).make(),
    make_lessons,
    make_site,
)


@transaction.atomic
def fill(size: Size, seed: int = 1) -> Course:
    """All rows of a practice of `size`, in a database with those of a new site."""
    seed_site()
    course = Course(
        size,
        clock.now(),
        random.Random(seed),
        sage=Persona.objects.get(slug="sage"),
        partner=Persona.objects.get(slug="partner"),
    )
    for part in PARTS:
        part(course)
    course.rows.write()
    return course
