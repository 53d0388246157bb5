"""The files of the demo: read with care, and true to what the portal asks of people."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from cases.demo.people import read_people
from cases.demo.stories import FILES, FOLDER, BadStory, read_file, read_stories
from cases.demo.timing import Calendar
from reports.form_checks import checked_link, checked_number

STORIES = read_stories()
MOMENTS = [datetime(2026, 11, day, hour, 5, tzinfo=UTC) for day, hour in [(16, 0), (18, 17), (21, 9), (22, 23)]]
GOOD = """\
- key: a
  lane: informasi_awal
  received: 2024-01-18 19:42
  region: "33.74"
  platform: facebook
  narrative: Cerita
  respondent: {post: Camat}
  images: [x]
  status: masuk
  steps:
    - {day: 1, do: mulai_kajian_awal}
"""


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("lane: informasi_awal", "lane: bisikan", r"cerita.yaml:1: lane is 'bisikan'"),
        ("status: masuk", "status: hilang", r"cerita.yaml:1: status is 'hilang'"),
        ("do: mulai_kajian_awal", "do: menari", r"cerita.yaml:11: do is 'menari'"),
        ("day: 1", "day: besok", r"cerita.yaml:11: day must be a whole number"),
        ("images: [x]", "images: [x]\n  warna: biru", r"cerita.yaml:1: unknown field warna"),
        ("received: 2024-01-18 19:42", "act_date: 2024-01-18", r"cerita.yaml:1: give either received or"),
    ],
)
def test_a_bad_entry_is_named_with_file_and_line(tmp_path, good, bad, message):
    path = tmp_path / "cerita.yaml"
    path.write_text(GOOD)
    assert [story.key for story in read_file(path)] == ["a"]
    path.write_text(GOOD.replace(good, bad))
    with pytest.raises(BadStory, match=message):
        list(read_file(path))


def test_keys_are_unique_and_files_stay_readable():
    assert len({story.key for story in STORIES}) == len(STORIES) == 64
    assert all(len(list(read_file(FOLDER / name))) <= 20 for name in FILES)


def test_no_story_is_told_twice():
    assert len({story.narrative for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_would_pass_the_public_form(story):
    try:
        checked_link(story.link)
        checked_number(story.respondent.get("nip", ""), digits=18)
    except ValidationError as error:
        pytest.fail(str(error))
    assert story.respondent.get("name") or story.respondent.get("post")
    assert 1 <= len(story.images) <= 10
    assert not story.link or ".example.invalid/" in story.link


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar"])
def test_nothing_happens_in_the_future_or_before_its_cause(moment, zone):
    for story in STORIES:
        calendar = Calendar(story, moment, ZoneInfo(zone))
        times = calendar.step_times()
        assert calendar.received_at <= moment
        assert calendar.act_date <= calendar.received_at.astimezone(ZoneInfo(zone)).date()
        assert times == sorted(times)
        assert all(calendar.received_at < time < moment for time in times), story.key


def test_office_work_of_old_cases_falls_on_working_days():
    for story in STORIES:
        if story.received:
            calendar = Calendar(story, MOMENTS[0], ZoneInfo("Asia/Jakarta"))
            days = [step.day for step in story.steps] + [
                step.facts[name] for step in story.steps for name in ("held", "decree") if name in step.facts
            ]
            assert all(calendar.day(day).weekday() < 5 for day in days), story.key


def test_everybody_named_in_a_story_is_in_the_list_of_people():
    known = {person.username for person in read_people()}
    named = {story.officer for story in STORIES} | {step.by for story in STORIES for step in story.steps}
    assert named - {""} <= known
