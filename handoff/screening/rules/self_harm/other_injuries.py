# ruff: noqa: E501  a pattern is read best in one piece
"""Injury that is not cutting: hitting, picking, burning, and marks that are hidden (SH)."""

from handoff.screening.patterns import any_of, rule

WHY = any_of(
    r"until|till|bleed\w*|bled|bruis\w*|on purpose|deliberately|punish\w*|calm\w*|black and blue|swollen|numb|over and over|again and again",
    r"when(ever)? (i|he|she|they|it|things|mom|dad) ~3 (mess|cry\w*|angry|upset|stress\w*|fail\w*|panic\w*|hate|shout\w*|yell\w*|wrong|overwhelm\w*|mistakes?|guilty|stupid|lonely|much|leaves?|ignores?)",
    r"because i (deserve|hate|am (stupid|useless|worthless|disgusting)|need to feel)|feel (something|better|alive|nothing)|deserve it|to stop (the )?(thoughts|feeling|noise)|relief|secret\w*",
)
SKIN = r"(skin|scabs?|arms?|forearms?|legs?|lips?|nails?|hair|wounds?|wrists?|cuts?|fingers?|fingertips|cuticles|scalp|hands?|cheeks?|thighs?|scars?|eyelashes|stitches|flesh)"
NOT_MEANT = (
    r"eczema|psoriasis|mosquito\w*|itch\w*|rash|sunburn\w*|acne|pimples?|spots?|chicken ?pox|allerg\w*|accident\w*|by mistake|cupboard|door ?frame|shelf|stairs|fell|tripped|boxing|kickbox\w*|punch ?bag"
    r"|football|gym|oven|stove|pan|baking|hairdresser|wax\w*|tweez\w*|cat|dog|baby|toddler|habit|while (reading|watching|thinking)|exams?|garden\w*|waxed|surgery|c section|stretch marks|tattoo\w*|makeup|wedding"
)

RULES = (
    rule(
        "SH",
        1,
        r"(hit|hits|hitting|punch|punches|punching|punched|slap|slapping|slapped|bang|banging|banged|smash|smashing|smashed|bash|bashing|bashed|strike|striking|beat|beating|knock|knocking|smack|smacking|whack|whacking) (at )?"
        r"(myself|my (own )?(head|face|forehead|skull|legs?|thighs?|arms?|stomach|temples?|hand|hands|knuckles|body|chest))",
        near=WHY,
        reach=80,
        unless=NOT_MEANT,
    ),
    rule(
        "SH",
        1,
        rf"(pick|picking|picked|scratch|scratching|scratched|bite|biting|bit|pinch|pinching|pull|pulling|pulled|pull out|rip|ripping|ripped|peel|peeling|tear|tearing|tore|dig|digging|dug|claw|clawing|claw at|chew|chewing|reopen|re open|open|reopening|gouge|gouging)"
        rf" (\w+ ){{0,2}}(my|the) (\w+ )?{SKIN}",
        near=any_of(
            r"until|till|bleed\w*|bled|blood|raw|on purpose|deliberately|punish\w*|calm\w*|bald|hate myself|deserve|feel (something|better|alive|pain)|to stop (the )?(thoughts|feeling)|when(ever)? (she|he|they|i) ~2 (criticis\w+|shout\w*|upset|angry|panic\w*|cry\w*|hate)"
        ),
        reach=70,
        unless=any_of(
            NOT_MEANT,
            r"chicken|turkey|fish|fruit|steak|meat|orange|potato\w*|mango|almond|jar|box|brush\w*|comb\w*|lasagn\w*|apple",
        ),
    ),
    rule(
        "SH",
        1,
        r"(hide|hiding|hid|cover|covering|covered|conceal\w*|cover up|covering up) (up )?(my|the|all my|these|those|all the) (\w+ )?(cuts|scars|marks|bruises|wounds|burns|scratches|lines on my (arms?|legs?|thighs?))"
        r"(?! (on|from) (the|my) (wall|car|furniture|floor|table|door|phone|surgery|operation))",
        r"(long sleeves|hoodie|jumper|bracelets|wristbands?|plasters|band ?aids|bandages|leggings|tights) (\w+ ){0,6}(so (that )?(nobody|no one|they|she|he|mom|dad|people|my \w+) (\w+ )?(not |never )?(sees?|notices?|asks?)|to (hide|cover)|because of (my|what is on my|the) (arms?|cuts|scars|legs?|wrists?|marks))",
        r"(razor|blade|blades|scissors|lighter|needle|glass|shard) ~3 (in|under|behind|inside) my (phone case|pillow|mattress|pencil case|sock|bra|bed)",
        r"(new|fresh|more|another|deep) (cuts?|lines?|burns?|scars?|gashes) (on|across|along|down) my (arms?|thighs?|legs?|wrists?|hips?|stomach|forearms?)",
        r"(burn\w*|press\w*|hold|held|put out|putting out|stub\w*|heat\w*) ~3 (lighter|cigarettes?|match|matches|iron|candle|straighteners?|curling iron|spoon) (out )?(on|to|against|into) (my|the) (\w+ )?(arms?|skin|legs?|thighs?|wrists?|hands?|hips?|stomach)",
        unless=any_of(
            NOT_MEANT,
            r"cat|rose ?bush|brambles|acne|foundation|sun|spots|oops|plasterer|by accident|graft",
        ),
    ),
)
