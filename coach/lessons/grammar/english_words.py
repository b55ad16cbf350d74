"""Common English words: what they are not is a misspelling of another word."""

from typing import Final

# They say nothing of an act: «a coffee for me, please» is the coffee alone.
_FILLERS = """
a afternoon all alright also an and another any at be big bit buy by can cold could cup do
er evening excuse fine first for get glass go going good great guess have hello here hey
hi hot i if in is it just large let like little madam mate may maybe me medium more
morning much my need no not now of oh ok okay on one only people perhaps person piece
please possible really right sir slice small so some sorry start strong sure take thank
thanks that the then there think this to today too uh um us very want we well will with
would yeah yep yes you
"""
_COMMON = """
about after again age ago agree air airport always am apple appointment april are as ask
august away back bad bag bank because bed been before best better between bill black blue
body book both bottle box boy bread breakfast bring brother bus but butter cake call came
car card care carrot cash cat chair change cheap cheese child city class clean close
clothes club coat code coffee colour come copy cost country cream cut dark date daughter
day dear december deposit dessert did different dinner doctor does dog done door down
drink drive each early east eat end english enough even ever every eye face fact family
far fast father february feel fever few film find fire fish five flat flight floor food
foot fork free friday friend from full game gate gave girl give glad gone got green ground
group had hair half ham hand happy hard has hat hate he head hear help her him his hold
home hope hotel hour hours house how hungry husband idea inside january job journey juice
july june keep key keys kind kitchen knife know language last late later learn leave
leaves left lemon less letter life lift light line list live long look lot love low lunch
made make man many map march mean medicine meet milk minute minutes monday money month
mother move music must name near never new news next nice night north nothing november
number october off office often old once open or orange order other our out over own page
pain paper park part passport pay phone pills place plane plate platform play point poor
price pull put question quick quiet quite rain read ready reception red rent rest return
road room round run sad safe said salad same saturday saw say school sea seat second see
sell send september set shall she shoe shop short show shower side simple since single
sister sit size sleep slow slowly son soon soup south speak spell spoon stairs starter
station still stomach stop store street study sugar sun sunday sweet table talk tall taste
tea teach tell ten than their them these they thing thirsty throat thursday ticket time
tip tired toast together told tomorrow tonight took top towel town train travel tree trip
true try tuesday turn two under until up upon use used usual visit wait walk wall warm was
wash watch water way wear weather wednesday week weekend went were west wet what when
where which while white who why wife wind window wine wish without woman word work world
worry worth write wrong year yellow yesterday yet young your
"""
FILLERS: Final = frozenset(_FILLERS.split())
COMMON: Final = FILLERS | frozenset(_COMMON.split())
