"""A lesson as a form: the other view of its text.

What is posted is always enough to write the text of a draft, or it is refused at its field. What
a lesson lacks before it can be played is told by the check, at the same fields (`LessonForm.tell`).
A field is called by its part, then its row, then itself: «partner-opening», «objectives-0-said».
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from coach.lessons.checking import icons, translated_into
from coach.lessons.files import HINT_FIELDS
from coach.lessons.grammar import LANGUAGES
from coach.lessons.languages import language_name
from coach.lessons.own.fields import TOO_LONG, Lines, Passage, Price, Text
from coach.lessons.scenario import LEVELS, Aside, Objective, Partner, Scenario, SlotWord
from coach.lessons.sizes import ENTRIES_MAX, ID_MAX_CHARS, NAME_MAX_CHARS, TITLE_MAX_CHARS

CODE = re.compile(r"[\w-]{1,20}")  # of a language


class SceneForm(forms.Form):
    """`translations`: the languages whose fields the page shows, so that none is lost."""

    title = Text(TITLE_MAX_CHARS, label=_("Title"))
    theme = Text(TITLE_MAX_CHARS, label=_("Theme"), help_text=_("Lessons stand under it."))
    level = forms.ChoiceField(label=_("Level"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, help_text=_("It is played in this one.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), help_text=_("3 to 15."), required=False)
    icon = forms.ChoiceField(label=_("Icon"), required=False)
    can_do = Passage(label=_("What a learner can do after it"))
    setting = Passage(label=_("Setting"), help_text=_("Where it is, when, and what goes on."))
    learner_role = Passage(label=_("The learner’s role"), help_text=_("Who they are and want."))
    twist = Passage(
        label=_("Twist"),
        help_text=_("Said once, after the first objective. A hard one suits a high level."),
    )
    currency = Text(
        NAME_MAX_CHARS, label=_("Currency"), help_text=_("Where things have prices: “pound”.")
    )
    familiar = forms.BooleanField(
        label=_("They are on familiar terms (du, tu, tú, 반말)"), required=False
    )
    translations = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("level", [("", _("Choose a level")), *((x, x) for x in LEVELS)])
        languages = ((code, language_name(code)) for code in LANGUAGES)
        self._offer("language", [("", _("Choose a language")), *languages])
        self._offer("icon", [("", _("Choose an icon")), *((x, x) for x in sorted(icons()))])
        self.fields["theme"].widget.attrs["list"] = "themes"

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PartnerForm(forms.Form):
    name = Text(label=_("Name"))
    role = Text(label=_("Role"), help_text=_("“the waiter”"))
    voice = Text(
        NAME_MAX_CHARS,
        label=_("Voice"),
        help_text=_("Empty: the usual one, as where the site has no voice of this name."),
        widget=forms.TextInput(attrs={"list": "voices", "autocomplete": "off"}),
    )
    manner = Passage(label=_("Manner"), help_text=_("How they speak and behave."))
    wants = Passage(label=_("What they want"), help_text=_("“every guest to try the cake”"))
    refuses = Passage(label=_("Limits"), help_text=_("What they refuse: “to serve alcohol”"))
    opening = Passage(label=_("First words"), help_text=_("They end with the first question."))
    closing = Passage(label=_("Ending"), help_text=_("Said when all three objectives are reached."))
    goodbye = Passage(label=_("Goodbye"), help_text=_("To whatever is said after that."))


class ObjectiveForm(forms.Form):
    label = Text(label=_("Act"), help_text=_("What learners see: “Order a drink”."))
    id = Text(
        ID_MAX_CHARS,
        label=_("Short name"),
        help_text=_("One word, which reports count by."),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
    said = Lines(
        label=_("Sentences that do it"),
        help_text=_("6 to 12, one on each line. Any way to say the same is understood."),
    )
    not_said = Lines(
        label=_("Sentences that only look like it"),
        help_text=_("4 or more: a question about the word, a negation, somebody else."),
    )
    ask = Passage(label=_("The partner’s question that invites it"))
    answer = Passage(label=_("The partner’s answer to it"))
    nudge = Passage(label=_("When part of it is missing, the partner says"))
    do = Passage(label=_("First hint: what to do"))
    key_words = Passage(label=_("Second hint: key words"))

    def has_changed(self) -> bool:
        return True  # a row with nothing in it yet is still one of the three


class WordOfSlotForm(forms.Form):
    word = Text(NAME_MAX_CHARS, label=_("Thing"), needed=_("Name the thing, or remove the row."))
    price = Price(label=_("Price"))
    one = Text(NAME_MAX_CHARS, label=_("One of it"))
    many = Text(NAME_MAX_CHARS, label=_("Several"))
    also = Lines(
        NAME_MAX_CHARS,
        label=_("Other words, one on a line"),
        widget=forms.Textarea(attrs={"rows": 1}),
    )


class SlotForm(forms.Form):
    """What can be chosen, such as a drink, with its words in a set of their own."""

    name = forms.RegexField(
        r"^\w+$",
        validators=[MaxLengthValidator(NAME_MAX_CHARS, TOO_LONG)],
        label=_("Its name in sentences"),
        help_text=_("“drink” stands in them as {a drink}, {the drink} or {drink}."),
        error_messages={
            "required": _("Name it, or remove it."),
            "invalid": _("One word, without spaces or signs."),
        },
    )
    any_word = forms.BooleanField(
        label=_("Any word will do, such as a name: these are examples"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = WordOfSlotSet(
            self.data if self.is_bound else None, prefix=f"{self.prefix}-words"
        )

    def has_changed(self) -> bool:
        return super().has_changed() or self.words.has_changed()

    def is_valid(self) -> bool:
        return super().is_valid() and self.words.is_valid()


class AsideForm(forms.Form):
    when = Lines(label=_("When a learner says"), help_text=_("One sentence on each line."))
    say = Passage(label=_("The partner answers"))


class TranslatedForm(forms.Form):
    """A row with its translations, into the `languages` whose fields the page shows."""

    def __init__(self, *args: Any, languages: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for code in languages:
            self.fields[code] = Text(label=language_name(code))
            self.fields[code].widget.attrs["lang"] = code


class PhraseForm(TranslatedForm):
    phrase = Text(
        label=_("Phrase"),
        needed=_("Write the phrase, or remove the row."),
        help_text=_("“…”: a gap."),
    )


class WordForm(TranslatedForm):
    word = Text(label=_("Word"), needed=_("Write the word, or remove the row."))
    means = Text(label=_("What it means, in easy words"))


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind. Those with nothing in them are left out; `key` tells them apart."""

    key = ""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            written = form.cleaned_data.get(self.key) if self.key else None
            if written in seen:
                form.add_error(
                    self.key, _("It stands above already. Change it, or remove the row.")
                )
            if written:
                seen.add(written)

    def written(self) -> Iterator[Any]:
        """The forms of the rows with something in them, once they are valid."""
        return (form for form in self.forms if form.has_changed())


class KeyedByPhrase(Rows):
    key = "phrase"


class KeyedByWord(Rows):
    key = "word"


class KeyedByName(Rows):
    key = "name"

    def is_valid(self) -> bool:
        return super().is_valid() and all(form.words.is_valid() for form in self.forms)


def _set(form: type[forms.Form], rows: type[Rows] = Rows) -> Any:
    return formset_factory(
        form, rows, extra=0, max_num=ENTRIES_MAX, validate_max=True, absolute_max=ENTRIES_MAX + 1
    )


WordOfSlotSet = _set(WordOfSlotForm, KeyedByWord)
ObjectiveSet = _set(ObjectiveForm)
SlotSet = _set(SlotForm, KeyedByName)
AsideSet = _set(AsideForm)
PhraseSet = _set(PhraseForm, KeyedByPhrase)
WordSet = _set(WordForm, KeyedByWord)


class LessonForm:
    """All parts of the form. It is always bound: to what was posted, or to a stored lesson."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.scene = SceneForm(data, prefix="scene")
        self.partner = PartnerForm(data, prefix="partner")
        listed = [code for code in _languages(data) if CODE.fullmatch(code)]
        wanted = translated_into(data.get("scene-language", ""))
        self.languages = list(dict.fromkeys((*wanted, *listed)))
        translated = {"form_kwargs": {"languages": self.languages}}
        self.objectives = ObjectiveSet(data, prefix="objectives")
        self.slots = SlotSet(data, prefix="slots")
        self.asides = AsideSet(data, prefix="asides")
        self.phrases = PhraseSet(data, prefix="phrases", **translated)
        self.words = WordSet(data, prefix="words", **translated)
        self.lacks: list[str] = []  # what is told of no field
        self.refused = False  # nothing of it was saved

    @property
    def sets(self) -> list[Any]:
        return [self.objectives, self.slots, self.asides, self.phrases, self.words]

    def is_valid(self) -> bool:
        """Whether a text can be written of it. Every part is looked at, so that all is told."""
        return all([part.is_valid() for part in (self.scene, self.partner, *self.sets)])

    def scenario(self) -> Scenario:
        """The lesson, once it is valid."""
        scene = dict(self.scene.cleaned_data)
        del scene["translations"]
        scene["minutes"] = scene["minutes"] or 0
        slots = list(self.slots.written())
        return Scenario(
            **scene,
            partner=Partner(**self.partner.cleaned_data),
            objectives=tuple(_objectives(self.objectives.written())),
            slots={form.cleaned_data["name"]: _slot(form) for form in slots},
            open_slots=tuple(
                form.cleaned_data["name"] for form in slots if form.cleaned_data["any_word"]
            ),
            asides=tuple(Aside(**form.cleaned_data) for form in self.asides.written()),
            phrases=_translated(self.phrases, "phrase"),
            words=_translated(self.words, "word"),
        )

    def tell(self, lacks: Iterable[tuple[str, str]]) -> None:
        """Say each reason at its field, or above all where it has none."""
        fields = dict(self._fields())
        sets = {rows.prefix: rows for rows in self.sets}
        for name, reason in lacks:
            if name in fields:
                form, field = fields[name]
                form.add_error(field, reason)
            elif name in sets:
                sets[name].non_form_errors().append(reason)
            else:
                self.lacks.append(reason)

    def _fields(self) -> Iterator[tuple[str, tuple[forms.Form, str]]]:
        every: list[forms.Form] = [self.scene, self.partner]
        for rows in self.sets:
            for form in rows.forms:
                every += [form, *(form.words.forms if isinstance(form, SlotForm) else ())]
        for form in every:
            yield from ((form.add_prefix(name), (form, name)) for name in form.fields)

    @property
    def count(self) -> int:
        """How many things there are to mend."""
        forms_ = {id(form): form for _name, (form, _field) in self._fields()}
        of_fields = sum(len(told) for form in forms_.values() for told in form.errors.values())
        return of_fields + len(self.lacks) + sum(len(rows.non_form_errors()) for rows in self.sets)


def _languages(data: Mapping[str, Any]) -> list[str]:
    return str(data.get("scene-translations", "")).split()[:ENTRIES_MAX]


def _objectives(rows: Iterable[Any]) -> Iterator[Objective]:
    for form in rows:
        written = dict(form.cleaned_data)
        written["hint"] = tuple(written.pop(name) for name in HINT_FIELDS)
        written["id"] = written["id"] or _short_name(written["label"])
        yield Objective(**written)


def _short_name(label: str) -> str:
    """A name for an objective whose teacher gave it none."""
    return "-".join(re.findall(r"\w+", label.lower()))[:ID_MAX_CHARS].strip("-")


def _slot(form: Any) -> dict[str, SlotWord]:
    rows = [dict(row.cleaned_data) for row in form.words.written()]
    return {row.pop("word"): SlotWord(**row) for row in rows}


def _translated(rows: Any, key: str) -> dict[str, dict[str, str]]:
    written = [dict(form.cleaned_data) for form in rows.written()]
    return {row.pop(key): {name: of for name, of in row.items() if of} for row in written}
