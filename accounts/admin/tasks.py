"""Where an administrator finds tasks that failed, and what the clock has started."""

from django.contrib import admin
from django.utils.html import format_html
from django_tasks_db import admin as _registers_its_own  # noqa: F401 - before ours
from django_tasks_db.models import DBTaskResult

from accounts.models import FailedTask, ScheduledJob
from accounts.permissions import can_try_again
from accounts.tasks import try_again

admin.site.unregister(DBTaskResult)


class LookedAt(admin.ModelAdmin):
    """Rows that nobody writes here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(FailedTask)
class FailedTaskAdmin(LookedAt):
    """Tasks that failed as often as they may, or wait for a try that may go better."""

    list_display = ["name", "enqueued", "finished", "starts", "fault"]
    fields = [*list_display, "told"]
    readonly_fields = fields
    ordering = ["-finished_at"]
    actions = ["begin_again"]

    def get_queryset(self, request):
        return super().get_queryset(request).failed()

    def has_begin_permission(self, request):
        return can_try_again(request.user)

    @admin.action(description="Försök igen", permissions=["begin"])
    def begin_again(self, request, queryset):
        count = 0
        for result in queryset:
            try_again(result)
            count += 1
        self.message_user(request, f"{count} uppgifter försöks igen.")

    @admin.display(description="uppgift")
    def name(self, result):
        return result.task_path

    @admin.display(description="begärd", ordering="enqueued_at")
    def enqueued(self, result):
        return result.enqueued_at

    @admin.display(description="gav upp", ordering="finished_at")
    def finished(self, result):
        return result.finished_at

    @admin.display(description="antal försök")
    def starts(self, result):
        return len(result.worker_ids)

    @admin.display(description="fel")
    def fault(self, result):
        return result.exception_class_path.rpartition(".")[2]

    @admin.display(description="det som hände")
    def told(self, result):
        return format_html("<pre>{}</pre>", result.traceback)


@admin.register(ScheduledJob)
class ScheduledJobAdmin(LookedAt):
    list_display = ["name", "due_at", "started_at", "finished_at", "failure"]
    ordering = ["name"]
