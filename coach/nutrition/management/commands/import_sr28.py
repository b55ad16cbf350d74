"""Fill the food table from the USDA SR28 files, and our own everyday dishes made from them."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coach.nutrition.foods import sr28
from coach.nutrition.foods.everyday import recipes
from coach.nutrition.foods.records import EVERYDAY, SR28
from coach.nutrition.foods.save import save_foods


class Command(BaseCommand):
    help = "Import the USDA SR28 foods, portions and nutrients (again: brings them up to date)."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()

        def tell(text: str) -> None:
            if self.stdout.isatty():
                self.stdout.write(f"\r\033[K{text}", ending="")
                self.stdout.flush()

        try:
            tell("Reading the SR28 files…")
            data = sr28.folder()
            groups = {row[0]: row[1] for row in sr28.rows(data / "FD_GROUP.txt")}
            foods = sr28.read(data)
        except sr28.Sr28Missing as error:
            raise CommandError(str(error)) from error
        count = save_foods(
            SR28,
            [food.record for food in foods],
            groups={food.record.source_id: groups[food.group] for food in foods},
            others={food.record.source_id: food.others for food in foods},
            tell=tell,
        )
        dishes = recipes({food.record.source_id: food.record for food in foods})
        save_foods(EVERYDAY, dishes, tell=tell)
        tell("")
        self.stdout.write(
            f"{count} SR28 foods and {len(dishes)} everyday dishes in {monotonic() - begun:.1f} s."
        )
