"""Facts files from the shell: what is told of them, in the person's language."""

import re

import pytest

BROKEN = """\
출처 a b
source s
  basis: guess
  publsher: x
source s
facility Hall
  nome: 가
  cost: 많음
  floor_area: 넓음
  target_count: 1.5
  funding: 100
milestone x
milestone p2 other "2"
milestone p2 odd "2"
  title: 가
2025-04-02 개소 계획
2025-04-02 개소 당초
2025-04-02 개소 실적
2025-04-02 개소 계획 언젠가
2025-04-02 개소 계획 2023-02-29
2025-04-02 개소 계획 2025 @
2025-04-02 개소 계획 2025 "x" # y
2025-04-02 개소 계획 "x
2025-04-02 개소
2025-04-02 - 계획 2025
2025-04-02 - 보류
2025-04-02 - 메모
2025-04-02 - 공정률 40
2025-04-02 - 변경
2025-04-02 - retract
2025-04-02 개소 재개 2026
2025-04-02 개소 openning 2025
2025-4-2 opening plan 2025
2025-02-30 opening plan 2025
2027-01-01 opening plan 2025 @nobody
시셜 b
facility b
"""


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.facts"
    path.write_text(BROKEN, "utf-8")
    return path


def test_every_fault_is_said_in_korean(broken, tracker):
    ran = tracker("import", broken, "--lang", "ko")
    lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert len(lines) > 35
    for line in lines:
        why = re.fullmatch(r"tracker: broken\.facts:\d+: (.*)", line)[1]
        typed = re.sub(r"“[^”]*”|쓸 수 있는 말: .*|\(예: .*\)", "", why)
        assert re.search("[가-힣]", typed), line
        assert not re.search("[A-Za-z]{4,} [a-z]{2,}", typed), line
    assert "tracker: broken.facts:16: “계획”에 날짜가 없습니다" in ran.err


def test_every_fault_is_said_in_english_on_the_same_line(broken, tracker):
    korean, english = (tracker("import", broken, "--lang", lang).err for lang in ("ko", "en"))

    def numbers(err):
        return [line.split(":")[2] for line in err.splitlines()]

    assert numbers(korean) == numbers(english)
    assert not re.search("[가-힣]", re.sub(r"“[^”]*”|it is one of .*|write KRW .*", "", english))


def test_a_plan_without_a_date_is_refused_and_one_said_to_be_undated_is_not(tmp_path, tracker):
    path = tmp_path / "a.facts"
    for said, code in (("", 2), ("미정", 0), ("-", 0)):
        path.write_text(f"facility a\n  name: 가\n2025-04-02 개소 계획 {said}\n", "utf-8")
        assert tracker("import", path, "--db", tmp_path / "t.db").code == code
    assert tracker("list", "--json", "--db", tmp_path / "t.db").json["items"][0]["forecast"] is None


def test_facilities_and_programmes_are_counted_apart(tmp_path, tracker):
    path = tmp_path / "a.facts"
    path.write_text(
        "facility a\n  name: 가\n  described: 2025-01-06\n"
        "facility b\n  name: 나\n  described: 2025-01-06\n"
        "programme c\n  name: 다\n  described: 2025-01-06\n",
        "utf-8",
    )
    tried = tracker("import", path, "--dry-run", "--db", tmp_path / "t.db").out
    done = tracker("import", path, "--db", tmp_path / "t.db").out
    numbers = "새 시설 2곳, 새 사업 1건, 새 마일스톤 0건, 새 변경 이력 3"
    assert numbers in tried
    assert done.startswith(numbers)
    dumped = tmp_path / "t.json"
    tracker("export", dumped, "--db", tmp_path / "t.db")
    again = tracker("import", dumped, "--db", tmp_path / "u.db").out
    assert again.startswith("새 시설 2곳, 새 사업 1건,")


def test_warnings_name_what_people_call_it_and_do_not_fill_the_screen(tmp_path, tracker):
    lines = ["facility a", "  name: 가람관"]
    for n in range(30):
        lines += [f'milestone p{n} other "{n}단계"']
        lines += [f"2025-04-02 p{n} actual 2025-03", f"2025-05-02 p{n} plan 2026"]
    path = tmp_path / "a.facts"
    path.write_text("\n".join(lines), "utf-8")
    tried = tracker("import", path, "--dry-run", "--db", tmp_path / "t.db").err.splitlines()
    done = tracker("import", path, "--db", tmp_path / "t.db").err.splitlines()
    assert len(tried) == 30
    assert len(done) == 21
    assert "가람관 · 0단계" in done[0]
    assert "10건" in done[-1]
