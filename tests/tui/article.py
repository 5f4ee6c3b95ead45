"""An announcement about the facilities of the stage, and the screen that decides about it."""

from datetime import date
from pathlib import Path

from stage import press
from textual.pilot import Pilot

from tracker.acts.announcement_acts import read_announcement
from tracker.announcements.text.documents import read_document
from tracker.app.workspace import Workspace
from tracker.tui.announcement.view import ArticleScreen

DAY = date(2026, 11, 12)
TEXT = """강변에 도서관 문 연다… 로봇센터는 또 미뤄져

강변일보 한나래 기자
입력 2026-11-12 10:42

김해시는 '한국로봇리퍼브센터' 개소 시기를 당초 지난해 10월에서 내년 3월로 조정했다고 12일 밝혔다.

창원시 '강변도서관'은 다음 달 10일 개관한다. [b]굵게[/b] [@click=app.quit]나가기[/]

'다온 소방학교'는 2024년 4월 첫 삽을 떴고 내년 5월 완공된다.

저작권자 ⓒ 강변일보, 무단 전재 및 재배포 금지
"""
OLD_PLAN, NEW_PLAN, SAME, STARTED, BUILT = range(5)


async def announce(pilot: Pilot[None], office: Workspace, text: str = TEXT) -> ArticleScreen:
    """Show the screen as `tracker read FILE --review` does."""
    document = read_document(text.encode(), "article.txt")
    screen = ArticleScreen(
        pilot.app.session, read_announcement(office, document, DAY, "article.txt")
    )
    pilot.app.push_screen(screen)
    await press(pilot)
    return screen


def written(folder: Path, text: str = TEXT) -> Path:
    """The announcement as a file."""
    file = folder / "article.txt"
    file.write_text(text, "utf-8")
    return file
