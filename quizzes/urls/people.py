"""Addresses of accounts, classes and joining."""

from django.urls import path

from quizzes.views import account, join, mine

urlpatterns = [
    path("join/", join.code, name="join"),
    path("join/<str:code>/", join.of_class, name="join-class"),
    path("resume/<str:secret>/", join.resume, name="resume"),
    path("quizzes/", mine.mine, name="mine"),
    path("quizzes/about-me.json", mine.as_file, name="export"),
    path("quizzes/classes/<slug:of>/link", mine.new_link, name="link"),
    path("quizzes/classes/<slug:of>/leave", mine.leave, name="leave"),
    path("quizzes/classes/<slug:of>/erase", mine.erase, name="erase"),
    path("account/", account.account, name="account"),
    path("account/sign-up/", account.sign_up, name="sign-up"),
    path("account/sign-in/", account.sign_in, name="sign-in"),
    path("account/sign-out", account.sign_out, name="sign-out"),
    path("account/sign-out-elsewhere", account.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("account/password", account.password, name="password"),
    path("account/email", account.email, name="email"),
    path("account/codes", account.codes, name="codes"),
    path("account/erase", account.erase, name="erase-account"),
    path("account/reset/", account.reset, name="reset"),
    path("account/reset/mail", account.mail, name="reset-mail"),
    path("account/reset/<slug:who>/<slug:token>/", account.reset_link, name="reset-link"),
]
