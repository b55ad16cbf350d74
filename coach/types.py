"""Who a member is, for code that stands below `coach.people` and must not import it.

The annotations are the real model; at run time nothing is imported, so the layers hold.
"""

from typing import TYPE_CHECKING, TypeAlias

from django.http import HttpRequest

if TYPE_CHECKING:
    from coach.people.models import Profile as Profile
    from coach.people.models import User

    Member: TypeAlias = User
else:
    Member = Profile = object


class MemberRequest(HttpRequest):
    """A request behind `login_required`: somebody is signed in. For annotations only."""

    user: Member
