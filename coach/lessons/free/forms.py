"""What a learner chooses for a free talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coach.lessons.free.talk import OFFLINE, TOPIC_MAX_CHARS, FreeTalk
from coach.lessons.free.topics import ANYTHING, topics
from coach.lessons.grammar import LANGUAGES
from coach.lessons.languages import language_name
from coach.lessons.scenario import LEVELS


class FreeTalkForm(forms.Form):
    """`languages`: those that somebody here can talk."""

    language = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(label=_("Level"), choices=[(level, level) for level in LEVELS])
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    own = forms.CharField(
        label=_("Or a topic of your own"), required=False, max_length=TOPIC_MAX_CHARS
    )

    def __init__(self, languages: list[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language, topic = self.fields["language"], self.fields["topic"]
        assert isinstance(language, forms.ChoiceField)
        assert isinstance(topic, forms.ChoiceField)
        language.choices = [(c, language_name(c)) for c in languages]
        named = [(one.slug, one.title) for one in topics().values() if one.slug != ANYTHING]
        topic.choices = [("", _("Anything")), *named]

    @property
    def chosen(self) -> FreeTalk:
        """What was chosen; a topic of one's own goes before one of ours."""
        told = self.cleaned_data
        return FreeTalk(told["language"], told["level"], "" if told["own"] else told["topic"])


def languages(*, offline: bool) -> list[str]:
    """Those of our lessons; without a language model, English."""
    return [OFFLINE] if offline else list(LANGUAGES)
