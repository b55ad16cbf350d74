"""Forms that write only what somebody changed, against what the page showed them."""

from typing import Any

from django import forms

from coach.people.actions.rows import FIELDS, parts, same


class ChangesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose `cleaned_data` holds the changed fields alone.

    The page carries what it showed of each field, so an old page changes nothing that its reader
    did not touch. A list of facts keeps what came into it after the page was opened.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        changed = {
            name: value
            for name, value in cleaned.items()
            if name in self.changed_data or not self.fields[name].show_hidden_initial
        }
        for name in FIELDS.values():
            if name in changed:
                changed[name] = self._with_new(name, changed[name])
        return changed

    def _with_new(self, name: str, typed: str) -> str:
        """`typed`, and what the stored list holds that the page did not show."""
        seen = parts(self.data.get(self[name].html_initial_name) or "") + parts(typed)
        stored = parts(getattr(self.instance, name))
        new = [one for one in stored if not any(same(one, old) for old in seen)]
        return ", ".join([*parts(typed), *new]) if new else typed
