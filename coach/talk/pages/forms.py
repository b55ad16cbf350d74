"""What the start page sends."""

from typing import Any

from django import forms

from coach.personas.models import Persona


class StartForm(forms.Form):
    """Which coach to talk to, by slug. Lesson partners are met through their lessons."""

    persona = forms.ModelChoiceField(queryset=Persona.objects.none(), to_field_name="slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["persona"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = coaches()


def coaches() -> Any:
    """Personas a member may start a talk with (a queryset)."""
    return Persona.objects.filter(kind=Persona.Kind.NUTRITION, active=True)
