"""What people type about themselves, in the units they use: `measures.txt` holds examples."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from coach import clock
from coach.people.forms import HeightField, ListeningForm, ProfileForm, SignupForm, WeightField
from coach.people.models import Profile, User
from coach.people.views import SECTIONS

FIELDS = {
    "height": HeightField(min_value=90, max_value=250),
    "weight": WeightField(min_value=25, max_value=350),
}


def measures() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "measures.txt").read_text()
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    return [(*row.partition(" => ")[0].split(": "), row.partition(" => ")[2]) for row in rows]


@pytest.mark.parametrize(("field", "typed", "expected"), measures())
def test_a_measure_as_people_type_it(field, typed, expected):
    if expected == "?":
        with pytest.raises(ValidationError):
            FIELDS[field].clean(typed)
    else:
        assert FIELDS[field].clean(typed) == float(expected)


@given(st.floats(91, 249).map(lambda cm: round(cm, 1)))
def test_a_height_is_the_same_in_every_unit(cm):
    feet, inches = divmod(cm / 2.54, 12)
    for typed in (f"{cm}", f"{cm} cm", f"{cm / 100:.3f} m", f"{int(feet)} ft {inches:.2f}"):
        assert FIELDS["height"].clean(typed) == pytest.approx(cm, abs=0.11), typed


@given(st.floats(26, 349).map(lambda kg: round(kg, 1)))
def test_a_weight_is_the_same_in_every_unit(kg):
    pounds = kg / 0.45359237
    stone, rest = divmod(pounds, 14)
    for typed in (f"{kg}", f"{kg} kg", f"{pounds:.2f} lb", f"{int(stone)} st {rest:.2f}"):
        assert FIELDS["weight"].clean(typed) == pytest.approx(kg, abs=0.11), typed


@given(st.text(max_size=20), st.sampled_from(["height", "weight"]))
def test_no_text_breaks_a_measure(typed, field):
    try:
        found = FIELDS[field].clean(typed)
    except ValidationError:
        return
    assert FIELDS[field].min_value <= found <= FIELDS[field].max_value


# --- the profile's form ---------------------------------------------------------------------------
@pytest.fixture
def member(db):
    return User.objects.create_user("maya@example.org", display_name="Maya", time_zone="Asia/Tokyo")


def form(member, **typed) -> ProfileForm:
    data = {
        "display_name": "Maya",
        "time_zone": "Asia/Tokyo",
        "goal": "maintain",
        "day_starts_hour": "0",
        "listening_mode": "open",
    }
    return ProfileForm({**data, **typed} if typed else None, instance=Profile.of(member))


def test_the_page_shows_every_field_once(member):
    shown = [name for _, names in SECTIONS for name in names]
    assert sorted(shown) == sorted(form(member).fields)


def test_choices_begin_with_a_capital_and_an_unknown_one_is_named(member):
    fields = form(member).fields
    for name in ("listening_mode", "noise_reduction", "sex", "activity", "goal"):
        labels = [str(label) for _, label in fields[name].choices]
        assert labels == [label[:1].upper() + label[1:] for label in labels]
        assert [value for value, _ in fields[name].widget.choices] == [
            value for value, _ in fields[name].choices
        ]
    for name in ("sex", "activity"):
        value, label = next(iter(fields[name].choices))
        assert (value, str(label)) == ("", "Not said")


def test_what_is_known_stands_in_the_fields(member):
    profile = Profile.of(member)
    profile.height_cm, profile.weight_kg = 172.0, None
    shown = ProfileForm(instance=profile)
    assert (shown["height_cm"].value(), shown["weight_kg"].value()) == ("172", "")
    assert (shown["display_name"].value(), shown["time_zone"].value()) == ("Maya", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("years", "fine"), [(5, False), (11, True), (40, True), (119, True), (125, False)]
)
def test_a_year_of_birth_is_possible(member, years, fine):
    born = clock.host_today() - timedelta(days=int(365.25 * years))
    assert form(member, born_on=born.isoformat()).is_valid() is fine


def test_every_choice_of_a_zone_is_one(member):
    zones = {
        value
        for _, group in form(member).fields["time_zone"].choices
        for value, _ in group
    }  # fmt: skip
    assert {"UTC", "Asia/Tokyo", "Europe/Athens"} <= zones <= available_timezones()


# --- how a talk listens ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sent", "chosen"),
    [
        ({}, {}),
        ({"listening_mode": "half"}, {"listening_mode": "half"}),
        ({"listening_mode": ""}, {}),
        ({"noise_reduction": ""}, {"noise_reduction": ""}),
        ({"headphones_hint": ""}, {"headphones_hint": False}),
        ({"headphones_hint": "on", "colour": "red"}, {"headphones_hint": True}),
    ],
)
def test_only_what_was_sent_is_chosen(sent, chosen):
    listening = ListeningForm(sent)
    assert listening.is_valid()
    assert listening.chosen == chosen


# --- joining --------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "zone"),
    [("Europe/Athens", "Europe/Athens"), ("", "UTC"), ("Mars/Olympus", "UTC")],
)
def test_who_joins_has_a_name_and_the_browsers_zone(client, told, zone):
    sent = {
        "display_name": "Maya",
        "email": "Maya@Example.org",
        "password1": "tr0ut-4-supper",
        "password2": "tr0ut-4-supper",
        "time_zone": told,
    }
    joining = SignupForm(sent)
    assert joining.is_valid(), joining.errors
    request = client.get("/").wsgi_request
    user = joining.save(request)
    user.refresh_from_db()
    assert (user.email, user.display_name, user.time_zone) == ("maya@example.org", "Maya", zone)
    assert next(iter(joining.fields)) == "display_name"
