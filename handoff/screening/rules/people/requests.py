# ruff: noqa: E501  a pattern is read best in one piece
"""Asking for a person (ASK), and complaints about the coach (QLT)."""

from handoff.screening.patterns import any_of, rule

PERSON = (
    r"(human|human being|person|dietitian|nutritionist|actual person|real person|someone real"
    r"|somebody real|real one|live agent|real human|actual human|live person|real teacher|teacher"
    r"|counsell?or|expert|specialist|someone (on|from) your team|member of (your )?(staff|team)"
    r"|somebody (on|from) your team|human (agent|being|expert|coach)|real coach|nutrition expert"
    r"|qualified (person|dietitian|nutritionist))"
)
ONE = (
    r"(a |an |the |one of your |one of the |some |your |any |another |some kind of )?"
    r"(real |actual |live |proper |registered |qualified |human |licensed |nice )*"
)

RULES = (
    # --- ASK: a person, please -------------------------------------------------------------------
    rule(
        "ASK",
        3,
        rf"(talk|speak|chat|connect me|switch me|transfer me|put me through|be connected|hand me over"
        rf"|pass me|talking|speaking) (to|with|over to|through to) {ONE}{PERSON}",
        rf"(get|call|bring|fetch|find|send|give|connect|want|need|prefer|have|like) (me )?(in )?{ONE}"
        rf"{PERSON} (please|now|on the (line|phone)|here|to (talk|speak|help|join|look)|instead|in here"
        r"|for me|in)",
        rf"(i |just )(want|need|would like|would prefer|would rather have) {ONE}(real |human |actual |"
        rf"live )(person|human|dietitian|nutritionist|teacher|being|one|coach|doctor)",
        rf"(get|call|bring|give|find) me {ONE}{PERSON}",
        r"(want|need) (a|an) (human|human being|real person|person|dietitian|nutritionist)(?= \.|$)",
        rf"(can|could|may|might|would) {ONE}{PERSON} (please )?(join|help|call|come|step in|take over)",
        rf"is there {ONE}{PERSON} (i|who|that|there|available|around|here)",
        rf"(can|could|may) (i|we) (please )?(have|get|see) {ONE}(real |human |actual )(person|human"
        r"|dietitian|nutritionist|teacher|one)",
        r"(human|real person|real human|agent|representative) please",
        r"(talk|speak) to (someone|somebody) (real|human|who is (real|human|not a (bot|robot|machine"
        r"|computer))|from your team|on your team|else|in person)",
        r"(let|want) ~3 (a )?(real )?(human|person|dietitian) (take over|join|step in)",
        unless=any_of(
            r"(talked|spoke|been speaking) (to|with)|should i (talk|speak|see)|how do (i|you) say"
            r"|role ?play|pretend|(when|if|because|before|after|until) i (talk|speak|spoke|talked)"
            r"|(my|her|his) (teacher|person)|parent|learn to|practi[sc]e|what is it like|afraid|scared"
            r"|appointment (next|on|with)|last (week|time|month)|nervous|shy",
        ),
        negated=None,
        past=None,
    ),
    # --- QLT, PRV: mostly kept for review --------------------------------------------------------
    rule(
        "QLT",
        3,
        r"that is not what (my|the) (doctor|dietitian|nurse|gp|nutritionist|cardiologist) (said|told)",
        r"(that|this|your advice|you) (is|was|are) (dangerous|harmful) (advice|for me)|(want|give me"
        r"|demand|need) (a|my) (refund|money back)|make a (formal )?complaint",
        unless=r"in (the )?(lesson|role ?play)|restaurant|waiter|shop|store",
        negated=None,
        past=None,
    ),
    rule(
        "QLT",
        4,
        r"you are (not listening|useless|no help|not helping|stupid|wrong again)|this (app|thing|coach)"
        r" is (useless|terrible|stupid)",
        negated=None,
        past=None,
    ),
)
