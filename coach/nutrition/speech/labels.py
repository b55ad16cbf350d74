"""What classes of foods are called within a sentence: "your allergy to peanuts"."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

LABELS = {
    "peanut": _("peanuts"),
    "tree_nut": _("nuts"),
    "coconut": _("coconut"),
    "milk": _("milk"),
    "egg": _("egg"),
    "fish": _("fish"),
    "crustacean": _("shellfish such as prawns and crab"),
    "mollusc": _("shellfish such as mussels and squid"),
    "gluten": _("gluten"),
    "soy": _("soy"),
    "sesame": _("sesame"),
    "celery": _("celery"),
    "mustard": _("mustard"),
    "sulphite": _("sulphites"),
    "lupin": _("lupin"),
    "beef": _("beef"),
    "pork": _("pork"),
    "lamb": _("lamb"),
    "poultry": _("poultry"),
    "other_meat": _("meat"),
    "red_meat": _("red meat"),
    "honey": _("honey"),
    "alcohol": _("alcohol"),
    "caffeine": _("caffeine"),
    "tomato": _("tomato"),
    "citrus": _("citrus fruit"),
}


def labels_of(classes: Iterable[str]) -> list[str]:
    """The names of classes, in a fixed order; what has none is called by its own word."""
    return sorted({str(LABELS.get(one, one.replace("_", " "))) for one in classes})
