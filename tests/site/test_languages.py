"""Pages say in which language they are, and are in no two: only what is translated is offered."""

import pytest
from django.conf import settings

from coach.environment import translated


@pytest.mark.django_db
@pytest.mark.parametrize("wish", ["de", "de-DE,de;q=0.9,en;q=0.1", "fr", "pt-BR", "xx", "en-GB"])
@pytest.mark.parametrize(
    ("address", "english"),
    [
        ("/", "Sign in"),
        ("/accounts/login/", "Password"),
        ("/accounts/signup/", "Password"),
        ("/accounts/password/reset/", "Email"),
        ("/admin/login/", "Password"),
    ],
)
def test_a_browser_of_another_language_gets_an_english_page(client, wish, address, english):
    page = client.get(address, headers={"Accept-Language": wish})
    shown = page.content.decode()
    assert page.headers["Content-Language"] == "en"
    assert 'lang="en"' in shown
    assert english in shown
    for german in ("Passwort", "Anmelden", "Adresse", "Benutzer", "Mot de passe", "Senha"):
        assert german not in shown


def test_english_is_offered_and_whatever_has_a_catalogue(tmp_path):
    assert [code for code, _name in settings.LANGUAGES] == ["en"]
    for name in ("de", "pt_BR"):
        (tmp_path / name / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / name / "LC_MESSAGES" / "django.mo").touch()
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)  # begun, not made
    assert [code for code, _name in translated(tmp_path)] == ["de", "en", "pt-br"]
