"""The providers, models and prices that come with the product, from `engines.toml`."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from coach.personas.providers import EngineModel, ModelPrice, Provider, Seeded

FILE = Path(__file__).with_name("engines.toml")
PARTS = ("in", "cached", "out")


@transaction.atomic
def seed_engines(source: Path = FILE) -> None:
    """Bring the rows up to what the product knows. A second time changes nothing.

    A field that an admin has changed keeps their value, and so does a row they made inactive.
    """
    catalogue = tomllib.loads(source.read_text())["provider"]
    named = {entry["slug"]: entry for entry in catalogue}
    for entry in catalogue:
        fields = {k: v for k, v in entry.items() if k not in ("slug", "model", "models_of")}
        provider = _bring(Provider, {"slug": entry["slug"]}, fields)
        taken_over = named.get(entry.get("models_of", ""), {}).get("model", ())
        usual = [model for model in taken_over if model.get("kind") != EngineModel.Kind.LIVE]
        for model in [*entry.get("model", ()), *usual]:
            _seed_model(provider, model)


def _seed_model(provider: Provider, entry: dict[str, Any]) -> None:
    fields = {k: v for k, v in entry.items() if k not in ("name", "price")}
    model = _bring(EngineModel, {"provider": provider, "name": entry["name"]}, fields)
    prices = entry.get("price", [])
    for price in prices if isinstance(prices, list) else [prices]:
        _bring(ModelPrice, {"model": model, "from_date": price["from_date"]}, _rates(price))


def _rates(price: dict[str, Any]) -> dict[str, Any]:
    rates: dict[str, Any] = {
        k: Decimal(price[k]) for k in ("per_second", "per_minute") if k in price
    }
    for kind in ("text", "audio", "image"):
        for part, usd in zip(PARTS, price.get(kind, ()), strict=False):
            if usd:
                rates[f"{kind}_{part}"] = Decimal(usd)
    return rates


def _bring(kind: type[Seeded], key: dict[str, Any], fields: dict[str, Any]) -> Any:
    """Create the row, or change what still says what the product last said."""
    manager: models.Manager[Any] = kind._default_manager
    row = manager.filter(**key).first() or kind(**key)
    kept = dict(row.seeded)
    for name in {*fields, *kept}:
        default = getattr(kind(), name)
        value = fields.get(name, default)
        told = kept.get(name, _plain(default))
        if row.pk is None or (row.seeded and _plain(getattr(row, name)) == told):
            setattr(row, name, value)
            kept[name] = _plain(value)
    kept = {name: kept[name] for name in sorted(kept)}
    if row.pk is None or kept != row.seeded:
        row.seeded = kept
        row.save()
    return row


def _plain(value: Any) -> Any:
    """As JSON keeps it, so that what was read back compares equal."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if hasattr(value, "isoformat") else value
