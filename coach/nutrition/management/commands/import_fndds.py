"""Fill the food table from the three FNDDS workbooks of the USDA, in a folder of yours."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coach.nutrition.foods import fndds
from coach.nutrition.foods.records import FNDDS
from coach.nutrition.foods.save import save_foods


class Command(BaseCommand):
    help = (
        "Import FNDDS («At A Glance» workbooks: foods, nutrients, portions; fdc.nal.usda.gov). "
        "Wherever it has a food, that row and its portions come first, behind everyday names too; "
        "the rest keeps the foods of SR28."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder with the three .xlsx workbooks")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = monotonic()

        def tell(text: str) -> None:
            if self.stdout.isatty():
                self.stdout.write(f"\r\033[K{text}", ending="")
                self.stdout.flush()

        try:
            tell("Reading the workbooks…")
            foods = fndds.read(options["path"], tell)
        except fndds.WorkbooksMissing as error:
            raise CommandError(str(error)) from error
        count = save_foods(
            FNDDS,
            [food.record for food in foods],
            groups={food.record.source_id: food.group for food in foods},
            others={food.record.source_id: food.others for food in foods},
            tell=tell,
        )
        tell("")
        self.stdout.write(f"{count} FNDDS foods in {monotonic() - begun:.1f} s.")
