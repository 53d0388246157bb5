"""When things happened in a story: pure arithmetic, in the time zone of the region."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from cases.demo.stories import Story

OFFICE_OPENS = time(8, 30)
BETWEEN_STEPS = timedelta(minutes=25)
MINUTES_OF_A_DAY = 12 * 60
EARLIEST_ARRIVAL = time(6, 20)


@dataclass(frozen=True)
class Calendar:
    """The days of one story as they are when it is loaded at an aware moment."""

    story: Story
    loaded_at: datetime
    zone: ZoneInfo

    @property
    def received_at(self) -> datetime:
        """When the report arrived: a live one just now, the others at a time of their own."""
        story = self.story
        if story.live:
            return self.loaded_at
        if story.received:
            return story.received.replace(tzinfo=self.zone)
        day = self._today - timedelta(days=story.received_days_ago)
        return datetime.combine(day, EARLIEST_ARRIVAL, self.zone) + timedelta(minutes=self._own(MINUTES_OF_A_DAY))

    @property
    def act_date(self) -> date:
        """When the reported act happened."""
        return self.story.act_date or self._today - timedelta(days=self.story.act_days_ago)

    def day(self, number: int) -> date:
        """So many days after the arrival."""
        return self.received_at.astimezone(self.zone).date() + timedelta(days=number)

    def step_times(self) -> list[datetime]:
        """When each step was taken: at office hours of its day, one after the other, never before the arrival."""
        times: list[datetime] = []
        earliest = self.received_at + timedelta(minutes=15)
        for step in self.story.steps:
            opens = datetime.combine(self.day(step.day), OFFICE_OPENS, self.zone) + timedelta(minutes=self._own(40))
            times.append(max(opens, earliest))
            earliest = times[-1] + BETWEEN_STEPS
        return times

    @property
    def _today(self) -> date:
        return self.loaded_at.astimezone(self.zone).date()

    def _own(self, below: int) -> int:
        """A number of the story's own, the same at each loading."""
        return crc32(self.story.key.encode()) % below
