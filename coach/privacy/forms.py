"""The form by which a member deletes their account."""

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _

from coach.types import MemberRequest


class EraseForm(forms.Form):
    """The password, or the address where the account has none: nobody else presses by mistake."""

    sure = forms.CharField(max_length=254)

    def __init__(self, request: MemberRequest) -> None:
        super().__init__(request.POST or None)
        self.request = request
        self.member = member = request.user
        field = self.fields["sure"]
        if member.has_usable_password():
            field.label = _("Your password")
            field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        else:
            field.label = _("Your e-mail address")
            field.widget = forms.EmailInput(attrs={"autocomplete": "off"})

    def clean_sure(self) -> str:
        """Raises ValidationError where it is not theirs."""
        said: str = self.cleaned_data["sure"]
        if self.member.has_usable_password():
            # As at sign-in, so that who has only the browser does not guess without end.
            who = authenticate(self.request, email=self.member.email, password=said)
            if who is None or who.pk != self.member.pk:
                raise forms.ValidationError(_("This is not your password."))
        elif said.strip().lower() != self.member.email.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return said
