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
SOMEBODY = (
    rf"({ONE}{PERSON}|somebody|someone|anybody|anyone|one of (your|the) (people|team|staff|experts|humans|colleagues|nurses|dietitians|teachers)|(a|your|some) (colleague|nurse|advisor|adviser|professional|pro|doctor|physician|supervisor|manager|operator|agent"
    r"|representative|rep|human \w+|coach man)( of yours)?)"
)
ME = r"me(?! (fat|names|ugly|stupid|lazy|crazy))"
# More ways to ask: to be put through, that somebody looks, rings or takes over, that it is no machine.
ASKED_FOR = (
    r"(put|patch) me (straight |right )?through(?! (it|hell|this|that|so|a|the|my paces|college|school|uni|university|all))",
    rf"(hand|pass|transfer|switch|connect|hook|refer|forward) me (over |on |across |up |straight )*(to|with) ({SOMEBODY}|a live chat|live chat|support|customer service|the desk|your (team|staff|people))",
    r"(please |just |can you |could you |would you )(transfer me|escalate (this|it|me|my case)|hand me over)|(can|could) (this|it|i) be (escalated|put through|transferred|handed over|referred to (a|an|the|one|some\w+))|(hand|pass) me (over|on) to",
    r"(?<![^.] )((an? |the |your )?(operator|agent|representative|human|live agent|real person|real human|human agent|customer service|supervisor|dietitian|nutritionist))( please| now| right now)*(?= \.|$)",
    rf"{SOMEBODY} (who (knows|understands|has|is|can|does) (\w+ ){{0,5}})?(real |human |trained |qualified |here |there )?(should|could|can|to|needs to|must|has to|please|would|may|might) (please |also |kindly |maybe )?(look at|take a look|check (this|it|my|over)|see (this|it|my)|have a look|look (it|this) over|look into|look"
    rf"|go over|go through|read (this|it|my)|(call|ring|phone|telephone|contact|message|text|write to|video call) {ME}|get back to me|get in touch|join (us|me|this|in)|take (this|it)? ?over|step in|give me a (call|ring)|help me instead|reply to me|answer me)",
    rf"(have|get|ask|let|want|like|need|tell|can|could|would|will|may|might) {SOMEBODY} (from your team |on your team |from the team |there |real |human )*(who (knows|understands|has|is|can) (\w+ ){{0,5}})?(to )?(please )?(look at|take a look|check|have a look|look into|go over|go through|(call|ring|phone|telephone|contact|message|video call) {ME}|get back to me|get in touch|drop me|take (this|it)|join|step in|reply|sign|come (on|in))",
    r"(is|are) (there )?(anyone|anybody|someone|somebody|a human|a real person|a person|anyone human|any1|any human|any humans|humans)( real| human| alive)* (there|here|on duty|available|around|at the desk|on the (line|end)|i can (talk|speak)|behind)( tonight| now| today| please| at all)?(?= \.|$| or| to (talk|speak)| who can)",
    rf"is there {ONE}{PERSON} (on|at|behind|in there)",
    r"(not|instead of|rather than|sick of|tired of|enough of|done with|fed up with|do this with|hate|out of) (talking |speaking |chatting |talk |speak |chat )?(to |with )?(a|an|the|this|some) (\w+ )?(bot|robot|machine|computer|ai|chatbot|recording|automatic thing)(?= \.|$| i | can| please| any\w*| is| get| give| any)",
    r"(talk|speak|chat|discuss (it|this|that|everything)|go over (it|this|that)|sort (it|this)( out)?|go through (it|this)|conversation|word) (to|with) (a |an |one |some |the )?(operator|live agent|human agent|pro|professional|specialist|advisor|adviser|human\w*|person|live person|somebody (else|real|proper|who|from|in charge)"
    r"|someone (else|real|proper|who|from|in charge|trained|qualified)|one of your \w+|your (team|people|staff|supervisor|manager|dietitian|nutritionist|expert|experts|colleagues?|boss))",
    rf"(can|could|may|like to|want to|need to|love to|possible to|possible that i|please|let me|wish to) (i |we |you |please |kindly )*(book|arrange|make|schedule|set up|get|have|request|organi[sz]e|video call) (me )?(an? |the )?(appointment|consultation|session|slot|call|callback|call back|video call|chat|word|meeting)? ?(with |from )?(one of your (experts|dietitians|people|nurses)|{ONE}(qualified |human )?(dietitian|nutritionist|expert|human|real person|specialist|professional|person on your team|teacher|nurse))(?! (appointment|recipe|book))",
    r"(refer me|be referred|referral|a referral) to (a|an|the|your|some) (\w+ )?(specialist|dietitian|nutritionist|doctor|expert|professional|consultant|nurse)",
    r"(somebody|someone|a person|anyone|somebody made) (of |made of )?flesh and blood|who is in charge (there|here)|(get|want|need|give|fetch|call) (me )?(a |an |your |the )(supervisor|manager|operator|live agent|human agent|human being|representative)",
    r"(flag|send|pass|forward|show|escalate) (this|it|that|my \w+) (on |over |up )?(to|for) (one of )?(the |your |a |an |some )?(humans?|team|person|people|staff|experts?|dietitian|nutritionist|colleagues?|supervisor)",
    r"(hear|want|need|like|love|prefer) (to hear |to have |to get )?(a |an |some )?human (voice|judg\w+|opinion|eyes?|answer|help|being|touch|contact|expert)|(want|need|would like) (a |an |some )?(expert|specialist|professional|dietitian|nutritionist|human|doctor) to (look|check|see|sign|review|read|call|ring|tell|decide|judge|go|confirm)",
    r"(have|let) (a |an |your )?(person|human|colleagues?|team|dietitian|nutritionist|expert|specialist) (take it|take this|take over|call|ring|phone|answer|look|check|step|join|go|handle)",
)

# To whom a machine is named as what is not wanted.
LIVING = r"(tutor|teacher|coach|doctor|nurse|trainer|instructor|advis[eo]r|consultant|dietitian|nutritionist|person|human|agent|expert)"
TALK_TO = r"(talk|speak|chat|message|msg|text|txt|write|dm|call|ring|phone|e ?mail)"
# Asked as a question for the way, or told as what would be easier.
ASKED_ABOUT = (
    rf"(actual|real|live|human|proper|living) {LIVING} (that |who |whom )?(i|we) (can|could|may) {TALK_TO}",
    rf"(can|could|may) i {TALK_TO} (to |with )?(an?|the|some) (actual|real|live|human|proper|living) {LIVING}",
    r"how (do|can|could|would|might|does one) (i|we|one|you) (get (hold of|in touch with|through to|to (talk|speak) (to|with))|reach|contact) (an? |the |some |one of your )?(real |actual |human )*(somebody|someone|anybody|anyone|person|human|dietitian|nutritionist|doctor|staff|member of staff|expert|specialist|team)"
    r"( (at|from|in|on|over) (your|the|there)( (place|office|end|company|team|desk|practice|side|clinic))?)?(?= \.|$| please| about| today| now| here| there)",
    rf"(talk|speak|chat) (to|with) my {LIVING} (\w+ ){{0,4}}(the )?(real|actual|human) (one|person|thing)",
    rf"(talk|speak|chat) (to|with) my {LIVING} (\w+ ){{0,3}}(rather than|instead of|and not|not) (the|this|an?) (app|bot|ai|computer|machine|robot|program\w*)",
    r"(more comfortable|easier|happier|better|rather|sooner|prefer|comfortable) (about |with |to )?(say|saying|tell|telling|discuss|discussing|explain|explaining|talk|talking|share|sharing) (about )?(this|it|that|these things) (over )?(to|with) (an? |some )?(real |actual )?(human|human being|person|somebody|someone|doctor|professional|woman|man|dietitian|nurse)",
    r"(need|want|get|give|like|have|connect|put) (me )?(some |any )?(help )?(from |to |with |through to )?(customer (services?|support|care)|the help ?desk|the billing (team|department|people)|somebody in billing|someone in billing|tech support)",
)

RULES = (
    rule(
        "ASK",
        3,
        *ASKED_ABOUT,
        unless=r"(talked|spoke) (to|with)|how do (i|you) say|role ?play|pretend|translate|work(s|ed|ing)? (in|for)|used to|last (week|month|year)|yesterday|ago|in (german|french|spanish|english|korean)",
        negated=None,
        past=None,
    ),
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
        *ASKED_FOR,
        unless=any_of(
            r"(talked|spoke|been speaking) (to|with)|should i (talk|speak|see)|how do (i|you) say"
            r"|role ?play|pretend|(when|if|because|before|after|until) i (talk|speak|spoke|talked)"
            r"|(my|her|his) (teacher|person)|parent|learn to|practi[sc]e|what is it like|afraid|scared"
            r"|appointment (next|on|with)|last (week|time|month|year|night|summer|monday|friday)|ago|nervous|shy|yesterday|translate|phrases?|i quote|film|movie|novel|story|hold the line|already (have|saw|see)|booked|prefer you|rather have you",
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
