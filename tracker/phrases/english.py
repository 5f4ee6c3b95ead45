"""English words for dates."""

from tracker.phrases.tokens import Kind, Token

__all__ = ["TABLE"]

TABLE: tuple[tuple[Token, str], ...] = (
    (Token(Kind.MONTH, 1), "january|jan"),
    (Token(Kind.MONTH, 2), "february|feb"),
    (Token(Kind.MONTH, 3), "march|mar"),
    (Token(Kind.MONTH, 4), "april|apr"),
    (Token(Kind.MONTH, 5), "may"),
    (Token(Kind.MONTH, 6), "june|jun"),
    (Token(Kind.MONTH, 7), "july|jul"),
    (Token(Kind.MONTH, 8), "august|aug"),
    (Token(Kind.MONTH, 9), "september|sept|sep"),
    (Token(Kind.MONTH, 10), "october|oct"),
    (Token(Kind.MONTH, 11), "november|nov"),
    (Token(Kind.MONTH, 12), "december|dec"),
    (Token(Kind.SPAN, 21, "season"), "spring|springtime"),
    (Token(Kind.SPAN, 22, "season"), "summer|summertime"),
    (Token(Kind.SPAN, 23, "season"), "autumn|fall"),
    (Token(Kind.SPAN, 24, "season"), "winter|wintertime"),
    (Token(Kind.WEEKDAY, 0), "monday|mon"),
    (Token(Kind.WEEKDAY, 1), "tuesday|tues|tue"),
    (Token(Kind.WEEKDAY, 2), "wednesday|wed"),
    (Token(Kind.WEEKDAY, 3), "thursday|thurs|thu"),
    (Token(Kind.WEEKDAY, 4), "friday|fri"),
    (Token(Kind.WEEKDAY, 5), "saturday|sat"),
    (Token(Kind.WEEKDAY, 6), "sunday|sun"),
    (Token(Kind.DAY_SHIFT, 0), "today"),
    (Token(Kind.DAY_SHIFT, 1), "tomorrow"),
    (Token(Kind.DAY_SHIFT, 2), "day after tomorrow|overmorrow"),
    (Token(Kind.DAY_SHIFT, -1), "yesterday"),
    (Token(Kind.DAY_SHIFT, -2), "day before yesterday"),
    (Token(Kind.YEAR_SHIFT, 0), "later this year|later in the year|current year"),
    (Token(Kind.YEAR_SHIFT, 2), "year after next"),
    (Token(Kind.YEAR_SHIFT, -2), "year before last"),
    (Token(Kind.YEAR_AFTER, 1), "following year|year after"),
    (Token(Kind.YEAR_AFTER, 0), "that year|that same year|same year"),
    (Token(Kind.MONTH_AFTER, 0), "that month|that same month|same month"),
    (Token(Kind.MONTH_SHIFT, 0), "later this month|later in the month|current month"),
    (Token(Kind.MONTH_SHIFT, 2), "month after next"),
    (Token(Kind.MONTH_SHIFT, -2), "month before last"),
    (Token(Kind.MONTH_AFTER, 1), "following month|month after"),
    (
        Token(Kind.PART, name="early"),
        "early|early in|early part of|beginning of|start of",
    ),
    (
        Token(Kind.PART, name="mid"),
        "mid|middle of|middle",
    ),
    (
        Token(Kind.PART, name="late"),
        "late|late in|end of|end-of|end|close of",
    ),
    (
        Token(Kind.PART, name="late", unit="year"),
        "year-end|year end|yearend|year's end|end-year|end of year|end-of-year",
    ),
    (Token(Kind.PART, name="mid", unit="year"), "mid-year|midyear|mid year"),
    (Token(Kind.PART, name="late", unit="this month"), "month-end|month end|month's end"),
    (Token(Kind.PART, name="first", unit="month"), "first day of|first day in"),
    (Token(Kind.PART, name="last", unit="month"), "last day of|final day of|last day in"),
    (Token(Kind.SPAN, 36, "quarter"), "final quarter|final quarter of"),
    (Token(Kind.SPAN, 41, "half"), "latter half|later half|back half"),
    (Token(Kind.AIM, name="next"), "next"),
    (Token(Kind.AIM, name="coming"), "coming|upcoming|this coming|forthcoming"),
    (Token(Kind.AIM, name="last"), "last|previous|this past"),
    (Token(Kind.AIM, name="this"), "this|current"),
    (Token(Kind.AIM, name="same"), "same|that same"),
    (Token(Kind.UNIT, name="year"), "year|years|yr|yrs"),
    (Token(Kind.UNIT, name="half"), "half"),
    (Token(Kind.UNIT, name="quarter"), "quarter"),
    (Token(Kind.UNIT, name="month"), "month|months"),
    (Token(Kind.UNIT, name="week"), "week|weeks"),
    (Token(Kind.UNIT, name="day"), "day|days"),
    (Token(Kind.ORDINAL, 1), "first"),
    (Token(Kind.ORDINAL, 2), "second"),
    (Token(Kind.ORDINAL, 3), "third"),
    (Token(Kind.ORDINAL, 4), "fourth"),
    (Token(Kind.NUMBER, 1, "word"), "a|an|one"),
    (Token(Kind.NUMBER, 2, "word"), "two|a couple of"),
    (Token(Kind.NUMBER, 3, "word"), "three"),
    (Token(Kind.NUMBER, 4, "word"), "four"),
    (Token(Kind.NUMBER, 5, "word"), "five"),
    (Token(Kind.NUMBER, 6, "word"), "six"),
    (Token(Kind.NUMBER, 7, "word"), "seven"),
    (Token(Kind.NUMBER, 8, "word"), "eight"),
    (Token(Kind.NUMBER, 9, "word"), "nine"),
    (Token(Kind.NUMBER, 10, "word"), "ten"),
    (Token(Kind.NUMBER, 11, "word"), "eleven"),
    (Token(Kind.NUMBER, 12, "word"), "twelve"),
    (Token(Kind.COUNT, 6, "month"), "half a year|half year"),
    (Token(Kind.COUNT, 18, "month"), "a year and a half|one and a half years"),
    (Token(Kind.LATER), "from now|from today|later|hence|time|' time|'s time"),
    (Token(Kind.BEFORE, name="after"), "ago|earlier"),
    (Token(Kind.IN), "in|after a further"),
    (
        Token(Kind.UNTIL, name="before"),
        "by|no later than|not later than|up to|on or before|at the latest by|by no later than",
    ),
    (Token(Kind.UNTIL, name="between"), "until|till|through|thru|up until"),
    (Token(Kind.UNTIL, name="after"), "at the latest|or earlier|or before|or sooner"),
    (Token(Kind.WITHIN, name="before"), "within|inside"),
    (Token(Kind.BEFORE, name="before"), "before|prior to|ahead of"),
    (
        Token(Kind.SINCE, name="before"),
        (
            "no earlier than|no sooner than|not earlier than|not sooner than|not before"
            "|never before|on or after|earliest"
        ),
    ),
    (
        Token(Kind.SINCE, 1, "before"),  # not counting the date itself
        "after|later than|not until after|only after|beyond|past",
    ),
    (
        Token(Kind.SINCE, name="after"),
        (
            "or later|or after|and later|or thereafter|onward|onwards|and onwards|and beyond"
            "|or beyond|and after|at the earliest|at the very earliest|at earliest"
        ),
    ),
    (
        Token(Kind.FROM, name="before"),
        ("from|starting|starting from|starting in|beginning|beginning in|beginning from|since"),
    ),
    (Token(Kind.NOISE), "on|at|the|of|during|for|sometime|some time|sometime in"),
    (
        Token(Kind.SOFT, name="before"),
        (
            "around|about|circa|c.|ca.|ca|approximately|approx.|approx|roughly|some time around"
            "|sometime around|near"
        ),
    ),
    (Token(Kind.SOFT, name="after"), "or so|or thereabouts|approximately,"),
    (Token(Kind.BETWEEN), "between"),
    (Token(Kind.RANGE), "to"),
    (Token(Kind.OR), "or|and|and/or|or else"),
    (
        Token(Kind.NOISE),
        (
            "later in|expected|scheduled|slated|planned|targeted|target|due|anticipated|'s|s'"
            "|set for|planned for|both|either|inclusive|est.|date|time frame"
        ),
    ),
    (
        Token(Kind.EVENT),
        (
            "opening|completion|completed|launch|launched|operation|operations|groundbreaking"
            "|construction|commissioning|designation|handover|delivery|occupancy|inauguration|opened|opens"
        ),
    ),
)
"""Words with the piece that each of them is."""
