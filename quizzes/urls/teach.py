"""Addresses of those who teach."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import classes, members, owners, roster

a_class = "teach/classes/<slug:of>/"
a_member = f"{a_class}members/<int:member>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("teach/", classes.teach, name="teach"),
    path(a_class, classes.class_page, name="class"),
    path(f"{a_class}code", classes.code, name="class-code"),
    path(f"{a_class}dates", classes.dates, name="class-dates"),
    path(f"{a_class}list/", roster.page, name="roster"),
    path(f"{a_class}learners.csv", roster.as_file, name="roster-csv"),
    path(f"{a_class}settings/", owners.class_settings, name="class-settings"),
    path(f"{a_class}archive", owners.archive, name="class-archive"),
    path(f"{a_class}instructors", owners.instructors, name="class-instructors"),
    path(f"{a_class}delete", owners.delete, name="class-delete"),
    path(a_member, members.member_page, name="class-member"),
    path(f"{a_member}allow", members.allow, name="allow"),
    path(f"{a_member}extend/<slug:quiz>", members.extend, name="extend"),
    path(f"{a_member}link", members.new_link, name="member-link"),
    path(f"{a_member}remove", members.remove, name="member-remove"),
]
