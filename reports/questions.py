"""What the public form asks, in the words of somebody who asks a frightened person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import plaintext
from reports.fields import HeldPicturesField, PicturesField, PlainTextField
from reports.form_checks import NO_PICTURE
from reports.models import Lane, Platform
from reports.places import RegencySelect
from rules.models import ElectionEvent

LANES = (
    (
        Lane.INFORMASI_AWAL,
        _("Informasi awal"),
        _("Boleh tanpa nama. Bawaslu memakainya sebagai petunjuk dan tidak terikat batas waktu penanganan."),
    ),
    (
        Lane.LAPORAN,
        _("Laporan resmi"),
        _(
            "Nama dan alamat Anda wajib diisi, lalu disegel; petugas yang memeriksa tidak melihatnya. "
            "Batas waktu penanganan menurut undang-undang mulai berjalan."
        ),
    ),
)


class Questions(forms.Form):
    """The questions in their own words; judged_questions and forms.ReportForm add the rules."""

    lane = forms.ChoiceField(
        label=_("Pilih salah satu"),
        widget=forms.RadioSelect,
        choices=Lane,
        error_messages={"required": _("Pilih salah satu cara melapor.")},
    )
    narrative = PlainTextField(
        label=_("Cerita kejadian"),
        clean_text=plaintext.paragraphs,
        min_length=30,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Siapa melakukan apa, di mana, dan bagaimana Anda mengetahuinya. Jangan tulis nama Anda di sini."),
        error_messages={"required": _("Ceritakan apa yang terjadi, paling sedikit 30 huruf.")},
    )
    act_date = forms.DateField(
        label=_("Tanggal kejadian"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        help_text=_("Tanggal perbuatannya, atau tanggal unggahannya. Bukan tanggal Anda melapor."),
        error_messages={
            "required": _("Isi tanggal kejadian. Jika tidak ingat, pilih perkiraan lalu centang kotak di bawahnya."),
            "invalid": _("Tanggal ini tidak ada di kalender. Tulis seperti 31/12/2024."),
        },
    )
    act_date_is_approximate = forms.BooleanField(label=_("Tanggal ini perkiraan"), required=False)
    province = forms.ChoiceField(
        label=_("Provinsi"),
        error_messages={
            "required": _("Pilih provinsi tempat kejadian."),
            "invalid_choice": _("Pilih provinsi dari daftar."),
        },
    )
    regency = forms.ChoiceField(
        label=_("Kabupaten atau kota"),
        required=False,
        widget=RegencySelect(attrs={"data-parent": "id_province"}),
        help_text=_("Tempat kejadian. Untuk unggahan di internet: tempat orang itu bekerja."),
        error_messages={"invalid_choice": _("Pilih kabupaten atau kota dari daftar, atau biarkan “Tidak tahu”.")},
    )
    platform = forms.ChoiceField(
        label=_("Di mana Anda melihatnya"),
        choices=[("", _("Pilih …")), *Platform.choices],
        error_messages={"required": _("Pilih tempat Anda melihatnya.")},
    )
    link = PlainTextField(
        label=_("Tautan atau nama akun"),
        required=False,
        max_length=500,
        help_text=_("Bila ada. Kami menyimpannya sebagai tulisan dan tidak pernah membukanya sendiri."),
    )
    respondent_name = PlainTextField(
        label=_("Nama"), required=False, max_length=150, help_text=_("Kosongkan bila tidak tahu.")
    )
    respondent_post = PlainTextField(
        label=_("Jabatan"), required=False, max_length=150, help_text=_("Misalnya: camat, guru, kepala dinas, staf.")
    )
    respondent_agency = PlainTextField(
        label=_("Instansi"), required=False, max_length=200, help_text=_("Misalnya: Dinas Pendidikan Kota Semarang.")
    )
    respondent_nip = PlainTextField(
        label=_("NIP"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("18 angka. Kosongkan bila tidak tahu."),
    )
    candidate = PlainTextField(
        label=_("Calon atau partai yang didukung"),
        required=False,
        max_length=200,
        help_text=_("Kosongkan bila tidak jelas."),
    )
    election_event = forms.ModelChoiceField(
        label=_("Pemilihan"),
        queryset=ElectionEvent.objects.none(),
        required=False,
        empty_label=_("Tidak tahu"),
        error_messages={"invalid_choice": _("Pilih pemilihan dari daftar, atau biarkan “Tidak tahu”.")},
    )
    shown_pictures = HeldPicturesField(required=False)
    held_pictures = HeldPicturesField(label=_("Centang gambar yang tidak jadi dikirim"), required=False)
    pictures = PicturesField(
        label=_("Tangkapan layar atau foto"),
        error_messages={"required": NO_PICTURE},
        help_text=_("1 sampai 10 gambar JPEG, PNG, WebP, atau HEIC. Paling besar 10 MB per gambar, 40 MB semuanya."),
    )
    known_since = forms.DateField(
        label=_("Sejak kapan Anda mengetahuinya"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        help_text=_(
            "Undang-undang memberi waktu 7 hari sejak Anda tahu untuk membuat laporan resmi. "
            "Bila sudah lewat, tetap laporkan: petugas membacanya dan dapat memakainya sebagai petunjuk."
        ),
        error_messages={"invalid": _("Tanggal ini tidak ada di kalender. Tulis seperti 31/12/2024.")},
    )
    reporter_name = PlainTextField(label=_("Nama lengkap Anda"), required=False, max_length=150)
    reporter_address = PlainTextField(
        label=_("Alamat Anda"),
        required=False,
        max_length=300,
        clean_text=plaintext.paragraphs,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reporter_contact = PlainTextField(
        label=_("Nomor telepon atau alamat surel"),
        required=False,
        max_length=150,
        help_text=_("Pakai nomor atau surel pribadi, bukan milik kantor."),
    )
    reporter_nik = PlainTextField(
        label=_("NIK (tidak wajib)"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("16 angka pada KTP."),
    )
