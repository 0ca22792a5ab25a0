"""The rules of plans in the database: guarded tables, derived standing, triggers (PLAN-1, 3, 4, 5, 8)."""

from pathlib import Path

from django.db import migrations

from careplan.access.classes import DataClass, Tier
from careplan.access.sql import event_kinds, protect, protect_listed, run, run_file

SQL = Path(__file__).parent / "sql"
KINDS = [
    "plan.started",
    "plan.activated",
    "plan.moved",
    "plan.version_made",
    "plan.version_numbered",
    "plan.version_printed",
    "plan.reordered",
    "item.proposed",
    "item.reworded",
    "item.dictated",
    "item.moved",
    "item.raised_again",
    "item.answered",
    "item.answer_recorded",
    "item.progress",
    "pace.set",
    "sheet.opened",
    "sheet.changed",
    "sheet.turned",
    "sheet.handed_back",
    "sheet.closed",
    "sheet.copy",
]
PLAN = DataClass.PLAN
ITEM = "plans_item"
REVISION = "plans_item_revision"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_tables")]

    operations = [
        event_kinds(KINDS, PLAN),
        *protect("plans_plan", data_class=PLAN),
        *protect(ITEM, data_class=PLAN, parents={"plan_id": "plans_plan"}),
        *protect("plans_sheet", data_class=PLAN, parents={"plan_id": "plans_plan"}),
        *protect(
            REVISION,
            data_class=PLAN,
            append_only=True,
            parents={"item_id": ITEM, "base_id": REVISION, "parent_id": ITEM, "sheet_id": "plans_sheet"},
        ),
        *protect("plans_party", data_class=PLAN, append_only=True, parents={"revision_id": REVISION}),
        *protect(
            "plans_answer",
            data_class=PLAN,
            append_only=True,
            parents={"item_id": ITEM, "revision_id": REVISION, "sheet_id": "plans_sheet"},
        ),
        run(
            f"alter table {REVISION} add constraint plans_item_revision_raised_over_id_own "
            "foreign key (client_id, raised_over_id) references plans_answer (client_id, id)",
            f"alter table {REVISION} drop constraint plans_item_revision_raised_over_id_own",
        ),
        *protect(
            "plans_sheet_line",
            data_class=PLAN,
            parents={"sheet_id": "plans_sheet", "item_id": ITEM, "revision_id": REVISION},
        ),
        *protect("plans_version", data_class=PLAN, append_only=True, parents={"plan_id": "plans_plan"}),
        *protect(
            "plans_version_number",
            data_class=PLAN,
            append_only=True,
            parents={"plan_id": "plans_plan", "version_id": "plans_version"},
        ),
        *protect("plans_pace", data_class=PLAN, append_only=True),
        *protect("plans_draft", data_class=PLAN, evented=False),
        *protect_listed("plan_head", tier=Tier.OPERATIONS, write_class=PLAN),
        run_file(SQL / "standing.sql", reverse=""),
        run_file(SQL / "asking.sql", reverse=""),
        run_file(SQL / "revisions.sql", reverse=""),
        run_file(SQL / "answers.sql", reverse=""),
        run_file(SQL / "versions.sql", reverse=""),
        run_file(SQL / "moves.sql", reverse=(SQL / "undo.sql").read_text(encoding="utf-8")),
    ]
