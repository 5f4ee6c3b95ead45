"""Texts that are made to be slow to read: a megabyte of one thing, over and over."""

M = 1_000_000


def names(count):
    pairs = ((chr(0xAC00 + i % 11000), chr(0xAC00 + i * 7 % 11000)) for i in range(count))
    return "".join(f"'{a}{b}센터'는 2025년 착공. " for a, b in pairs)


HUGE = {
    "one letter": "가" * M,
    "quotes": "'" * M,
    "brackets": "(" * M,
    "blanks": "x" + " " * M,
    "lines": "x" + "\n" * M,
    "digits": "1" * M,
    "dates": "2025년 3월 " * (M // 8),
    "ranges": "3~" * (M // 2),
    "steps": "착공 " * (M // 3),
    "works": "공사를 마치고 " * (M // 8),
    "heads": "센터 " * (M // 3),
    "many facilities": names(M // 20),
    "dated facilities": "2025년 3월 '가센터'를 착공해 " * (M // 20),
    "dates of one": "".join(
        f"'가람센터'는 {1990 + i % 110}년 {1 + i // 110 % 12}월 착공. " for i in range(M // 60)
    ),
    "dates of many": "".join(
        f"'{chr(0xAC00 + i)}센터'는 {1990 + i * 7 % 110}년 착공. " for i in range(11_000)
    ),
    "one put off": "".join(
        f"가람센터 준공이 {1990 + i % 110}년 {1 + i // 110 % 12}월로 미뤄졌다. "
        for i in range(M // 90)
    ),
    "an entry of a list": ("- " + "센터 " * 20 + "(" * 3000 + "\n") * 200,
    "capitals": "The Big " * (M // 8),
    "English": "opened in March 2025 " * (M // 21),
    "loose letters": "\u1100\u1161\u11a8" * (M // 3),
    "open tags": "<html><body>" + "<a " * (M // 3),
    "open comments": "<html><body>x" + "<!-- " * (M // 5),
    "tags": "<html><body>x" + "<div>" * (M // 5),
    "references": "<html><body>" + "&#" * (M // 2),
    "attributes": "<html><body>x<meta " + "a= " * (M // 3),
}
