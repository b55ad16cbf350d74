"""The pages of lessons."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from coach.lessons.models import Attempt
from coach.people.models import User
from coach.personas.models import Persona

pytestmark = pytest.mark.django_db


def test_without_its_partner_a_lesson_says_so(client):
    client.force_login(User.objects.create_user("maya@example.org"))
    Persona.objects.filter(slug="partner").update(active=False)
    answer = client.post(reverse("lessons:start", args=["at-the-cafe"]))
    assert answer.url == reverse("lessons:lesson", args=["at-the-cafe"])
    (message,) = get_messages(answer.wsgi_request)
    assert "not available now" in str(message)
    assert not Attempt.objects.exists()
