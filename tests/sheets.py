"""Spreadsheets as offices keep them, made by tests."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment

from tracker.exchange.grids.grid import Grid
from tracker.exchange.tables.headings import Layout
from tracker.exchange.tables.sheet_tables import find_tables


def first_table(grid: Grid) -> Layout | None:
    """The first table of a sheet, if there is any."""
    return next(iter(find_tables(grid).tables), None)


def plain(path: Path) -> Path:
    """One header row under a title, dates written in every way, a total below."""
    book = Workbook()
    page = book.active
    page.title = "현황"
    page.append(["공공시설 건립 추진현황"])
    page.merge_cells("A1:H1")
    page.append(["(2026. 11. 20. 기준)", None, None, None, None, None, None, "(단위: 백만원)"])
    page.append(["연번", "시설명", "위치", "사업비", "담당", "착공", "준공(예정)", "개관"])
    page.append(
        [
            1,
            "가람도서관",
            "내외동 12",
            22100,
            "문화과 김주무관",
            "완료(2024.5)",
            "2027.6월",
            "'27년 하반기",
        ]
    )
    page.append([2, "나래체육센터", "삼계동", 8500, "체육과", "2026-06-30", "2027. 6.", "미정"])
    page.append([3, "다온복지관", "장유동", 12000, "복지과", "'26. 6월 말", "2027-12-31", "-"])
    page["F6"] = date(2026, 3, 2)
    page["F6"].number_format = "yyyy-mm-dd"
    page["G6"] = date(2027, 6, 1)
    page["G6"].number_format = 'yyyy"년" m"월"'
    page.append(["합계", None, None, 42600, None, None, None, None])
    page.append(["※ 미정: 예산 확보 후 결정"])
    book.save(path)
    return path


def merged(path: Path) -> Path:
    """A header of two rows, merged both ways; plans and actuals beside each other; two sheets."""
    book = Workbook()
    page = book.active
    page.title = "로봇"
    page["A1"] = "2026년 주요사업 추진계획"
    page.merge_cells("A1:J1")
    header = [
        ["사업명", "소재지", "사업비(억원)", None, None, "추진일정", None, None, None, "비고"],
        [None, None, "계", "국비", "시비", "착공", "준공(당초)", "준공(변경)", "준공실적", None],
    ]
    for row in header:
        page.append([None, *row])
    page["A2"] = "순번"
    for area in ("A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:J2", "K2:K3"):
        page.merge_cells(area)
    page.append(
        [
            1,
            "라온로봇센터",
            "진례면",
            221,
            100,
            121,
            "2024.4",
            "2025.4월",
            "2025. 6월",
            "✓ 2025.6.10",
            "정식 개소 준비",
        ]
    )
    page.append(
        [
            2,
            "마루연구동",
            "주촌면",
            150.5,
            None,
            None,
            "’25년 상반기",
            "2026년 말",
            "2027년 상반기",
            None,
            None,
        ]
    )
    page.append(["소계", None, None, 371.5, 100, 121, None, None, None, None, None])
    other = book.create_sheet("의료")
    other.append(["시설명", "담당부서", "담당자", "공정률", "준공", "개소"])
    other.append(["바른의료센터", "의료과", "박주무관", 0.45, 2026.12, "2027 상반기"])
    other["D2"].number_format = "0%"
    book.save(path)
    return path


def remarked(path: Path) -> Path:
    """A unit in the heading over the shares, a line above the header, a comment, a telephone."""
    book = Workbook()
    page = book.active
    page.append(["(2026. 11월 말 기준, ㎡)"])
    page.append(["시설명", "재원(백만원)", None, "준공", "담당부서", "담 당 자", "연 락 처"])
    page.append([None, "국비", "시비", None, None, None, None])
    page.merge_cells("B2:C2")
    for column in "ADEFG":
        page.merge_cells(f"{column}2:{column}3")
    page.append(["누리센터", 10000, "11,800", "2027.3", "로봇과", "한주무관", "330-1111"])
    page["D4"].comment = Comment("한주무관:\n당초 2026.6월,\n자재 수급으로 연기", "한주무관")
    single = book.create_sheet("문화")
    single.append(["(단위: 억원)"])
    single.append(["구분", "시설명", "사업비", "개관"])
    single.append(["문화", "가온미술관", "320", "27년 하반기"])
    book.save(path)
    return path


def broken(path: Path) -> Path:
    """Two good rows among cells that nobody can read."""
    book = Workbook()
    page = book.active
    page.append(["시설명", "사업비", "착공", "준공", "개소"])
    page.append(["사랑도서관", "120억", "2025.3", "2026.12", "2027.2"])
    page.append(["아름센터", 85, "언제쯤일까", "2026.12", "2027-02-30"])
    page.append([None, "10억", None, "2026.6", None])
    page.append(["자람회관", "백억쯤", 2026.1, "2028.5 완료", None])
    page.append(["사랑도서관", None, None, "2027.12", None])
    book.save(path)
    return path


CSV_OF_AN_OFFICE = """\
시설명,위치,총사업비(백만원),담당,착공(예정),준공일,개소
차오름센터,북부동,"3,500",체육과,2026. 3. ~ 4.,2026년 12월 31일,2027 상반기
카페도서관,,,도서관과,완료,2025.6 → 2026.3,추후 결정
총계,,"3,500",,,,
"""
