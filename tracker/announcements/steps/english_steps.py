"""English words for the steps of a facility's life, as tables.

What is worked on is told apart from what is done with it: “construction”, “detailed design”
and “land compensation” begin and end with the same verbs.
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re
from collections.abc import Iterator

from db.model.records import Kind

__all__ = ["PATTERNS"]

_OF = r"(?: (?:of|for|on|at|to|in|near|by|between) (?:[^,.;]|\.(?=\d)){3,60}?)?"
_ASIDE = r"(?:, [^.;]{3,90}?,)?"
_AUX = (
    r"(?:,? (?:which|that|has|have|had|is|are|was|were|will|would|should|could|may|to|be|been|being|now|also"
    r"|finally|soon|officially|formally|already|then|actually|only|set|due|expected|scheduled|slated|planned"
    r"|likely|supposed|projected|targeted|forecast|on track|on course|got|gets?|not|itself|both))*"
)
_BEGUN = (
    r"(?:begin|begins|began|begun|start|starts|started|kick(?:s|ed)? off|commence[sd]?|launch(?:es|ed)?"
    r"|(?:get |gets |got )?under ?way|get going|got going)"
)
_ENDED = (
    r"(?:complet(?:e|es|ed)|finish(?:es|ed)?|end|ends|ended|wrap(?:s|ped)? up|conclude[sd]?|done|over"
    r"|finali[sz]e[sd]?|ready|in place)"
)
_DOES_BEGIN = r"(?:begin|begins|began|begun|beginning|start|starts|started|starting|launch|launches|launched|commence|commenced|enter|enters|entered|kick(?:s|ed)? off|resum(?:e|es|ed))"
_DOES_END = r"(?:complet(?:e|es|ed|ing)|finish(?:es|ed|ing)?|conclud(?:e|es|ed|ing)|finali[sz](?:e|es|ed|ing)|wrap(?:s|ped|ping)? up|end(?:s|ed)?)"
_ITS = r"(?: (?:the|its|a|an|all|both|that|this|their))?"

_BUILDING = (
    r"(?:(?:full-scale |main |civil |building |foundation |interior )?(?:construction(?: work)?|works?|groundwork|renovations?|remodel+ing"
    r"|refurbishment|restoration|reconstruction|expansion|conversion|excavation|earthwork|site preparation|piling|paving))"
)
_DESIGN = r"(?:(?:detailed |basic |architectural |engineering |working |final |schematic )?designs?(?: work| phase| process| stage)?)"
_STUDY = r"(?:(?:preliminary )?feasibility (?:study|test|review|survey|assessment)|(?<=the )study|(?<=its )study)"
_LAND = r"(?:(?:land |site )?(?:compensation|acquisition|purchases?)|environmental (?:impact )?(?:assessment|review))"
_RUNNING = r"(?:(?:trial|test|pilot|commercial|full|regular|normal|limited|full-scale)(?: |-)(?:operations?|runs?|service|production|running))"


def _worked(works: str, begun: Kind | None, ended: Kind | None) -> Iterator[tuple[Kind, str]]:
    """What becomes of a work, said of it and said of who does it."""
    for kind, passive, active in ((begun, _BEGUN, _DOES_BEGIN), (ended, _ENDED, _DOES_END)):
        if kind is not None:
            yield kind, rf"{works}{_OF}{_ASIDE}{_AUX} {passive}"
            yield kind, rf"{active}{_ITS} {works}"


_TURNS: tuple[tuple[Kind, str], ...] = (
    *_worked(_STUDY, Kind.FEASIBILITY, Kind.FEASIBILITY),
    (
        Kind.FEASIBILITY,
        rf"(?:pass|clear|fail)(?:ed|es|s)?{_ITS} (?:preliminary )?(?:feasibility )?(?:study|test|review)",
    ),
    (Kind.FEASIBILITY, rf"{_STUDY}(?: (?:was|is|had been|has been)(?: \w+)? waived)?"),
    (
        Kind.OPERATION,
        r"(?:run|operated?|operating) (?:\w+ )?on a (?:trial|test|pilot) basis|(?:be |been |was |were |is )?test-run",
    ),
    *_worked(_RUNNING, Kind.OPERATION, Kind.OPERATION),
    (Kind.GROUNDBREAKING, r"br(?:eak|eaks|oke|eaking) ground"),
    (Kind.GROUNDBREAKING, r"ground(?:-|\s)?breaking"),
    (
        Kind.GROUNDBREAKING,
        r"ground (?:was|is|will be|is to be|had been|has been)(?: finally)? broken",
    ),
    (Kind.GROUNDBREAKING, r"under (?:construction|renovation|way)(?= since)|underway(?= since)"),
    (
        Kind.GROUNDBREAKING,
        r"(?:moved|moves|pushed|pushes|put|delayed|delays|postponed|brought) (?:back )?the (?:start|groundbreaking)(?: of (?:work|construction))?",
    ),
    (Kind.GROUNDBREAKING, rf"{_DOES_BEGIN}{_ITS} (?:building|work on|renovat\w+)"),
    (Kind.GROUNDBREAKING, r"shovels? (?:\w+ )?in the ground|first (?:shovel|spade)"),
    (Kind.DESIGN, r"design (?:competition|contest)"),
    *_worked(_DESIGN, Kind.DESIGN, Kind.DESIGN),
    (
        Kind.DESIGN,
        rf"(?:move[sd]? (?:in)?to|goe?s? into|get|gets|receive|undergo|finali[sz]e){_ITS} {_DESIGN}",
    ),
    (Kind.DESIGN, rf"{_DESIGN}{_OF}{_AUX} (?:approved|adopted|selected|chosen|run)"),
    (
        Kind.DESIGN,
        rf"{_DESIGN}{_OF} (?:is|was) (?:\w+ )?(?:under way|underway|in progress)[^,.;]{{0,30}}?(?:done|complete|completed|finished|ready)",
    ),
    (
        Kind.OTHER,
        rf"(?:contractor|builder|construction (?:firm|company)){_OF}{_AUX} (?:selected|chosen|picked|named)|(?:select|choose|pick|name)\w*(?: a| the| its)? (?:new )?(?:contractor|builder)",
    ),
    *_worked(_LAND, Kind.OTHER, Kind.OTHER),
    (
        Kind.SELECTION,
        r"(?:was|were|been|being)? ?(?:selected|chosen|picked)(?: (?:as|for|in|by|under|to))",
    ),
    (
        Kind.SELECTION,
        r"(?:selected|chosen|picked)(?= (?:last|this|in|on) (?:year|month|week|spring|summer|fall|autumn|winter|[A-Z]\w+|\d{4}))",
    ),
    (Kind.SELECTION, r"won (?:an? |the )?[^,.;]{0,50}?(?:contest|competition|bid|call)"),
    (Kind.DESIGNATION, r"designat(?:ed?|ion|es)"),
    (Kind.ACCREDITATION, r"(?:[A-Z]\w+-)?accredit(?:ed|ation)"),
    (
        Kind.ACCREDITATION,
        r"recogni[sz]ed as an? [^.,;]{0,30}(?:KOLAS|GLP|GMP|testing|laboratory|body)",
    ),
    (
        Kind.ACCREDITATION,
        r"(?:KOLAS|GLP|GMP|ISO|HACCP) (?:[a-z]+ ){0,3}(?:status|recognition|certification|approval|certificate)",
    ),
    (
        Kind.OPERATION,
        r"(?:running|operating|in operation|in service)(?: on a trial basis| on trial)?(?= since)",
    ),
    (
        Kind.OTHER,
        r"(?:win|won|get|got|obtain|receive|secure|grant|issue)\w*(?: a| the| its)? (?:building|construction|development) (?:permit|approval|license)",
    ),
    (
        Kind.SELECTION,
        r"(?:chose|chosen|picked|selected|named)(?: the| its| a)? (?:site|location|plot)(?! of)",
    ),
    (Kind.OPERATION, r"(?:start|starts|started) up|switch(?:es|ed)? on"),
    (
        Kind.FEASIBILITY,
        r"(?<=study )(?:[^.;]{3,80} )?(?:produce|yield|deliver|return)s?(?: its| the)? (?:results?|findings)|results? (?:of the (?:feasibility )?study )?(?:will |is |are |were )?(?:be )?(?:due|expected|out|released|announced|published|come out|came out)",
    ),
    (Kind.OTHER, r"(?:broken|bored|cut) through|breakthrough(?! in)"),
    (
        Kind.DESIGN,
        rf"{_DESIGN}{_OF}{_AUX} (?:commissioned|ordered|tendered)|commission(?:s|ed)?{_ITS} {_DESIGN}",
    ),
    (
        Kind.ACCREDITATION,
        r"(?:receive|obtain|win|earn|gain|secure|get)\w* [^,.;]{0,30}(?:certification|approval as an? [^,.;]{0,20}laboratory)",
    ),
    (Kind.OPERATION, _RUNNING),
    (
        Kind.OPERATION,
        rf"{_DOES_BEGIN} (?:\w+ )?(?:operat\w+|services?|production|accepting \w+|receiving \w+|treating \w+)",
    ),
    (Kind.OPERATION, r"(?:operations?|production|services?|treatment)" + _AUX + f" {_BEGUN}"),
    (
        Kind.OPERATION,
        r"(?:go|goes|went|going|gone|come|came|put|brought) (?:in)?to (?:full |commercial |regular |trial )?(?:operation|service|production)",
    ),
    (
        Kind.OPERATION,
        r"(?:become|be|fully) operational|(?:go|goes|went|come|came) (?:online|on ?stream|live)",
    ),
    (
        Kind.OPERATION,
        r"(?:be )?in (?:full |commercial )?operation|enter(?:s|ed)? service|commission(?:ed|ing)",
    ),
    *_worked(_BUILDING, Kind.GROUNDBREAKING, Kind.COMPLETION),
    (
        Kind.COMPLETION,
        r"complet(?:e|ed|es|ion|ing)(?! (?:the )?(?:survey|course|training|form|study))",
    ),
    (Kind.COMPLETION, r"finish(?:ed|es|ing)?(?: (?:the )?(?:work|works|construction|building))?"),
    (
        Kind.COMPLETION,
        r"(?:to be|will be|being) built|(?:to |will )be ready(?= (?:by|in|for|around|before))",
    ),
    (
        Kind.COMPLETION,
        r"(?:due|expected|scheduled|set|slated) to (?:wrap up|end|conclude|be (?:ready|done))",
    ),
    (Kind.COMPLETION, r"be wrapped up|wrap(?:s|ped)? up (?:work|construction)|top(?:s|ped) out"),
    (
        Kind.OPENING,
        r"(?:re-?)?open(?:s|ed|ing)?(?: (?:its doors|to the public|to visitors|to traffic|for business))?(?! (?:house|call|letter|hours|air|source|data))",
    ),
    (Kind.OPENING, r"inaugurat\w+|unveil(?:s|ed|ing)?"),
    (
        Kind.OPENING,
        r"welcom(?:e|es|ed|ing) (?:its |the |their )?(?:first|visitors|guests|students|patients|passengers|children|readers)",
    ),
    (
        Kind.OPENING,
        r"(?:be|come|comes|came|put|go) (?:in|into) use|ready for (?:use|visitors|traffic)|throw(?:s|n)? open|(?:admit|receive|greet)s? (?:its |the )?(?:first )?(?:patients|students|visitors|guests|passengers)",
    ),
)
"""Turns of phrase and what they mean; earlier ones win where two fit the same place."""

_CERTAIN = frozenset(
    {Kind.FEASIBILITY, Kind.GROUNDBREAKING, Kind.DESIGN, Kind.OPERATION, Kind.OPENING}
)

PATTERNS = tuple(
    (
        kind,
        re.compile(rf"(?<![\w-])(?:{turn})(?![\w-])", re.IGNORECASE),
        1.0 if kind in _CERTAIN else 0.9,
    )
    for kind, turn in _TURNS
)
"""Kind, pattern and weight."""
