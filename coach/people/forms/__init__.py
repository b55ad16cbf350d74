"""Forms about oneself."""

from coach.people.forms.body_fields import HeightField, WeightField
from coach.people.forms.listening import ListeningForm
from coach.people.forms.profile import ProfileForm
from coach.people.forms.signup import SignupForm

__all__ = ["HeightField", "ListeningForm", "ProfileForm", "SignupForm", "WeightField"]
