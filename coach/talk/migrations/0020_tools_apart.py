import hashlib
import time

import msgspec
from django.db import migrations, transaction

KEY_BYTES = 16
AT_ONCE = 50  # talks in one transaction
PAUSE = 0.02  # seconds between two of them: on SQLite whoever writes has a turn


def key_of(tools):
    """As it was when the rows were made, whatever becomes of the model's."""
    content = msgspec.json.encode(tools, order="sorted")
    return hashlib.blake2b(content, digest_size=KEY_BYTES).hexdigest()


def in_parts(rows, changed):
    """Write what `changed` makes of each of `rows`, which are in the order of their keys.

    What takes long is done before the database is locked.
    """
    part = list(rows[:AT_ONCE])
    while part:
        changes = [(rows.model.objects.filter(pk=row.pk), changed(row)) for row in part]
        with transaction.atomic():
            for row, columns in changes:
                row.update(**columns)
        time.sleep(PAUSE)
        part = list(rows.filter(pk__gt=part[-1].pk)[:AT_ONCE])


def take_out(apps, schema_editor):
    """The tools of talks that have ended stand in a row of their own.

    A talk that goes on keeps its own: a process of the version before may be reading it.
    """
    Session, Toolset = apps.get_model("talk", "Session"), apps.get_model("talk", "Toolset")

    def changed(row):
        tools = row.brief.pop("tools", [])
        key = key_of(tools)
        if key not in there:
            Toolset.objects.get_or_create(key=key, defaults={"tools": tools})
            there.add(key)
        return {"brief": row.brief, "toolset_id": key}

    there = set()
    ended = Session.objects.filter(toolset=None, ended_at__isnull=False).only("brief")
    in_parts(ended.order_by("pk"), changed)


def put_back(apps, schema_editor):
    Session, Toolset = apps.get_model("talk", "Session"), apps.get_model("talk", "Toolset")

    def changed(row):
        return {"brief": {**row.brief, "tools": lists[row.toolset_id]}, "toolset": None}

    lists = dict(Toolset.objects.values_list("pk", "tools"))
    in_parts(Session.objects.exclude(toolset=None).only("brief", "toolset").order_by("pk"), changed)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("talk", "0019_toolsets")]

    operations = [migrations.RunPython(take_out, put_back)]
