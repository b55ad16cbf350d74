"""What the coach says of meals that it proposes: words, then figures, then what was heeded."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach.nutrition.actions import Suggested
from coach.nutrition.day import total
from coach.nutrition.speech.labels import labels_of
from coach.nutrition.speech.phrasing import for_slot, listed, rounded, spoken


def say_suggested(suggested: Suggested) -> str:
    """A short sentence with the proposals, and what a member should know of them."""
    needs = suggested.needs
    if not suggested.drafts:
        return _nothing(suggested)
    if suggested.wish.whole_day:
        return _of_a_day(suggested)
    names = [draft.title for draft in suggested.drafts]
    parts = [
        _("%(meal)s you could have %(meals)s.")
        % {"meal": _start(for_slot(suggested.slot)), "meals": either(names)}
    ]
    if needs.numbers:
        parts.append(_figures(suggested))
    parts += [_heeded(suggested), _unchecked(suggested)]
    return " ".join(filter(None, parts))


def _of_a_day(suggested: Suggested) -> str:
    """A meal for each time of the day, and what they have together."""
    meals = [
        _("%(food)s %(meal)s") % {"food": draft.title, "meal": for_slot(draft.slot)}
        for draft in suggested.drafts
    ]
    parts = [_("For a day you could have %(meals)s.") % {"meals": listed(meals)}]
    if suggested.needs.numbers:
        kcal = sum(total(draft.items)["kcal"] for draft in suggested.drafts)
        parts.append(_("Together they have %(kcal)s.") % {"kcal": spoken(kcal, "kcal")})
    parts += [_heeded(suggested), _unchecked(suggested)]
    return " ".join(filter(None, parts))


def either(names: list[str]) -> str:
    """ "a", "a or b", "a, b or c"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _nothing(suggested: Suggested) -> str:
    if suggested.wish.most_kcal and not suggested.fits:
        return _("I know no meal that is within that and leaves out what you must not eat.")
    return _("I know no such meal that leaves out what you must not eat. What else would you like?")


def _figures(suggested: Suggested) -> str:
    """Energy (and the nutrient that was asked for) of each, and what is left of the day."""
    drafts, wish = suggested.drafts, suggested.wish
    nutrient = next((name for name in (*wish.more, *wish.less) if name != "kcal"), "kcal")
    last = total(drafts[-1].items)[nutrient]
    others = [rounded(total(draft.items)[nutrient], nutrient) for draft in drafts[:-1]]
    figures = listed([*others, spoken(last, nutrient)])
    said = ngettext("It has %(figures)s.", "They have %(figures)s.", len(drafts)) % {
        "figures": figures
    }
    if suggested.left_kcal is None:
        return said if not suggested.no_target_because else f"{said} {_no_target()}"
    if not suggested.fits:
        return _("%(said)s That is more than the %(left)s left today.") % {
            "said": said,
            "left": spoken(suggested.left_kcal, "kcal"),
        }
    if wish.most_kcal or nutrient != "kcal":
        return said
    return _("%(said)s You have %(left)s left today.") % {
        "said": said,
        "left": spoken(suggested.left_kcal, "kcal"),
    }


def _no_target() -> str:
    return _("I have no energy target for you, so I did not look at what is left.")


def _heeded(suggested: Suggested) -> str:
    """What was left out for an allergy: it is said each time, so that a gap would be heard."""
    allergies = suggested.needs.allergies
    names = labels_of([*allergies.classes, *(" ".join(words) for words in allergies.words)])
    if not names:
        return ""
    return _("I left out %(foods)s.") % {"foods": listed(names)}


def _unchecked(suggested: Suggested) -> str:
    unknown = suggested.needs.allergies.unknown
    if not unknown:
        return ""
    return _("I could not check them for %(foods)s.") % {"foods": listed(list(unknown))}
