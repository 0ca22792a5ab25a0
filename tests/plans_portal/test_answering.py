"""Answering in the portal: one at a time, all on one page, or together next time (PLAN-4, PLAN-17, screens 4 and 5)."""

from __future__ import annotations

from plans.models import Answer
from plans.selectors.asks import running_ask
from plans.services.asks import send_ask
from plans.services.sheets import SheetAnswer
from tests.clients.town import statements
from tests.plans.room import homework, therapy
from tests.plans_portal.mine import suggestions, text_of


def test_home_says_what_waits_what_is_new_and_what_one_works_on(mine, roz):
    """Portal screen 2."""
    empty = mine.home()
    assert "suggestions to answer" not in empty
    assert "Add a goal of my own" in empty
    suggestions(roz)
    home = mine.home()
    assert "2 suggestions to answer" in home
    assert "One line changed since you agreed" in home
    assert "Imani wrote new words for one line." in home
    assert "Ride the 14 to work" in home
    assert "Imani has 7 days left to answer." in home


def test_a_suggestion_says_who_and_why_and_nothing_is_preselected(mine, roz):
    """UI-1, screen 4."""
    new, *_ = suggestions(roz)
    page = text_of(mine.get("answer", item_id=new.item_id))
    assert "A suggestion from Imani" in page
    assert "Nothing happens unless you say yes." in page
    assert "Ride the 14" in page
    assert " checked" not in page
    assert page.index(">Yes<") < page.index("Yes, with changes") < page.index("Not now") < page.index("No thanks")


def test_yes_by_ones_own_hand_brings_it_into_force(mine, roz):
    """PLAN-4, PLAN-5: stored as own hand in the portal; the page says what follows and what else waits."""
    new, *_ = suggestions(roz)
    answered = mine.answers(new, "yes", why="It helped last time")
    assert answered.status_code == 303
    page = text_of(mine.browser.get(answered["Location"]))
    assert "You said “Yes” to “Sleep worksheet, nightly”." in page
    assert "2 more are waiting, when you like." in page
    assert roz.standing(new).in_force_id == new.id
    with roz.acts(roz.client):
        said = Answer.objects.get(revision=new)
    assert (said.how, said.words, said.recorded_by_id) == ("own_hand_portal", "It helped last time", None)


def test_what_changed_shows_before_and_after_and_the_old_words_stay_until_then(mine, roz):
    """PLAN-5, UI edit sentences: before, after, who, why, hints of “changed”."""
    *_, changed = suggestions(roz)
    page = text_of(mine.get("answer", item_id=changed.item_id))
    assert "What changed since I agreed" in page
    assert "<del>12</del>" in page
    assert "<ins>20</ins>" in page
    assert "You asked if you could come in person some weeks." in page
    assert "Stay with the words I had." in page
    mine.answers(changed, "no")
    standing = roz.standing(changed)
    assert standing.in_force_id is not None
    assert standing.in_force_id != changed.id


def test_what_changed_counts_every_line_that_did(mine, roz):
    """Portal 5: with several new wordings, each page says how many there are and how many stayed word for word."""
    lines = [roz.propose(therapy(words), roz.client) for words in ("Weekly", "By video", "On Tuesdays")]
    for line in lines:
        roz.answer(line, "yes", roz.therapist)
    for line in lines[:2]:
        roz.reword(line, therapy(f"Or not so often, {line.id}"), roz.therapist, why="You asked.")
    page = text_of(mine.get("answer", item_id=lines[0].item_id))
    assert "2 lines are new. This is one of them." in page
    assert "The other one is word for word what you said yes to." in page


def test_yes_with_changes_sends_her_own_wording_and_starts_the_clock(mine, roz):
    """PLAN-4, PLAN-7."""
    _, new, _ = suggestions(roz)
    assert mine.answers(new, "yes_with_changes", words="").status_code == 422
    answered = mine.answers(new, "yes_with_changes", words="Body-sensation practice, two sessions, then we look")
    page = text_of(mine.browser.get(answered["Location"]))
    assert "Your words are with Imani. Imani has 7 days left to answer." in page
    standing = roz.standing(new)
    assert standing.open_id not in (None, new.id)
    assert "two sessions, then we look" in text_of(mine.get("plan"))


def test_not_now_with_a_day_and_saving_for_later_keep_what_was_said(mine, roz):
    """UI-5: a draft is there again, and only hers."""
    new, other, _ = suggestions(roz)
    later = {"read": str(new.id), "answer": "not_now", "until": "2031-06-15", "why": "Not in May", "do": "later"}
    assert mine.post("answer", later, item_id=new.item_id)["Location"] == "/my/"
    page = text_of(mine.get("answer", item_id=new.item_id))
    assert "Not in May" in page
    assert "2031-06-15" in page
    answered = mine.answers(new, "not_now", until="2031-06-15")
    assert "We won’t raise it before 15 June." in text_of(mine.browser.get(answered["Location"]))
    off = text_of(mine.get("off_table"))
    assert "It may be raised again after June 15, 2031." in off
    assert mine.answers(other, "not_now", until="2031-06-15", words="x").status_code == 303


def test_an_answer_can_be_changed_any_time_and_declining_takes_out_at_once(mine, roz):
    """PLAN-4."""
    line = roz.agreed_intervention("Letter to my insurer")
    page = text_of(mine.get("answer", item_id=line.item_id))
    assert "You said: Yes. You can change your mind." in page
    assert "Take it out of my plan." in page
    mine.answers(line, "no")
    assert roz.standing(line).in_force_id is None
    mine.answers(line, "yes")
    assert roz.standing(line).in_force_id == line.id


def test_words_that_moved_are_shown_with_everything_typed_kept(mine, roz):
    """PLAN-15: 409 with both texts; the same form then answers the newer words."""
    new = roz.propose(homework("Sleep worksheet, nightly"), roz.client)
    newer = roz.reword(new, homework("Sleep worksheet, four nights"), roz.therapist)
    newest = roz.reword(newer, homework("Sleep worksheet, five nights"), roz.therapist)
    moved = mine.answers(newer, "no", why="Too many nights")
    assert moved.status_code == 409
    page = text_of(moved)
    assert "Something moved while you were reading." in page
    assert "<del>four</del>" in page
    assert "<ins>five</ins>" in page
    assert "Too many nights" in page
    assert str(newest.id) in page
    assert roz.standing(new).open_id == newest.id


def test_several_on_one_page_all_or_none(mine, roz):
    """PLAN-17: her way is kept with the sheet; what isn't chosen keeps waiting."""
    one, two, changed = suggestions(roz)
    with roz.acts(roz.therapist):
        send_ask(plan_id=roz.plan_id, revision_ids=[one.id, two.id, changed.id], by=roz.therapist)
    assert mine.post("waiting", {"way": "page"})["Location"] == "/my/plan/together/"
    page = text_of(mine.get("together"))
    assert page.count('class="answers answers-4') == page.count("sheet-line") == 4
    assert " checked" not in page
    typed = sheet(one, two, changed, answers={one: "yes", two: "not_now"})
    assert mine.post("together", typed).status_code == 303
    assert roz.standing(one).in_force_id == one.id
    assert roz.standing(two).off_choice == "not_now"
    assert roz.standing(changed).open_id == changed.id
    with roz.acts(roz.therapist):
        assert running_ask(roz.plan_id).way == "page"


def test_the_same_four_answers_stand_for_everything(mine, roz):
    """PLAN-17: one answer to each line that has none; “with changes” belongs to a line."""
    one, two, changed = suggestions(roz)
    whole = sheet(one, two, changed, answers={}, whole="yes_with_changes")
    assert mine.post("together", whole).status_code == 422
    whole = sheet(one, two, changed, answers={two: "no"}, whole="yes")
    assert mine.post("together", whole).status_code == 303
    assert roz.standing(one).in_force_id == one.id
    assert roz.standing(changed).in_force_id == changed.id
    assert roz.standing(two).off_choice == "no"


def test_one_line_that_moved_stops_the_whole_page_and_loses_nothing(mine, roz):
    one, two = roz.propose(homework("Sleep worksheet"), roz.therapist), roz.propose(therapy("Practice"), roz.therapist)
    newer = roz.reword(two, therapy("Body-sensation practice, once"), roz.therapist)
    moved = mine.post("together", sheet(one, two, answers={one: "yes", two: "yes"}))
    assert moved.status_code == 409
    assert "What it says now" in text_of(moved)
    assert roz.standing(one).in_force_id is None
    assert roz.standing(two).open_id == newer.id


def test_with_my_therapist_next_time(mine, roz):
    """PLAN-17: it stops waiting on the first page, and staff read her way."""
    one, *_ = suggestions(roz)
    with roz.acts(roz.therapist):
        send_ask(plan_id=roz.plan_id, revision_ids=[one.id], by=roz.therapist)
    mine.post("waiting", {"way": "next_time"})
    home = mine.home()
    assert "With Imani, next time" in home
    assert "One suggestion to answer" in home


def sheet(*revisions, answers: dict, whole: str = "") -> dict:
    by_id = {revision.id: choice for revision, choice in answers.items()}
    typed: dict = {"line": [str(each.item_id) for each in revisions], "all-answer": whole}
    for each in revisions:
        typed |= {f"line-{each.item_id}-read": str(each.id), f"line-{each.item_id}-answer": by_id.get(each.id, "")}
    return typed


def test_no_page_asks_more_for_a_longer_plan(mine, roz):
    """09-bars: at most fifteen statements, however long the plan."""
    first, *_ = suggestions(roz)
    for number in range(12):
        roz.propose(homework(f"Way number {number * 7919} of going about it"), roz.client)
    for name in ("plan", "waiting", "together", "off_table", "history", "rest", "pace", "add"):
        with statements(15):
            assert mine.get(name).status_code == 200, name
    for name in ("answer", "talk", "change", "rest_item"):
        with statements(15):
            assert mine.get(name, item_id=first.item_id).status_code == 200, name


def test_what_was_said_aloud_is_read_with_who_wrote_it_down_and_can_be_put_right(mine, roz):
    """PLAN-1: “said in session, recorded by …”, and when; her own answer then counts."""
    line = roz.propose(homework("Sleep worksheet, nightly"), roz.therapist)
    roz.said(roz.sheet("review"), SheetAnswer(line.id, "yes"))
    page = text_of(mine.get("answer", item_id=line.item_id))
    assert "You: <b>Yes</b>, said in session, recorded by Imani, present: Tomek, " in page
    assert "Is that not what you said?" in page
    mine.answers(line, "no")
    page = text_of(mine.get("answer", item_id=line.item_id))
    assert page.index("You: <b>No thanks</b>, by own hand, in these pages") < page.index("recorded by Imani")
    assert not roz.standing(line).effective
