"""What the files for Git hosts say in words; `pipeline` puts each in its place."""

from __future__ import annotations

from hoso.i18n import mark

COMMENTS = {
    "about": mark(
        "At every push and every merge request: checks outlines, checklists and dossiers. On the default branch: "
        "publishes the site. Made by “hoso new --ci”; yours to change."
    ),
    "public": mark(
        "WHAT IS PUBLISHED IS PUBLIC as far as the Pages of this host are: on most hosts everybody on the internet can "
        "read them, even where the repository is private. Of the dossiers the site shows only what “publish:” in "
        "checklists and outlines allows (by default nothing). The repository itself holds every answer and every "
        "attachment: keep it private where dossiers are in it."
    ),
    "pages-github": mark("Once, in the repository: Settings → Pages → Source: “GitHub Actions”."),
    "pages-gitlab": mark(
        "Needs GitLab 17.10 or newer with Pages switched on. Who may read the site is set in the project: "
        "Settings → General → Visibility → Pages."
    ),
    "pages-forgejo": mark(
        "For Forgejo and Gitea with Actions switched on for the repository. The site goes into the branch “pages”, "
        "from where the host's Pages service shows it."
    ),
    "codeberg": mark(
        "Where the Pages service wants the site handed over, as Codeberg's does: this in place of the step above."
    ),
    "daily": mark("Every morning in Vietnam as well: the site says how many days are left."),
    "daily-gitlab": mark(
        "The site says how many days are left: let a schedule build it every morning (Build → Pipeline schedules)."
    ),
    "install": mark(
        "Where hoso comes from, as pip takes it: “hoso==1.0” from a package index, “git+https://…@v1.0” from a "
        "repository, or a wheel that lies in this repository, made by “python -m pip wheel --no-deps -w tools FOLDER”."
    ),
    "one-at-a-time": mark("Publishing is never cut off; of what waits, only the newest is built."),
    "check": mark("Check"),
    "publish": mark("Publish"),
    "build": mark(
        "Builds the site here too, so that what must not be published stops a merge request and not the site."
    ),
    "needs": mark("Without these lines the site is published even while dossiers have errors."),
    "once": mark("Not twice for a branch that has a merge request."),
    "report": mark("The problems for the merge request's own page; the next line tells them here and fails on errors."),
    "not-pages": mark("The built site itself is not checked."),
    "runner": mark("The label of your runners; on Codeberg: codeberg-small."),
    "branch": mark("Without a history: what is no longer published can be found nowhere."),
}
