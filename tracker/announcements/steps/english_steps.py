"""English words for the steps of a facility's life, as tables.

What is worked on is told apart from what is done with it: “construction”, “detailed design”
and “land compensation” begin and end with the same verbs.
"""

# ruff: noqa: E501 - a pattern that is a list of words stays on its line

import re

from db.model.records import Kind
from tracker.announcements.steps.works import rows_of

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


_PARTS = {
    "_ASIDE": _ASIDE,
    "_AUX": _AUX,
    "_BEGUN": _BEGUN,
    "_BUILDING": _BUILDING,
    "_DESIGN": _DESIGN,
    "_DOES_BEGIN": _DOES_BEGIN,
    "_DOES_END": _DOES_END,
    "_ENDED": _ENDED,
    "_ITS": _ITS,
    "_LAND": _LAND,
    "_OF": _OF,
    "_RUNNING": _RUNNING,
    "_STUDY": _STUDY,
}
_TURNS = r"""
feasibility   {_STUDY}{_OF}{_ASIDE}{_AUX} {_BEGUN}
feasibility   {_DOES_BEGIN}{_ITS} {_STUDY}
feasibility   {_STUDY}{_OF}{_ASIDE}{_AUX} {_ENDED}
feasibility   {_DOES_END}{_ITS} {_STUDY}
feasibility   (?:pass|clear|fail)(?:ed|es|s)?{_ITS} (?:preliminary )?(?:feasibility )?(?:study|test|review)
feasibility   {_STUDY}(?: (?:was|is|had been|has been)(?: \w+)? waived)?
operation     (?:run|operated?|operating) (?:\w+ )?on a (?:trial|test|pilot) basis|(?:be |been |was |were |is )?test-run
operation     {_RUNNING}{_OF}{_ASIDE}{_AUX} {_BEGUN}
operation     {_DOES_BEGIN}{_ITS} {_RUNNING}
operation     {_RUNNING}{_OF}{_ASIDE}{_AUX} {_ENDED}
operation     {_DOES_END}{_ITS} {_RUNNING}
groundbreaking br(?:eak|eaks|oke|eaking) ground
groundbreaking ground(?:-|\s)?breaking
groundbreaking ground (?:was|is|will be|is to be|had been|has been)(?: finally)? broken
groundbreaking under (?:construction|renovation|way)(?= since)|underway(?= since)
groundbreaking (?:moved|moves|pushed|pushes|put|delayed|delays|postponed|brought) (?:back )?the (?:start|groundbreaking)(?: of (?:work|construction))?
groundbreaking {_DOES_BEGIN}{_ITS} (?:building|work on|renovat\w+)
groundbreaking shovels? (?:\w+ )?in the ground|first (?:shovel|spade)
design        design (?:competition|contest)
design        {_DESIGN}{_OF}{_ASIDE}{_AUX} {_BEGUN}
design        {_DOES_BEGIN}{_ITS} {_DESIGN}
design        {_DESIGN}{_OF}{_ASIDE}{_AUX} {_ENDED}
design        {_DOES_END}{_ITS} {_DESIGN}
design        (?:move[sd]? (?:in)?to|goe?s? into|get|gets|receive|undergo|finali[sz]e){_ITS} {_DESIGN}
design        {_DESIGN}{_OF}{_AUX} (?:approved|adopted|selected|chosen|run)
design        {_DESIGN}{_OF} (?:is|was) (?:\w+ )?(?:under way|underway|in progress)[^,.;]{0,30}?(?:done|complete|completed|finished|ready)
other         (?:contractor|builder|construction (?:firm|company)){_OF}{_AUX} (?:selected|chosen|picked|named)|(?:select|choose|pick|name)\w*(?: a| the| its)? (?:new )?(?:contractor|builder)
other         {_LAND}{_OF}{_ASIDE}{_AUX} {_BEGUN}
other         {_DOES_BEGIN}{_ITS} {_LAND}
other         {_LAND}{_OF}{_ASIDE}{_AUX} {_ENDED}
other         {_DOES_END}{_ITS} {_LAND}
selection     (?:was|were|been|being)? ?(?:selected|chosen|picked)(?: (?:as|for|in|by|under|to))
selection     (?:selected|chosen|picked)(?= (?:last|this|in|on) (?:year|month|week|spring|summer|fall|autumn|winter|[A-Z]\w+|\d{4}))
selection     won (?:an? |the )?[^,.;]{0,50}?(?:contest|competition|bid|call)
designation   designat(?:ed?|ion|es)
accreditation (?:[A-Z]\w+-)?accredit(?:ed|ation)
accreditation recogni[sz]ed as an? [^.,;]{0,30}(?:KOLAS|GLP|GMP|testing|laboratory|body)
accreditation (?:KOLAS|GLP|GMP|ISO|HACCP) (?:[a-z]+ ){0,3}(?:status|recognition|certification|approval|certificate)
operation     (?:running|operating|in operation|in service)(?: on a trial basis| on trial)?(?= since)
other         (?:win|won|get|got|obtain|receive|secure|grant|issue)\w*(?: a| the| its)? (?:building|construction|development) (?:permit|approval|license)
selection     (?:chose|chosen|picked|selected|named)(?: the| its| a)? (?:site|location|plot)(?! of)
operation     (?:start|starts|started) up|switch(?:es|ed)? on
feasibility   (?<=study )(?:[^.;]{3,80} )?(?:produce|yield|deliver|return)s?(?: its| the)? (?:results?|findings)|results? (?:of the (?:feasibility )?study )?(?:will |is |are |were )?(?:be )?(?:due|expected|out|released|announced|published|come out|came out)
other         (?:broken|bored|cut) through|breakthrough(?! in)
design        {_DESIGN}{_OF}{_AUX} (?:commissioned|ordered|tendered)|commission(?:s|ed)?{_ITS} {_DESIGN}
accreditation (?:receive|obtain|win|earn|gain|secure|get)\w* [^,.;]{0,30}(?:certification|approval as an? [^,.;]{0,20}laboratory)
operation     {_RUNNING}
operation     {_DOES_BEGIN} (?:\w+ )?(?:operat\w+|services?|production|accepting \w+|receiving \w+|treating \w+)
operation     (?:operations?|production|services?|treatment){_AUX} {_BEGUN}
operation     (?:go|goes|went|going|gone|come|came|put|brought) (?:in)?to (?:full |commercial |regular |trial )?(?:operation|service|production)
operation     (?:become|be|fully) operational|(?:go|goes|went|come|came) (?:online|on ?stream|live)
operation     (?:be )?in (?:full |commercial )?operation|enter(?:s|ed)? service|commission(?:ed|ing)
groundbreaking {_BUILDING}{_OF}{_ASIDE}{_AUX} {_BEGUN}
groundbreaking {_DOES_BEGIN}{_ITS} {_BUILDING}
completion    {_BUILDING}{_OF}{_ASIDE}{_AUX} {_ENDED}
completion    {_DOES_END}{_ITS} {_BUILDING}
completion    complet(?:e|ed|es|ion|ing)(?! (?:the )?(?:survey|course|training|form|study))
completion    finish(?:ed|es|ing)?(?: (?:the )?(?:work|works|construction|building))?
completion    (?:to be|will be|being) built|(?:to |will )be ready(?= (?:by|in|for|around|before))
completion    (?:due|expected|scheduled|set|slated) to (?:wrap up|end|conclude|be (?:ready|done))
completion    be wrapped up|wrap(?:s|ped)? up (?:work|construction)|top(?:s|ped) out
opening       (?:re-?)?open(?:s|ed|ing)?(?: (?:its doors|to the public|to visitors|to traffic|for business))?(?! (?:house|call|letter|hours|air|source|data))
opening       inaugurat\w+|unveil(?:s|ed|ing)?
opening       welcom(?:e|es|ed|ing) (?:its |the |their )?(?:first|visitors|guests|students|patients|passengers|children|readers)
opening       (?:be|come|comes|came|put|go) (?:in|into) use|ready for (?:use|visitors|traffic)|throw(?:s|n)? open|(?:admit|receive|greet)s? (?:its |the )?(?:first )?(?:patients|students|visitors|guests|passengers)
"""
"""Turns of phrase and what they mean; earlier ones win where two fit the same place."""

_CERTAIN = frozenset(
    {Kind.FEASIBILITY, Kind.GROUNDBREAKING, Kind.DESIGN, Kind.OPERATION, Kind.OPENING}
)

PATTERNS = tuple(
    (
        Kind(kind),
        re.compile(rf"(?<![\w-])(?:{turn})(?![\w-])", re.IGNORECASE),
        1.0 if Kind(kind) in _CERTAIN else 0.9,
    )
    for kind, turn in rows_of(_TURNS, _PARTS, columns=2)
)
"""Kind, pattern and weight."""
