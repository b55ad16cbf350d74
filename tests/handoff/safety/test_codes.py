"""Whatever a rule can find, somebody has written what is said, shown and done then."""

import pytest
from django.template import Context, Template

from handoff.assignment import SPECIALTY, specialty
from handoff.models import CrisisResource, Script
from handoff.safety.checklists import checklist_for, name_of
from handoff.safety.crisis import (
    country_of,
    longest_numbers,
    resources_for,
    scripts_for,
    spoken_numbers,
    topics_for,
)
from handoff.safety.reviewed import SCRIPTS, resources
from handoff.screening import match
from handoff.screening.rules import COACH_RULES, MEMBER_RULES

pytestmark = pytest.mark.django_db

RULES = (*MEMBER_RULES, *COACH_RULES)
GRAVEST = {rule.code: min(r.severity for r in RULES if r.code == rule.code) for rule in RULES}
CODES = sorted(GRAVEST)
# The coach's own words are a matter for review: the member is told nothing of them.
GRAVE = sorted({rule.code for rule in MEMBER_RULES if rule.severity <= 1})
EMERGENCIES = sorted({rule.code for rule in MEMBER_RULES if rule.severity == 0})
FOUND_ELSEWHERE = ("PRV", "ASK", "EXP")
ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Africa/Lagos", "UTC")
MOST_LINES = 6


@pytest.mark.parametrize("code", [*CODES, *FOUND_ELSEWHERE])
def test_every_code_has_a_name(code):
    assert str(name_of(code)) != code
    assert Template("{% load desk %}{{ code|code_name }}").render(Context({"code": code})) == str(
        name_of(code)
    )


def test_a_code_that_nobody_knows_is_its_own_name():
    assert name_of("XYZ-9") == "XYZ-9"


@pytest.mark.parametrize("code", [*CODES, *FOUND_ELSEWHERE, "XYZ"])
def test_every_code_has_a_checklist_that_can_be_gone_through(code):
    lines = [str(line) for line in checklist_for(code)]
    assert 1 <= len(lines) <= MOST_LINES
    assert len(set(lines)) == len(lines)
    assert all(line and len(line) <= 60 for line in lines)


@pytest.mark.parametrize(("code", "family"), [("SI-5", "SI"), ("ED-H", "ED"), ("MED-E", "MED")])
def test_a_family_shares_its_checklist_and_has_its_own(code, family):
    assert checklist_for(code) == checklist_for(family)
    assert checklist_for(family) != checklist_for("ASK")


@pytest.mark.parametrize("code", GRAVE)
def test_every_grave_code_is_answered_with_words_of_its_own(code):
    (line,) = scripts_for(code, Script.Moment.FIRST, "en")
    assert line.code in (code, code.split("-")[0])
    assert "{numbers}" in line.text
    assert "{name}" in line.text
    assert line.locked


@pytest.mark.parametrize("code", GRAVE)
@pytest.mark.parametrize("zone", ZONES)
def test_every_grave_code_shows_help_that_can_be_reached(code, zone):
    shown = resources_for(code, zone)
    assert 1 <= len(shown) <= 5
    assert all(row.country in ("", country_of(zone)) for row in shown)
    assert all(row.tel or row.sms_number or row.url for row in shown)
    assert {row.topic for row in shown} <= set(topics_for(code))


@pytest.mark.parametrize("code", EMERGENCIES)
@pytest.mark.parametrize("zone", ZONES)
def test_where_life_is_at_stake_an_emergency_number_stands_first_or_second(code, zone):
    topics = [row.topic for row in resources_for(code, zone)]
    assert CrisisResource.Topic.EMERGENCY in topics[:2]
    assert spoken_numbers(code, zone)


@pytest.mark.parametrize("code", EMERGENCIES)
def test_no_country_has_longer_numbers_than_the_console_reckons_with(code):
    assert all(len(spoken_numbers(code, zone)) <= len(longest_numbers(code)) for zone in ZONES)


def test_a_hold_is_filled_with_lines_that_differ_and_a_lost_line_has_its_own():
    stay = [line.text for line in scripts_for("SI-3", Script.Moment.STAY, "en")]
    assert len(stay) >= 3
    assert len(set(stay)) == len(stay)
    (lost,) = scripts_for("MED-E", Script.Moment.LOST, "en")
    assert "lost" in lost.text


@pytest.mark.parametrize("language", ["de", "de-AT", "xx"])
def test_without_a_line_in_the_language_the_english_one_is_said(language):
    assert scripts_for("SI-3", Script.Moment.FIRST, language) == scripts_for(
        "SI-3", Script.Moment.FIRST, "en"
    )


def test_the_members_language_and_the_most_particular_code_come_first():
    Script.objects.create(code="SI", moment="first", language="de", text="Danke, {name}. {numbers}")
    Script.objects.create(code="SI-3", moment="first", language="en", text="Only SI-3. {numbers}")
    assert scripts_for("SI-3", "first", "de-AT")[0].text.startswith("Danke")
    assert scripts_for("SI-3", "first", "en")[0].text.startswith("Only SI-3")
    assert not scripts_for("SI-5", "first", "en")[0].text.startswith("Only")


def test_an_entry_that_is_not_shown_is_not_spoken_either():
    CrisisResource.objects.filter(country="GB").update(active=False)
    assert all(not row.country for row in resources_for("SI-3", "Europe/London"))
    assert "116 123" not in spoken_numbers("SI-3", "Europe/London")


@pytest.mark.parametrize(("code", "wanted"), [("SI-5", "crisis"), ("ED-E", "eating_disorders")])
def test_the_special_skill_is_that_of_the_family(code, wanted):
    assert specialty(code) == wanted
    assert specialty("ASK") == ""


def test_special_skills_and_framed_families_are_of_codes_that_exist():
    families = {code.split("-")[0] for code in CODES}
    assert set(SPECIALTY) <= families
    assert set(match.FRAMED) <= families


# --- the content as it is seeded ------------------------------------------------------------------


def test_the_first_words_say_that_a_person_is_asked():
    for code, moment, text in SCRIPTS:
        assert moment in Script.Moment.values, code
        if moment == Script.Moment.FIRST:
            assert "person" in text or "dietitians" in text, code


def test_no_script_promises_what_a_coach_cannot_keep():
    for _code, _moment, text in SCRIPTS:
        said = text.lower()
        for promise in ("you will be fine", "everything will", "i promise", "secret", "doctor is"):
            assert promise not in said


def test_the_seeded_numbers_are_whole():
    seen = set()
    for row in resources():
        key = (row["country"], row["topic"], row["name"])
        assert key not in seen
        seen.add(key)
        assert row["topic"] in CrisisResource.Topic.values
        assert len(row["country"]) in (0, 2)
        assert row["number"] or row["sms"] or row["url"], key
        assert len(row["spoken"]) <= 200
