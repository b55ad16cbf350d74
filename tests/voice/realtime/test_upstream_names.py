"""Local ids for what servers name: unique, short, and back again."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.realtime.upstream_names import UpstreamNames

names = st.text(min_size=1, max_size=60)


@given(st.lists(names, max_size=40), st.sampled_from(["", "12345678"]))
def test_a_name_has_one_id_and_an_id_one_name(sent, mark):
    upstream = UpstreamNames(mark)
    local = {name: upstream.local(name) for name in sent}
    assert len(set(local.values())) == len(local)
    for name, local_id in local.items():
        assert upstream.has(name)
        assert upstream.local(name) == local_id
        assert upstream.upstream(local_id) == name
        assert len(local_id) <= limits.ENGINE_ID_CHARS + len("~12345678-1000")


@given(st.lists(names, min_size=1, max_size=20))
def test_two_connections_share_no_id(sent):
    first, second = UpstreamNames("aaaa"), UpstreamNames("bbbb")
    assert not {first.local(name) for name in sent} & {second.local(name) for name in sent}


def test_the_same_name_in_two_scopes_is_two_things():
    upstream = UpstreamNames("mark")
    assert upstream.local("item_1", "r1") != upstream.local("item_1", "r2")
    assert upstream.has("item_1", "r1")
    assert not upstream.has("item_1")


def test_without_a_mark_a_new_name_is_its_own_id():
    upstream = UpstreamNames()
    assert upstream.local("item_1") == "item_1"
    again = upstream.new_local("item_1")
    assert again != "item_1"
    assert upstream.local("item_1") == again


def test_something_unnamed_takes_its_name_once():
    upstream = UpstreamNames("mark")
    local = upstream.unnamed("item")
    assert upstream.upstream(local) == ""
    assert upstream.adopt(local, "item_1")
    assert upstream.upstream(local) == "item_1"
    assert not upstream.adopt(local, "item_2")
    assert not upstream.adopt(upstream.unnamed("item"), "item_1")


def test_what_the_server_never_named_goes_by_its_own_id():
    assert UpstreamNames("mark").upstream("guide_1_1") == "guide_1_1"
