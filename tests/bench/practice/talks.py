"""Talks, what was said in them, what was eaten, and what it cost."""

from datetime import datetime, timedelta

from coach.nutrition.actions.history import ITEM_FIELDS
from coach.nutrition.models import Food
from coach.nutrition.models.diary import NUTRIENTS, DiaryChange, Meal, MealItem, Slot
from coach.nutrition.models.drafts import MealDraft
from coach.people.models import User
from coach.talk.brief import Frozen, freeze, make_brief
from coach.talk.models import (
    Card,
    Directive,
    Message,
    Note,
    NoteSound,
    Picture,
    Session,
    ToolCall,
    Turn,
    Usage,
)
from tests.bench.practice.course import Course

SAID = (
    "I had two eggs on toast and a coffee with milk",
    "what else could I eat today",
    "no wait, it was one egg, and the toast was rye",
    "how much protein was that in the end",
    "I slept badly and skipped breakfast, then had soup at noon",
)
ANSWERED = (
    "Written down: two eggs, two slices of toast and a coffee with milk, about 390 calories.",
    "You have about 640 calories left; a bowl of lentil soup with bread would fit well.",
    "Changed: one egg and one slice of rye toast.",
    "That was 21 grams of protein, so you are at 54 of 80 grams today.",
)
EATEN = ("Egg, boiled", "Toast, wholemeal")
USAGE_EACH = 4  # rows of what a talk cost
LESSON_EVERY = 10
MEALS_A_DAY, FIRST_MEAL, BETWEEN_MEALS = 4, 7, 4  # hours
MESSAGES = 30  # that the regular has not read


class Talks:
    """Writes talks with `turns` each. The last ones of some members are still going on."""

    def __init__(self, course: Course) -> None:
        self.course, self.rows = course, course.rows
        self._briefs: dict[tuple[int, str], Frozen] = {}
        self._eaten = 0  # meals of the regular so far
        self._foods = list(Food.objects.order_by("pk").values_list("pk", flat=True)[:2]) or [None]

    def make(self) -> None:
        course, size = self.course, self.course.size
        regular, others = course.members[0], course.members[1:]
        live = [*others[: size.waiting], regular]
        rest = size.talks - size.regular.talks
        each = (size.turns - size.regular.turns) // size.talks
        meals, left = divmod(size.meals - size.regular.meals, rest)
        for number in range(rest):
            who, at = others[number % len(others)], course.at((number + 1) / rest)
            self._ended(who, at, number, each, meals + (number < left))
        own, left = divmod(size.regular.meals - size.regular.cards, size.regular.talks - 1)
        for number in range(size.regular.talks - 1):
            at = course.at((number + 1) / size.regular.talks)
            self._ended(regular, at, number, each, own + (number < left))
        for who in live:
            at = course.now - timedelta(hours=1)
            many = who is regular
            turns = size.regular.turns if many else each
            talk, _said = self.talk(who, at, turns, size.regular.cards if many else 1)
            course.live.insert(0, talk)
        self.rows.write()
        self._shown(course.live[0], regular)

    def _ended(self, who: User, at: datetime, number: int, turns: int, meals: int) -> None:
        lesson = number % LESSON_EVERY == LESSON_EVERY - 1
        talk, said = self.talk(who, at, turns, 0 if lesson else meals, lesson=lesson, ended=True)
        if lesson:
            self.course.lessons.append((talk, said))
            for one in range(meals):  # by the diary's form
                self.meal(who, at + timedelta(minutes=one), None)
        else:
            self.course.ended.append(talk)

    def talk(
        self,
        who: User,
        at: datetime,
        turns: int,
        meals: int,
        *,
        lesson: bool = False,
        ended: bool = False,
    ) -> tuple[Session, list[Turn]]:
        """One talk; its meals, each with a card, are spread over its turns."""
        persona = self.course.partner if lesson else self.course.sage
        talk = self.rows.add(
            Session,
            member=who,
            persona=persona,
            kind=Session.Kind.LESSON if lesson else Session.Kind.COACHING,
            last_seq=turns + meals,
            started_at=at,
            ended_at=at + timedelta(seconds=20 * (turns + meals)) if ended else None,
            **self._brief(who, lesson),
        )
        said, every, seq, eaten = [], max(1, turns // max(1, meals)), 0, 0
        for number in range(turns):
            seq += 1
            then = at + timedelta(seconds=20 * seq)
            said.append(self._turn(talk, seq, number, then))
            while eaten < meals and (number % every == every - 1 or number == turns - 1):
                seq, eaten = seq + 1, eaten + 1
                change = self.meal(who, then, talk, f"call-{seq}")
                self._card(talk, seq, "meal", f"{change.pk}:{change.meal_id}", then)
                if number < turns - 1:
                    break
        for number in range(USAGE_EACH):
            self._usage(talk, number, at)
        return talk, said

    def _turn(self, talk: Session, seq: int, number: int, at: datetime, speaker: str = "") -> Turn:
        member = number % 2 == 0
        words = SAID if member else ANSWERED
        return self.rows.add(
            Turn,
            session=talk,
            seq=seq,
            speaker=speaker or (Turn.Speaker.MEMBER if member else Turn.Speaker.COACH),
            text=words[self.course.rng.randrange(len(words))],
            item_id=f"item-{seq}",
            floor_epoch=1,
            created_at=at,
        )

    def meal(self, who: User, at: datetime, talk: Session | None, call: str = "") -> DiaryChange:
        """A meal of two foods, with the change that wrote it. The regular tells of each day's."""
        rows = self.rows
        if who is self.course.members[0]:
            at = self._next_meal()
        meal = rows.add(
            Meal,
            member=who,
            eaten_at=at,
            zone=who.time_zone,
            day=at.date(),
            slot=Slot.values[at.hour // 6],
            said=SAID[0],
            session=talk,
            call_id=call,
            created_at=at,
        )
        items = []
        for place, name in enumerate(EATEN):
            numbers = dict.fromkeys(NUTRIENTS, 10.0) | {"kcal": 80.0 + 10 * place, "grams": 60.0}
            item = rows.add(
                MealItem,
                meal=meal,
                food_id=self._foods[place % len(self._foods)],
                name=name,
                amount="2",
                spoken=f"two {name.lower()}",
                position=place,
                **numbers,
            )
            items.append(
                {field: getattr(item, "pk" if field == "id" else field) for field in ITEM_FIELDS}
            )
        after = {"eaten_at": at.isoformat(), "zone": meal.zone, "day": meal.day.isoformat()}
        after |= {"slot": str(meal.slot), "said": meal.said, "items": items}
        change = rows.add(
            DiaryChange,
            member=who,
            meal=meal,
            verb="log",
            said=meal.said,
            key=f"{talk.pk}:{call}" if talk else "",
            before={str(meal.pk): None},
            after={str(meal.pk): after},
            created_at=at,
        )
        if talk is not None:
            output = (
                '{"say": "Written down: two eggs and toast.", "kcal": 170, "meal": "breakfast"}'
            )
            rows.add(
                ToolCall, session=talk, call_id=call, name="log_meal", output=output, created_at=at
            )
        return change

    def _next_meal(self) -> datetime:
        """When the regular ate what they tell of next: so many each day, to the end of today."""
        day, turn = divmod(self._eaten, MEALS_A_DAY)
        self._eaten += 1
        before = (self.course.size.regular.meals - 1) // MEALS_A_DAY - day
        hour = FIRST_MEAL + turn * BETWEEN_MEALS
        return self.course.now.replace(hour=hour, minute=0) - timedelta(days=before)

    def _card(self, talk: Session, seq: int, kind: str, ref: str, at: datetime) -> None:
        self.rows.add(Card, session=talk, seq=seq, kind=kind, ref=ref, created_at=at)

    def _usage(self, talk: Session, number: int, at: datetime) -> None:
        self.rows.add(
            Usage,
            session=talk,
            member=talk.member,
            persona=talk.persona,
            kind="response",
            ref=f"resp-{number}",
            provider="openai",
            model="gpt-realtime-2.1",
            text_in=1_200,
            audio_in=300,
            text_cached=1_000,
            audio_out=400,
            cost="0.01234500",
            member_day=at.date(),
            house_day=at.date(),
            created_at=at,
        )

    def _shown(self, talk: Session, who: User) -> None:
        """One of everything else that a talk's page may show, and messages in the last ones."""
        rows, at = self.rows, self.course.now - timedelta(minutes=30)
        rows.add(
            Picture,
            session=talk,
            client_id="p1",
            data=b"\xff\xd8jpeg",
            width=9,
            height=9,
            created_at=at,
        )
        note = rows.add(Note, session=talk, client_id="n1", state="done", created_at=at)
        rows.add(NoteSound, note=note, wav=b"RIFFwave", created_at=at)
        rows.add(Directive, session=talk, kind="guide", text="Ask about salt.", created_at=at)
        lines = [{"line": 1, "food_id": None, "name": "Soup", "amount": "", "spoken": "soup"}]
        lines[0] |= {"grams": 300.0, **dict.fromkeys(NUTRIENTS, 12.0)}
        rows.add(
            MealDraft,
            member=who,
            session=talk,
            eaten_at=at,
            zone=who.time_zone,
            day=at.date(),
            slot=Slot.LUNCH,
            lines=lines,
            key="draft-1",
            created_at=at,
            touched_at=at,
        )
        for past in [one for one in self.course.ended if one.member is who][-MESSAGES:]:
            seq = past.last_seq + 1
            turn = self._turn(past, seq, 0, at, speaker=Turn.Speaker.EXPERT)
            rows.add(Message, turn=turn, member=who, created_at=at, read_at=None)
            Session.objects.filter(pk=past.pk).update(last_seq=seq)

    def _brief(self, who: User, lesson: bool) -> Frozen:
        persona = self.course.partner if lesson else self.course.sage
        key = (who.pk, persona.slug)
        if key not in self._briefs:
            made = make_brief(persona, member_name=who.display_name)
            self._briefs[key] = freeze(made)
        return self._briefs[key]
