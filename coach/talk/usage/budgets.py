"""How much of a day's money is spent, and when the next day begins. Reads only.

Two budgets, each of one day: the member's, whose day is their diary day on their own clock, and the
site's, whose day is that of the site's time zone (`TIME_ZONE`, UTC). Both are sums of rows: two
talks that end an answer at once each sum after their own row is written, so at least the later one
sees both. What has no price is in no sum.

Money never cuts off safety: while an expert has the floor, a hold stands or somebody is called for
the member, nothing is refused (`is_spared`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Sum
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coach import clock
from coach.talk.language import language_of
from coach.talk.models import Floor, MemberBudget, Usage
from coach.talk.registries.never_stop import is_never_stopped
from coach.talk.usage.pricing import whole
from coach.types import Member

WARN_PERCENT = 80
FULL_PERCENT = 100


@dataclass(frozen=True)
class BudgetStatus:
    """One budget today, in USD. `limit` None: there is none."""

    spent: Decimal
    limit: Decimal | None
    day: date
    opens_at: datetime  # when the next day begins

    @property
    def percent(self) -> int:
        """Spent hundredths of the limit, rounded down; 0 without one. May be over 100."""
        if self.limit is None:
            return 0
        return int(self.spent * 100 / self.limit) if self.limit else FULL_PERCENT

    @property
    def near(self) -> bool:
        return self.percent >= WARN_PERCENT

    @property
    def reached(self) -> bool:
        return self.percent >= FULL_PERCENT


@dataclass(frozen=True)
class Budget:
    """Both budgets that a member's talk is under."""

    member: BudgetStatus
    site: BudgetStatus

    @property
    def reached(self) -> bool:
        return self.member.reached or self.site.reached

    @property
    def opens_at(self) -> datetime:
        """When a talk is possible again; only of use when one of them is reached."""
        reached = [one.opens_at for one in (self.member, self.site) if one.reached]
        return max(reached, default=self.member.opens_at)


def budget_of(member: Member, now: datetime | None = None) -> Budget:
    """How `member` and the site stand at `now`. What has no limit is not summed."""
    now = now or clock.now()
    day = member_day(member, now)
    limit = limit_of(member)
    mine = Usage.objects.filter(member_id=member.pk, member_day=day)
    status = BudgetStatus(_sum(mine, limit), limit, day, member_day_begins(member, day + _ONE))
    return Budget(status, site_budget(now))


def site_budget(now: datetime | None = None) -> BudgetStatus:
    day = site_day(now or clock.now())
    limit = settings.BUDGET_SITE_USD
    begins = datetime.combine(day + _ONE, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
    spent = _sum(Usage.objects.filter(house_day=day), limit)
    return BudgetStatus(spent, limit, day, begins.astimezone(UTC))


def limit_of(member: Member) -> Decimal | None:
    """USD a day: what the console says of this member, else the setting; None: no limit."""
    own = MemberBudget.objects.filter(member_id=member.pk).values_list("usd", flat=True)
    for usd in own:
        return usd
    limit: Decimal | None = settings.BUDGET_MEMBER_USD
    return limit


def has_budget(member: Member) -> bool:
    """Whether any limit holds for `member`'s talks."""
    return settings.BUDGET_SITE_USD is not None or limit_of(member) is not None


_ONE = timedelta(days=1)


def _sum(rows: Any, limit: Decimal | None) -> Decimal:
    if limit is None:
        return Decimal(0)
    # Ordered anew: a sum needs no order, and the index then has all of it.
    return whole(rows.order_by().aggregate(spent=Sum("cost"))["spent"])


def site_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def member_day(member: Member, at: datetime) -> date:
    """The diary day of `at`, as `nutrition.diary_clock` has it; a test compares the two."""
    wall: datetime = member.local(at).replace(tzinfo=None)
    return (wall - timedelta(hours=_starts_hour(member))).date()


def member_day_begins(member: Member, day: date) -> datetime:
    """The instant (UTC) at which the diary day `day` begins."""
    begins = datetime.combine(day, time(_starts_hour(member)), tzinfo=member.zone)
    return begins.astimezone(UTC)


def _starts_hour(member: Member) -> int:
    return int(getattr(getattr(member, "profile", None), "day_starts_hour", 0))


# --- what stands above money ----------------------------------------------------------------------


def is_spared(member_id: int, floor: str = Floor.COACH) -> bool:
    """Whether no budget may stop this member now, in a talk where `floor` is whose it is."""
    return floor != Floor.COACH or is_never_stopped(member_id)


def refusal(member: Member, budget: Budget | None = None) -> str:
    """Why no new talk or note may begin, in `member`'s language; "" when one may."""
    budget = budget or budget_of(member)
    if not budget.reached or is_spared(member.pk):
        return ""
    with translation.override(language_of(member)):
        return stop_words(member, budget)


# --- reviewed words -------------------------------------------------------------------------------


def stop_words(member: Member, budget: Budget) -> str:
    """What the member reads when the day's budget is used up, in the language that is active."""
    if budget.member.reached:
        what = _("That was all of your time with the coach for today.")
    else:
        what = _("The coach has done all it can for everybody today.")
    again = _("You can go on %(when)s, your time.") % {"when": _when(member, budget.opens_at)}
    person = _(
        "You can still call a person. In danger, call your local emergency number: nobody here "
        "can send help."
    )
    return f"{what} {again} {person}"


def near_words(member: Member, status: BudgetStatus) -> str:
    """What the member reads once most of their day's budget is used."""
    return _(
        "Most of today's time with the coach is used (%(percent)s %%). It begins anew %(when)s."
    ) % {"percent": min(status.percent, 99), "when": _when(member, status.opens_at)}


def _when(member: Member, at: datetime) -> str:
    """ "today at 18:00", "tomorrow at 00:00", on the member's own clock."""
    local, now = member.local(at), member.local(clock.now())
    shown = date_format(local, "H:i")
    if local.date() == now.date():
        return _("today at %(clock)s") % {"clock": shown}
    if local.date() == now.date() + _ONE:
        return _("tomorrow at %(clock)s") % {"clock": shown}
    return _("on %(day)s at %(clock)s") % {"day": date_format(local, "j F"), "clock": shown}
