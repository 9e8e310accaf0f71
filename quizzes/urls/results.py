"""Addresses of a quiz's results, of what one learner saw, and of the regrade."""

from django.urls import URLPattern, URLResolver, path

from quizzes.views import files, learner, regrade, results

a_quiz = "teach/quizzes/<slug:quiz>/"
a_learner = f"{a_quiz}learners/<int:member>/"
an_answer = f"{a_learner}<int:number>/<int:place>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{a_quiz}results/", results.page, name="results"),
    path(f"{a_quiz}results/now", results.fragment, name="results-now"),
    path(f"{a_quiz}learners.csv", files.learners, name="results-learners"),
    path(f"{a_quiz}answers.csv", files.answers, name="results-answers"),
    path(a_learner, learner.page, name="learner"),
    path(f"{a_learner}<int:number>/give", learner.give, name="learner-give"),
    path(f"{a_learner}<int:number>/reopen", learner.reopen, name="learner-reopen"),
    path(f"{an_answer}trace", learner.trace, name="learner-trace"),
    path(f"{an_answer}excuse", learner.excuse, name="learner-excuse"),
    path(f"{an_answer}points", learner.points, name="learner-points"),
    path(f"{a_quiz}regrade/", regrade.page, name="regrade"),
    path(f"{a_quiz}regrade/run", regrade.run, name="regrade-run"),
    path(f"{a_quiz}regrade/apply", regrade.apply, name="regrade-apply"),
    path(f"{a_quiz}regrade/undo", regrade.undo, name="regrade-undo"),
]
