"""What goes with a deletion in the console is told by numbers, and they are Django's own."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_deleted_objects
from django.db.models import CASCADE
from django.urls import reverse

from coach import clock
from coach.counted_deletion import NAMED, CountedDeletion, _pointing_at
from coach.people.models import HealthFact, User
from coach.personas.models import Persona
from coach.read_only_admin import ReadOnly
from coach.talk.actions import start_session
from coach.talk.brief import make_brief
from coach.talk.models import Session
from handoff import actions
from handoff.models import Expert, Outbox, WebHook
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin():
    return User.objects.create_superuser("robin@example.org", display_name="Robin")


@pytest.fixture
def world(settings):
    """A member with a diary and a case that an expert has, and who was told of it."""
    world = World()
    world.say("member", "two eggs")
    world.eat()
    HealthFact.objects.create(member=world.member, kind="symptom", value="tired")
    case = actions.raise_escalation(world.session, "ASK", 3, "can I talk to somebody")
    hook = WebHook.objects.create(name="Practice", url="https://hooks.example.org/")
    for _ in range(3):
        at = clock.now()
        told = {"channel": "hook", "kind": "case", "hook": hook, "escalation": case}
        Outbox.objects.create(**told, created_at=at, next_try_at=at)
    expert = User.objects.create_user("asha@example.org", display_name="Asha")
    Expert.objects.create(user=expert, title="dietitian", domains=["nutrition"])
    return world


def asked(rf, person, row):
    """What the console tells of the deletion, and what Django would."""
    request = rf.get("/")
    request.user = person
    page = admin.site.get_model_admin(type(row))
    return page.get_deleted_objects([row], request), get_deleted_objects([row], request, admin.site)


@pytest.mark.parametrize("model", [User, Persona, WebHook, Expert])
def test_the_numbers_are_those_of_what_django_deletes(rf, robin, world, model):
    for row in model.objects.all():
        (_names, counts, denied, held), (_tree, plain, refused, protected) = asked(rf, robin, row)
        assert counts == plain
        assert bool(held) == bool(protected)
        if not held:  # else Django also looks who may delete what is in the way
            assert denied == {str(name) for name in refused}


def test_the_page_of_a_person_says_what_may_not_go_with_them(client, robin, world):
    client.force_login(robin)
    page = client.get(reverse("admin:people_user_delete", args=[world.member.pk])).text
    assert "permission" in page
    assert "two eggs" not in page


def test_the_page_of_a_web_hook_counts_what_was_sent(client, robin):
    hook = WebHook.objects.create(name="Old", url="https://old.example.org/")
    client.force_login(robin)
    address = reverse("admin:handoff_webhook_delete", args=[hook.pk])
    assert "Old" in client.get(address).text
    client.post(address, {"post": "yes"})
    assert not WebHook.objects.exists()


def test_more_rows_are_asked_for_by_as_many_statements(
    client, robin, world, django_assert_num_queries
):
    client.force_login(robin)
    address = reverse("admin:people_user_delete", args=[world.member.pk])
    with django_assert_num_queries(72, exact=False) as few:
        client.get(address)
    for number in range(50):
        HealthFact.objects.create(member=world.member, kind="symptom", value=f"tired {number}")
        world.say("member", f"egg {number}")
    with django_assert_num_queries(len(few), exact=False):
        assert "Cannot delete" in client.get(address).text


def test_of_what_stands_in_the_way_only_some_is_named(rf, robin):
    persona = Persona.objects.create(slug="sage", name="Sage", instructions="Coach.")
    maya = User.objects.create_user("maya@example.org")
    for _ in range(NAMED + 5):
        start_session(maya, persona, make_brief(persona, member_name="Maya"))
    (_names, counts, _denied, held), _plain = asked(rf, robin, persona)
    assert "talks" not in counts
    assert len(held) == NAMED + 1
    assert held[-1].endswith("5 more")
    assert Session.objects.count() == NAMED + 5


def test_every_page_from_which_rows_go_with_a_row_counts_them():
    bare = [
        type(page).__name__
        for model, page in admin.site._registry.items()
        if type(page).__module__.startswith(("coach.", "handoff."))
        and not isinstance(page, (ReadOnly, CountedDeletion))
        and any(field.remote_field.on_delete is CASCADE for field in _pointing_at(model))
    ]
    assert bare == []
