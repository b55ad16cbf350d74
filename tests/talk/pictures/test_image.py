"""A picture is read, turned upright, made small and bare, and shown to those who may see it."""

import io
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from coach.errors import CoachError
from coach.personas.models import Persona
from coach.talk import limits
from coach.talk.actions import (
    claim_pictures,
    end_session,
    give_back_pictures,
    record_turn,
    start_session,
)
from coach.talk.brief import make_brief
from coach.talk.models import Card, Picture
from coach.talk.pictures import image as image_module
from coach.talk.registries.cards import render
from handoff.actions import ask_for_person, claim
from handoff.models import Expert
from tests.support.picture_talk import opened

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F
RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(size=(1600, 800), kind="JPEG", *, turned=0, place=True, mode="RGB"):
    """A file of a camera: its left half red, its right half blue, and where it was taken."""
    image = Image.new(mode, size, RED if mode == "RGB" else (*RED, 255))
    right = BLUE if mode == "RGB" else (*BLUE, 255)
    image.paste(right, (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = turned
    if place:
        exif[MAKE] = "SecretCam"
        exif.get_ifd(GPS).update({1: "N", 2: (37.0, 58.0, 46.0), 3: "E", 4: (23.0, 42.0, 58.0)})
    out = io.BytesIO()
    more = {"comment": b"at home"} if kind == "JPEG" else {}
    image.save(out, kind, exif=exif, **more)
    return out.getvalue()


def about(colour, wanted):
    return all(abs(a - b) < 25 for a, b in zip(colour, wanted, strict=True))


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_becomes_a_small_jpeg_that_says_nothing_but_what_it_shows(kind):
    file = photo(kind=kind)
    assert b"SecretCam" in file
    cleaned = image_module.clean(file)
    image = opened(cleaned.data)
    assert image.format == "JPEG"
    assert image.size == (cleaned.width, cleaned.height) == (1024, 512)
    assert len(image.getexif()) == 0
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (b"SecretCam", b"Exif", b"at home", b"http://ns.adobe.com"):
        assert secret not in cleaned.data
    assert about(image.getpixel((100, 250)), RED)
    assert about(image.getpixel((900, 250)), BLUE)


def test_it_stands_upright():
    cleaned = image_module.clean(photo(turned=6))  # the camera was held on its side
    assert (cleaned.width, cleaned.height) == (512, 1024)
    image = opened(cleaned.data)
    assert about(image.getpixel((250, 100)), RED)
    assert about(image.getpixel((250, 900)), BLUE)


def test_a_small_one_is_not_made_larger_and_what_is_clear_lies_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")
    cleaned = image_module.clean(out.getvalue())
    assert (cleaned.width, cleaned.height) == (60, 40)
    assert about(opened(cleaned.data).getpixel((30, 20)), (255, 255, 255))


def test_even_noise_is_kept_within_the_limit():
    noise = Image.effect_noise((2000, 2000), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    cleaned = image_module.clean(out.getvalue())
    assert len(cleaned.data) <= limits.PICTURE_KEPT_MAX_BYTES
    assert opened(cleaned.data).size == (cleaned.width, cleaned.height)


def bomb(width, height):
    """The head of a PNG that would decode to width × height, without its pixels."""

    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (bomb(30_000, 30_000), "picture_too_large"),
        (bomb(7_000, 7_000), "picture_too_large"),
        (bomb(5_000, 20), "picture_too_large"),  # a ribbon
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "picture_heic"),
        (b"GIF89a" + bytes(40), "picture_unknown"),
        (b"<svg onload='alert(1)'/>", "picture_unknown"),
        (b"", "picture_unknown"),
        (photo()[:3000], "picture_damaged"),
        (bomb(100, 100), "picture_damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(file, code):
    with pytest.raises(CoachError) as refused:
        image_module.clean(file)
    assert refused.value.code == code
    assert len(str(refused.value)) > 20


# --- sending and seeing -------------------------------------------------------------------------


@pytest.fixture
def maya(db):
    return get_user_model().objects.create_user("maya@example.org", display_name="Maya")


def talk_of(member, settings, *, images=True):
    """A talk whose engine takes pictures, or does not."""
    settings.ENGINE_IMAGES = images
    defaults = {"name": "Sage", "instructions": "x", "greeting": "Hi"}
    persona, _new = Persona.objects.get_or_create(slug="sage", defaults=defaults)
    return start_session(member, persona, make_brief(persona, member_name="Maya"))


@pytest.fixture
def session(maya, settings):
    return talk_of(maya, settings)


@pytest.fixture
def page(client, maya):
    client.force_login(maya)
    return client


def send(page, session, file=None, client_id="p1"):
    upload = SimpleUploadedFile("IMG_1.jpg", photo() if file is None else file, "image/jpeg")
    data = {"client_id": client_id, "picture": upload}
    return page.post(reverse("talk:pictures", args=[session.pk]), data)


def test_it_is_kept_once_and_stands_in_the_thread(page, session, maya):
    answer = send(page, session)
    assert answer.status_code == 200
    card = Card.objects.get(session=session)
    assert answer.json() == {
        "seq": card.seq,
        "url": reverse("talk:card", args=[session.pk, card.seq]),
    }
    assert send(page, session).json() == answer.json()  # sent again: the same one
    picture = Picture.objects.get()
    drawn = page.get(answer.json()["url"]).content.decode()
    assert reverse("talk:picture", args=[session.pk, picture.pk]) in drawn
    assert 'alt="The photo you showed at' in drawn
    seen = page.get(reverse("talk:picture", args=[session.pk, picture.pk]))
    assert seen.content == bytes(picture.data)
    assert seen["Content-Type"] == "image/jpeg"
    assert seen["Cache-Control"] == "private, no-store"
    assert seen["X-Content-Type-Options"] == "nosniff"


def test_it_is_the_members_own(page, session, client):
    send(page, session)
    picture = Picture.objects.get()
    other = get_user_model().objects.create_user("eve@example.org")
    eve = Client()
    eve.force_login(other)
    assert eve.get(reverse("talk:picture", args=[session.pk, picture.pk])).status_code == 404
    assert send(eve, session, client_id="p2").status_code == 404
    assert Client().get(reverse("talk:picture", args=[session.pk, picture.pk])).status_code == 302
    assert Picture.objects.count() == 1


def test_nothing_is_taken_without_the_pages_token(maya, session):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(maya)
    assert send(strict, session).status_code == 403
    assert not Picture.objects.exists()


def test_a_picture_of_another_talk_is_not_found_in_this_one(page, session, maya, settings):
    send(page, session)
    number = Picture.objects.get().pk
    again = talk_of(maya, settings)
    assert page.get(reverse("talk:picture", args=[again.pk, number])).status_code == 404


def test_where_the_coach_sees_nothing_it_is_refused(page, maya, settings):
    answer = send(page, talk_of(maya, settings, images=False))
    assert answer.status_code == 409
    assert "Describe the meal instead" in answer.json()["message"]
    assert not Picture.objects.exists()


def test_what_is_too_large_too_many_or_too_late_is_refused(page, session, monkeypatch):
    monkeypatch.setattr(limits, "PICTURE_MAX_BYTES", 2000)
    assert send(page, session).status_code == 413
    monkeypatch.undo()
    monkeypatch.setattr(limits, "PICTURES_PER_TALK", 1)
    assert send(page, session).status_code == 200
    assert send(page, session, client_id="p2").json()["code"] == "too_many_pictures"
    monkeypatch.undo()
    assert send(page, session, file=b"not a picture", client_id="p2").status_code == 422
    end_session(session)
    assert send(page, session, client_id="p3").json()["code"] == "ended"
    assert page.post(reverse("talk:pictures", args=[session.pk])).json()["code"] == "no_file"
    assert Picture.objects.count() == 1


def test_the_page_knows_before_anything_is_sent(page, session, maya, settings):
    shown = page.get(reverse("talk:live", args=[session.pk])).content.decode()
    assert 'data-images="true"' in shown
    blind = talk_of(maya, settings, images=False)
    shown = page.get(reverse("talk:live", args=[blind.pk])).content.decode()
    assert 'data-images="false"' in shown
    assert "look at pictures. Describe the meal instead." in shown


def test_each_is_handed_to_one_engine_and_given_back_only_unanswered(page, session):
    send(page, session)
    first = claim_pictures(session)
    assert len(first) == 1
    assert claim_pictures(session) == []
    give_back_pictures(session, [first[0].pk])
    assert claim_pictures(session) == first
    record_turn(session, "coach", "That looks like rice.", item_id="a")
    give_back_pictures(session, [first[0].pk])
    assert claim_pictures(session) == []


def test_the_expert_of_the_case_sees_it_and_others_do_not(page, session):
    send(page, session)
    picture, card = Picture.objects.get(), Card.objects.get()
    users = get_user_model().objects
    experts = [
        Expert.objects.create(user=users.create_user(f"{name}@example.org"), title="dietitian")
        for name in ("asha", "ben")
    ]
    claim(ask_for_person(session), experts[0])
    address = reverse("handoff:picture", args=[session.pk, picture.pk])
    answers = []
    for expert in experts:
        desk = Client()
        desk.force_login(expert.user)
        answers.append(desk.get(address).status_code)
    assert answers == [200, 404]
    request = RequestFactory().get("/")
    request.user = experts[0].user
    drawn = render(card, request)
    assert address in drawn
    assert "The photo that Maya showed at" in drawn


def test_so_many_pictures_are_decoded_at_once_and_no_more(monkeypatch):
    inside, most, lock = [0], [0], threading.Lock()
    together = threading.Barrier(limits.PICTURES_READ_AT_ONCE)

    def drawn(image):
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        together.wait(10)
        with lock:
            inside[0] -= 1
        together.wait(10)

    monkeypatch.setattr(image_module, "_drawn", drawn)
    file = photo((40, 20))
    count = 3 * limits.PICTURES_READ_AT_ONCE
    with ThreadPoolExecutor(count) as threads:
        list(threads.map(image_module.clean, [file] * count))
    assert most[0] == limits.PICTURES_READ_AT_ONCE
