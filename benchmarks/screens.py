"""Made-up posts drawn with Pillow, light and dark, and the ways a screenshot gets damaged on its way around."""

import io
import random
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 540, 1170
MARGIN = 24
LINE = 30
# Paper, ink, bubble of a screen
THEMES = {"light": ("#ffffff", "#111111", "#e7f0e2"), "dark": ("#0b141a", "#e9edef", "#1f2c34")}

PEOPLE = (
    "Pak Camat", "Bu Lurah", "Kepala Dinas Sosial", "Sekda", "Kepala Sekolah", "Kabid Sarpras", "Ajudan Bupati",
    "Pak Kades", "Staf ahli wali kota", "Penyuluh pertanian", "Kepala Puskesmas", "Bendahara kelurahan",
)  # fmt: skip
ACTS = (
    "mengajak warga memilih pasangan nomor {n} pada hari pencoblosan nanti",
    "membagikan kaus dan stiker calon nomor {n} selepas apel pagi",
    "meminta perangkat desa mengumpulkan fotokopi kartu keluarga untuk calon nomor {n}",
    "mengunggah foto dua jari bersama tim pemenangan calon nomor {n}",
    "memakai mobil dinas mengantar rombongan kampanye pasangan nomor {n}",
    "menjanjikan bantuan pupuk kalau paslon {n} menang telak",
    "menyuruh guru honorer memasang spanduk jagoannya, nomor {n}",
    "berjoget di panggung konser terbuka milik kubu {n}",
    "mengirim daftar hadir dukungan buat koalisi partai nomor {n}",
    "menyumbang konsumsi dari anggaran rapat untuk relawan {n}",
)
PLACES = (
    "di balai desa", "di aula kecamatan", "di grup wali murid", "di lapangan kelurahan", "di rumah dinas",
    "waktu arisan RT", "sehabis senam bersama", "di parkiran pasar", "lewat siaran langsung", "saat posyandu",
)  # fmt: skip
ENDINGS = (
    "Kami yang hadir diminta diam dan tidak merekam apa pun.",
    "Yang tidak ikut katanya akan dipindahkan ke daerah terpencil.",
    "Beberapa tetangga saya juga melihat dan siap menjadi saksi.",
    "Sesudah itu semua orang diberi amplop berisi uang saku.",
    "Katanya ini perintah langsung dari atasan di kabupaten.",
    "Padahal spanduk netralitas masih terpasang di gerbangnya.",
    "Tolong jangan sebut nama saya, suami saya bekerja di sana.",
    "Videonya sempat diunggah lalu dihapus malam itu juga.",
    "Anak buahnya tertawa saja, seolah hal begitu biasa.",
)


def post_text(seed: int) -> str:
    """The words of a made-up post; different seeds share phrases, as real posts do."""
    dice = random.Random(seed)
    sentences = [
        f"{dice.choice(PEOPLE)} {dice.choice(ACTS).format(n=dice.randint(1, 4))} {dice.choice(PLACES)}."
        for _ in range(3)
    ]
    return " ".join([*sentences, dice.choice(ENDINGS)])


def draw_post(seed: int, *, theme: str = "light", clock: str = "14.20") -> Image.Image:
    """A chat with a picture and three bubbles, as a phone shows it; a seed always gives the same."""
    paper, ink, bubble = THEMES[theme]
    dice = random.Random(seed)
    screen = Image.new("RGB", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(screen)
    font, small = ImageFont.load_default(22), ImageFont.load_default(16)
    pen.text((MARGIN, 10), clock, fill=ink, font=small)
    pen.text((MARGIN, 50), f"Grup Warga RT {dice.randint(1, 20):02}", fill=ink, font=font)
    top = 110
    for part in range(3):
        if part == dice.randint(0, 2):
            screen.paste(_photograph(dice), (MARGIN, top))
            top += 260
        lines = _wrapped(post_text(seed * 3 + part), font, WIDTH - 4 * MARGIN)
        right = WIDTH - dice.choice((1, 3)) * MARGIN
        pen.rounded_rectangle((MARGIN, top, right, top + LINE * len(lines) + 20), 14, fill=bubble)
        for number, line in enumerate(lines):
            pen.text((MARGIN + 14, top + 10 + number * LINE), line, fill=ink, font=font)
        top += LINE * len(lines) + 44
    return screen


def recompressed(image: Image.Image) -> Image.Image:
    """Saved as a JPEG of quality 40, as messengers do."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=40)
    return Image.open(file).convert("RGB")


def halved(image: Image.Image) -> Image.Image:
    """Half as wide and high."""
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)


def cropped(image: Image.Image) -> Image.Image:
    """Without 5 % at every edge."""
    across, down = image.width // 20, image.height // 20
    return image.crop((across, down, image.width - across, image.height - down))


def other_status_bar(image: Image.Image) -> Image.Image:
    """With the clock and the battery of another phone."""
    copy = image.copy()
    pen = ImageDraw.Draw(copy)
    pen.rectangle((0, 0, copy.width, copy.height * 35 // 1000), fill="black")
    pen.text((10, 4), "09.41  5G 33%", fill="white", font=ImageFont.load_default(copy.height // 50))
    return copy


def watermarked(image: Image.Image) -> Image.Image:
    """With the name of the account that passed it on, across the middle."""
    copy = image.copy()
    font = ImageFont.load_default(copy.width // 12)
    ImageDraw.Draw(copy).text((copy.width // 4, copy.height // 2), "@akun_viral", fill="red", font=font)
    return copy


DAMAGE: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "quality 40": recompressed,
    "half size": halved,
    "5 % crop": cropped,
    "inverted": ImageOps.invert,
    "status bar": other_status_bar,
    "watermark": watermarked,
}


def _photograph(dice: random.Random) -> Image.Image:
    tiny = Image.new("RGB", (9, 6))
    tiny.putdata([(dice.randrange(256), dice.randrange(256), dice.randrange(256)) for _ in range(54)])
    return tiny.resize((WIDTH - 2 * MARGIN, 240), Image.Resampling.BICUBIC)


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
