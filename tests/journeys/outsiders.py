"""What people without an account do: the reporter, the respondent, an officer of the oversight body."""

from cases.models import NamedPerson
from tests.journeys.officers import today
from tests.journeys.visiting import fill_in

STORY = (
    "Camat di tempat kami membuat status WhatsApp yang mengajak warga memilih paslon nomor 2, lalu memasang foto "
    "bersama calon wali kota sambil mengangkat dua jari di Facebook. Banyak warga yang melihat unggahannya."
)
RESPONDENT = {
    "respondent_name": "Slamet Riyadi",
    "respondent_post": "Camat",
    "respondent_agency": "Kecamatan Tembalang",
}


def picture(data, name="bukti.png"):
    """A file as a browser chooses it."""
    return {"name": name, "mimeType": "image/png", "buffer": data}


class Reporter:
    """Who sends a report and follows it with its code."""

    def __init__(self, visitor):
        self.visitor, self.page, self.code = visitor, visitor.page, ""

    def fills_in(self, files, **answers):
        """The form of a report in the lane that asks for no name."""
        self.visitor.go("/laporkan/")
        self.page.click("label[for=id_lane_0]")
        facts = {"narrative": STORY, "act_date": "2024-10-12", "province": "33", "regency": "33.74"}
        fill_in(self.page.locator("form[enctype]"), facts | {"platform": "whatsapp"} | answers)
        self.page.set_input_files("[name=pictures]", files)

    def sends(self):
        """Send the form and keep the code."""
        self.page.click("form[enctype] button[type=submit]")
        self.code = self.page.wait_for_selector(".receipt__code").inner_text()

    def follows(self):
        """Come back with the code, typed as people type it."""
        self.visitor.go("/lacak/")
        self.visitor.send(code=self.code.lower().replace("-", " "))
        assert self.page.url.endswith("/lacak/laporan/"), self.visitor.read()

    def replies(self, text):
        """A line to the office."""
        self.visitor.send("form[action='/lacak/laporan/pesan/']", text=text)

    def adds(self, data):
        """One more picture."""
        self.visitor.send("form[action='/lacak/laporan/gambar/']", pictures=picture(data))

    def checks(self, data):
        """Whether the file on the own phone is the one that was sent."""
        self.visitor.send("form[action='/lacak/laporan/periksa/']", file=picture(data))

    def leaves(self):
        """Nothing stays on the device."""
        self.visitor.follow("form[action='/lacak/selesai/'] button")


class Respondent:
    """Who is reported: answers with the code of the summons, and never learns who reported."""

    def __init__(self, visitor, code):
        self.visitor, self.page, self.code = visitor, visitor.page, code

    def enters(self):
        """With the code of the letter."""
        self.visitor.go("/jawab/")
        self.visitor.send(code=self.code)

    def asks_for(self, date, reason):
        """Another date for the hearing."""
        self._sends("tanggal", wanted_date=date, reason=reason)

    def answers(self, text):
        """The own account."""
        self._sends("penjelasan", text=text)

    def shows(self, data):
        """Evidence of the respondent's own."""
        self._sends("bukti", pictures=picture(data))

    def names(self, person, knows):
        """Somebody who should be heard."""
        self._sends("saksi", role=NamedPerson.Role.WITNESS, name=person, knows=knows)

    def leaves(self):
        """Nothing stays on the device."""
        self.visitor.follow("form[action='/jawab/selesai/'] button")

    def _sends(self, part, **answers):
        self.visitor.send(f"form[action='/jawab/undangan/{part}/']", **answers)
        assert self.page.locator(".messages .notice--success").count() == 1, self.visitor.read()


class OversightBody:
    """An officer of the body, who holds a link and no account."""

    def __init__(self, visitor, link):
        self.visitor, self.page, self.link = visitor, visitor.page, link

    def opens(self):
        """The letter's facts; returns the status of the answer."""
        return self.visitor.go(self.link)

    def receives(self):
        """Say that the letter has come."""
        self.visitor.send(officer_name="Ratna Dewi", officer_office="Analis, Direktorat Pengawasan")

    def tells(self, kind):
        """What became of the letter."""
        self.visitor.send("form[action$='/kabar/']", kind=kind, happened_date=today(), remark="Diteruskan ke PPK.")
