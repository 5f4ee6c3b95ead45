"""Leaving at the moment at which a screen opens."""

import pytest
from stage import ROBOT

from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.chooser import Chooser
from tracker.tui.forms.field import Field
from tracker.tui.forms.form import Form
from tracker.tui.session.views import VIEWS, view_of
from tracker.tui.welcome.welcome import WelcomeScreen
from tracker.tui.widgets.choice import Choice


def form(session):
    return Form(
        session,
        "메모",
        [Field("day", "날짜", date=True)],
        lambda answers: answers,
    )


SCREENS = {
    **{view.id: lambda session, id_=view.id: view_of(id_).make(session) for view in VIEWS},
    "facility": lambda session: FacilityScreen(session, ROBOT, "opening"),
    "welcome": WelcomeScreen,
    "form": form,
    "choices": lambda session: Chooser("상태", [Choice("a", "가")], session.words),
    "commands": lambda session: Chooser("상태", [Choice("a", "가")], session.words, typing=True),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_that_opens_while_the_program_ends_is_no_failure(opened, name):
    async with opened() as pilot:
        app = pilot.app
        screen = SCREENS[name](app.session)
        app.push_screen(screen)
        app.exit()
        await pilot.pause()
    assert app.return_code == 0
