"""What staff do on their pages, as sentences: `sari.registers(case)`. How a step is filled in stands here once."""

from datetime import timedelta

from django.utils import timezone

from cases.actions import Action
from cases.models import AppealBody, Case, ClarificationHost, DisciplineLevel, GakkumduKind
from cases.status import Status

REGISTER_NUMBER = "001/LP/PW/Kota/14.01/XI/2026"
REMINDER_NUMBER = "140/PM.00.02/K.JT-33/11/2026"
REASON = "Sesuai hasil pemeriksaan berkas."
MEDIUM = {"level": DisciplineLevel.MEDIUM, "form_code": "potong_tukin_6"}


def today(days=0):
    """Today, or some days later, as a calendar field takes it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


class Officer:
    """A member of staff at their own browser. `taken` collects the steps taken by pressing the portal's own buttons."""

    def __init__(self, visitor, user, taken):
        self.visitor, self.page, self.user, self.taken = visitor, visitor.page, user, taken
        # The version of the case on the page that is open
        self.seen = 0
        visitor.is_logged_in_as(user)

    def opens(self, case, *, page=""):
        """Go to the case or a page about it; returns the status of the answer."""
        self.seen = Case.objects.get(pk=case.pk).version
        return self.visitor.go(f"/kasus/{case.pk}/{page}")

    def finds(self, case):
        """The case in the inbox, opened from there."""
        self.visitor.go("/kotak-masuk/?daftar=semua")
        self.visitor.follow(f"main a[href='/kasus/{case.pk}/']")

    def sees(self, case):
        """Whether this person may open the case."""
        return self.opens(case) == 200

    def _is_at(self, case):
        """The page of the case is open, as it is now."""
        at = f"{self.visitor.server.url}/kasus/{case.pk}/"
        return self.page.url == at and self.seen == Case.objects.get(pk=case.pk).version

    def may_take(self, case):
        """The steps the page of the case offers."""
        if not self._is_at(case):
            self.opens(case)
        offered = self.page.locator("[href*='/langkah/'], form[action*='/langkah/']")
        addresses = offered.evaluate_all("all => all.map(one => one.href || one.getAttribute('action'))")
        return {Action(address.rstrip("/").rpartition("/")[2]) for address in addresses}

    def takes(self, case, action, *, picture="", **answers):
        """One step as the page of the case offers it: in its own fold, or on a page of its own."""
        before = Case.objects.get(pk=case.pk)
        if not self._is_at(case):
            self.opens(case)
        form = f"form[action$='/langkah/{action}/']"
        if not self.page.locator(form).count():
            form, link = "main form:has([name=version])", f"a[href$='/langkah/{action}/']"
            self.visitor.unfold(link)
            self.visitor.follow(link)
        if picture:
            self.visitor.unfold(form)
            self.visitor.keep(picture)
        self.visitor.send(form, **answers)
        assert "/langkah/" not in self.page.url, f"{action}: {self.visitor.read()}"
        after = Case.objects.get(pk=case.pk)
        said, shown = self.visitor.counts(".messages .notice--success", f".page-header .status--{after.status}")
        assert said == 1
        assert shown == self.page.url.endswith(f"/kasus/{case.pk}/")
        self.seen = after.version
        self.taken.add((Status(before.status), Action(action)))

    def writes(self, case, page, **answers):
        """Fill in one of the pages around a case."""
        self.opens(case, page=page)
        self.visitor.send(**answers)
        assert self.page.locator(".messages .notice--success").count() == 1, self.visitor.read()

    def takes_over(self, case):
        """Become the one who handles the case."""
        self.opens(case)
        self.visitor.follow("form[action$='/ambil/'] button")

    def shares(self, case):
        """From now on Kesbangpol sees the case."""
        self.opens(case)
        self.visitor.send(f"form[action='/kasus/{case.pk}/bagikan/']")

    def judges(self, case, finding):
        """Confirm a finding of the machine where it stands."""
        self.opens(case)
        form = f"form[action='/kasus/{case.pk}/temuan/{finding.pk}/']"
        self.visitor.send(form, verdict="confirm", reason="Ajakan memilih terbaca jelas pada tangkapan layar.")

    def names_rule(self, case, rule_code):
        """A rule the machine did not find."""
        self.writes(case, "aturan/", rule_code=rule_code, reason="Ajakannya terbaca jelas.")

    def begins(self, case):
        """Preliminary study."""
        self.takes(case, Action.MULAI_KAJIAN_AWAL)

    def asks_reporter_for(self, case, missing):
        """Completion, until the day after tomorrow."""
        self.takes(case, Action.MINTA_PERBAIKAN, missing=missing, due_date=today(2))

    def registers(self, case):
        """The entry in the office's book."""
        self.takes(case, Action.DAFTARKAN, number=REGISTER_NUMBER, registered_date=today())

    def summons(self, case, *, host=ClarificationHost.BAWASLU, again=False, picture=""):
        """The respondent is called in for today, for the first or the second time."""
        action = Action.JADWALKAN_ULANG if again else Action.JADWALKAN_KLARIFIKASI
        when = {"scheduled_date": today(), "starts": "09:00", "place": "Ruang Klarifikasi"}
        self.takes(case, action, picture=picture, method="in_person", host=host, **when)

    def delivers(self, case):
        """The summons that waits reaches the respondent today."""
        summons = case.clarifications.of_respondent().open().get()
        page = f"klarifikasi/{summons.pk}/penyampaian/"
        self.writes(case, page, way="langsung", served_date=today(), served_by="Staf sekretariat")

    def records_hearing(self, case, *, picture="", **ending):
        """What came of it."""
        words = {"minutes": "Terlapor mengakui unggahannya dan menjelaskan alasannya."} | ending
        self.takes(
            case,
            Action.CATAT_KLARIFIKASI,
            picture=picture,
            held_date=today(),
            attended="ya",
            method="in_person",
            **words,
        )

    def drafts_recommendation(self, case, *, picture=""):
        """The letter the second person sends."""
        self.takes(
            case,
            Action.SUSUN_REKOMENDASI,
            picture=picture,
            reasons="Unsur terpenuhi.",
        )

    def sends_recommendation(self, case):
        """The second of two people."""
        self.takes(case, Action.KIRIM_REKOMENDASI)

    def reminds(self, case):
        """A letter that asks what became of the recommendation."""
        self.takes(case, Action.CATAT_PENGINGAT, letter_number=REMINDER_NUMBER, letter_date=today())

    def records_sanction(self, case, *, action=Action.CATAT_SANKSI, number="800/123/2026", **more):
        """The decree of the PPK, or the corrected one."""
        decree = {"decree_number": number, "decree_date": today(), "imposed_by": "Wali Kota Semarang"}
        self.takes(case, action, **MEDIUM, **decree, **more)

    def records_appeal(self, case):
        """The sanction is contested."""
        self.takes(case, Action.CATAT_KEBERATAN, appeal_body=AppealBody.BPASN, filed_date=today())

    def records_ruling(self, case, ruling):
        """What came of the appeal, short of an annulment."""
        number = {"decision_number": "7/BPASN/2026", "decided_date": today()}
        self.takes(case, Action.CATAT_HASIL_KEBERATAN, ruling=ruling, **number)

    def records_no_sanction(self, case):
        """The PPK imposes nothing."""
        letter = {"decided_by": "Wali Kota Semarang", "letter_number": "800/311/2026", "letter_date": today()}
        self.takes(case, Action.CATAT_TIDAK_TERBUKTI, reason=REASON, **letter)

    def records_gakkumdu(self, case):
        """The criminal route ends without a charge."""
        letter = {"letter_number": "19/GAKKUMDU/2026", "happened_date": today()}
        self.takes(case, Action.CATAT_GAKKUMDU, kind=GakkumduKind.STOPPED, text="Unsur tidak cukup.", **letter)

    def merges(self, case, other):
        """The case ends as a duplicate."""
        self.takes(case, Action.TANDAI_DOBEL, other=other.reference)

    def hands_over(self, case, to):
        """The office of another officer is asked for the case, and takes it."""
        self.writes(case, "alih/", region=to.user.region_code, reason=REASON)
        to.accepts(case)

    def accepts(self, case):
        """Take the case another office proposed to this one."""
        before = Case.objects.get(pk=case.pk)
        self.visitor.go(f"/alih/{case.handovers.get(answer='').pk}/")
        self.visitor.send("main form:has(input[value=terima])")
        assert self.page.locator(".messages .notice--success").count() == 1, self.visitor.read()
        self.taken.add((Status(before.status), Action.ALIHKAN))

    def corrects(self, case, status):
        """The national admin's override."""
        self.takes(case, Action.KOREKSI_STATUS, target=str(status), reason=REASON)

    def closes(self, case):
        """The file is shut."""
        self.takes(case, Action.TUTUP)

    def decides(self, case, action):
        """A step that needs only a reason."""
        self.takes(case, action, reason=REASON)

    def makes_code(self, case):
        """What the respondent is told, and the code for the letter; returns the code."""
        words = "Terlapor diduga mengajak memilih pasangan calon nomor 2 di grup WhatsApp warga."
        self.writes(case, "klarifikasi/dugaan/", addressed_to="Slamet Riyadi, Camat Tembalang", text=words)
        self.visitor.follow("form[action$='/kode/'] button")
        return self.page.inner_text(".receipt__code")

    def makes_link(self, case):
        """The link for the body; returns its address inside the portal."""
        self.opens(case, page="tautan-lembaga/")
        self.visitor.send(sent_to="Direktorat Pengawasan BKN")
        return self.page.inner_text(".receipt__code").removeprefix(self.visitor.server.url)
