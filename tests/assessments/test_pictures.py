"""A picture for a question: what is taken of an upload, what is refused, and how it gets to learners."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from assessments import showing
from assessments.errors import PictureRefusedError
from assessments.models import Question, QuestionImage
from assessments.packs.bank import picture_files, read_bank, write_questions
from assessments.packs.questions import as_plain, picture_file
from assessments.pictures import (
    LARGEST_UPLOAD_BYTES,
    LONGEST_SIDE,
    MOST_BYTES,
    USUAL_BYTES,
    find_picture,
    make_picture,
    store_picture,
)
from assessments.publishing import publish
from assessments.questions.single_choice.models import SingleChoiceQuestion
from assessments.showing import show_version
from assessments.versions import versions_of
from courses.packs.errors import PackErrors
from tests.assessments.admin.conftest import course as written_course
from tests.assessments.admin.conftest import filled_form
from tests.assessments.test_pack_parts import COURSE as PACKED
from tests.assessments.test_pack_parts import FILES, pack_of, plain_questions, read
from tests.factories.accounts import make_login, sign_in
from tests.factories.assessments import make_question

PLACE = "52°12'0\"N"


def picture(width=640, height=480, *, mode="RGB", colour="white"):
    """Return a picture with something on it."""
    drawn = Image.new(mode, (width, height), colour)
    drawn.paste(Image.linear_gradient("L").resize((width // 2, height // 2)).convert(mode), (0, 0))
    return drawn


def saved(image, kind="PNG", **more):
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def opened(made):
    return Image.open(BytesIO(made.content))


def noise(width, height):
    return Image.effect_noise((width, height), 120).convert("RGB")


def refusal(content):
    with pytest.raises(PictureRefusedError) as refused:
        make_picture(content)
    return str(refused.value.text)


# What is taken.


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_format_becomes_a_small_webp(kind):
    made = make_picture(saved(picture(2000, 1500), kind))
    assert (made.width, made.height) == (960, 720) == opened(made).size
    assert opened(made).format == "WEBP"
    assert len(made.content) <= USUAL_BYTES


def test_a_small_picture_is_not_made_larger():
    assert make_picture(saved(picture(300, 200))).named["width"] == 300


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "I;16", "1"])
def test_every_mode_of_colour_is_read(mode):
    kind = {"CMYK": "JPEG"}.get(mode, "PNG")
    drawn = Image.new("I;16", (64, 64), 700) if mode == "I;16" else Image.new("RGB", (64, 64), "red").convert(mode)
    assert make_picture(saved(drawn, kind)).width == 64


def test_what_is_transparent_becomes_white():
    made = make_picture(saved(Image.new("RGBA", (64, 64), (0, 0, 0, 0))))
    assert opened(made).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_the_camera_s_notes_are_left_out_and_its_turn_is_done():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SECRETCAMERA"
    exif.get_ifd(0x8825)[1] = PLACE
    content = saved(picture(800, 400), "JPEG", exif=exif, comment=b"SECRETCOMMENT")
    assert b"SECRETCAMERA" in content
    made = make_picture(content)
    assert (made.width, made.height) == (400, 800)
    for secret in (b"SECRETCAMERA", b"SECRETCOMMENT", PLACE.encode(), b"EXIF", b"Exif", b"XMP", b"ICCP"):
        assert secret not in made.content


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    made = make_picture(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    red, _green, blue = opened(made).convert("RGB").getpixel((30, 30))
    assert (red > 200, blue < 60) == (True, True)
    assert getattr(opened(made), "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(3000, 2000), (960, 960)])
def test_noise_is_made_small_enough_whatever_it_costs(size):
    made = make_picture(saved(noise(*size), "JPEG"))
    assert len(made.content) <= MOST_BYTES
    assert max(made.width, made.height) <= LONGEST_SIDE


def test_what_was_made_here_keeps_its_bytes():
    made = make_picture(saved(picture(1200, 900), "JPEG"))
    assert make_picture(made.content) == made


@pytest.mark.parametrize("hidden", ["after", "chunk"])
def test_a_webp_that_carries_more_than_its_picture_is_made_anew(hidden):
    made = make_picture(saved(picture()))
    if hidden == "after":
        content = made.content + b"SECRET<script>"
    else:
        body = made.content[12:] + b"JUNK" + struct.pack("<I", 6) + b"SECRET"
        content = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    assert b"SECRET" not in make_picture(content).content


# What is refused.


def test_a_file_that_is_no_picture_is_refused():
    for content in (b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\x00" * 5000):
        assert "no picture" in refusal(content)


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "EPS"])
def test_formats_beyond_the_four_are_refused_whatever_their_name_says(kind):
    assert "no picture" in refusal(saved(picture(64, 64), kind))


def test_a_damaged_picture_is_refused():
    for kind in ("PNG", "JPEG", "WEBP", "GIF"):
        content = saved(noise(200, 200), kind)
        assert "no picture" in refusal(content[: len(content) // 2])


def test_a_file_too_large_is_not_even_opened():
    assert "8 MB" in refusal(b"\x89PNG" + b"0" * LARGEST_UPLOAD_BYTES)


def test_a_bomb_is_refused_by_its_header():
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    for side in (6000, 30_000, 2**30):
        header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        assert refusal(bomb + chunk(b"IEND", b""))


def test_a_dot_is_too_small():
    assert "too small" in refusal(saved(Image.new("RGB", (400, 8))))


# How it is kept and shown.


@pytest.mark.django_db
def test_two_who_store_one_picture_store_it_once():
    made = make_picture(saved(picture()))
    store_picture(made)
    store_picture(made)
    assert QuestionImage.objects.count() == 1
    assert find_picture(made.sha256) == made
    assert find_picture("0" * 64) is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["single_choice", "true_false", "extended_answer"])
def test_a_question_of_any_kind_shows_its_picture_with_its_words(kind):
    made = make_picture(saved(picture()))
    store_picture(made)
    question = make_question(kind, published=False)
    question.body = {"image": made.named, **question.body}
    question.save()
    for text in question.texts.all():
        text.choices = {"image": f"[{text.language}] A van", **text.choices}
        text.save()
    version = versions_of([publish(Question.objects.get(pk=question.pk)).sha256]).popitem()[1]
    image = show_version(version, (), "fr").image
    assert image is not None
    assert image.source.startswith("data:image/webp;base64,")
    assert (image.width, image.alt) == (640, "[fr] A van")


@pytest.mark.django_db
def test_a_language_without_words_for_the_picture_is_not_published():
    question = make_question("single_choice", published=False)
    question.body = {"image": make_picture(saved(picture())).named, **question.body}
    question.save()
    text = question.texts.get(language="en")
    text.choices = {"image": "A van", **text.choices}
    text.save()
    version = versions_of([publish(Question.objects.get(pk=question.pk)).sha256]).popitem()[1]
    assert set(version.texts) == {"en"}


# The form of every kind.


@pytest.fixture
def editor(client, db):
    sign_in(client, make_login("editor", everywhere=True))
    return client


@pytest.fixture(autouse=True)
def no_picture_kept():
    """Let no test know what another has shown."""
    yield
    showing.kept.clear()


course = written_course
ADD = "/cms/questions/single-choice/add/"
ALT = {f"image_alt_{code}": f"A van ({code})" for code in ("en", "fr")}


def upload(content=None, name="van.jpg"):
    return {"image": SimpleUploadedFile(name, content or saved(picture(), "JPEG"), "image/jpeg")}


def edit_url(row):
    return reverse("questions_single_choice:edit", args=[row.pk])


def as_sent(client, row):
    form = client.get(edit_url(row)).context["form"]
    data = {name: form[name].value() for name in form.fields if name != "image"}
    data["image_kept"] = (form["image"].value() or {}).get("sha256", "")
    return {name: value for name, value in data.items() if value not in (None, False, [])}


def test_an_author_uploads_a_picture_and_says_what_it_shows(editor, course):
    response = editor.post(ADD, filled_form(**ALT, **upload()))
    assert response.status_code == 302, response.context["form"].errors
    row = SingleChoiceQuestion.objects.get()
    assert row.body["image"] == QuestionImage.objects.values("sha256", "width", "height").get()
    assert row.texts.get(language="fr").choices["image"] == "A van (fr)"
    page = editor.get(edit_url(row)).content.decode()
    assert "data:image/webp;base64," in page
    assert row.body["image"]["sha256"] in page


def test_the_picture_stays_from_edit_to_edit_until_it_is_taken_away(editor, course):
    editor.post(ADD, filled_form(**ALT, **upload()))
    row = SingleChoiceQuestion.objects.get()
    before = row.body["image"]
    assert editor.post(edit_url(row), as_sent(editor, row) | {"stem_en": "Changed?"}).status_code == 302
    assert SingleChoiceQuestion.objects.get().body["image"] == before
    assert editor.post(edit_url(row), as_sent(editor, row) | {"image_removed": "1"}).status_code == 302
    row = SingleChoiceQuestion.objects.get()
    assert "image" not in row.body
    assert "image" not in row.texts.get(language="en").choices


def test_another_picture_takes_its_place(editor, course):
    editor.post(ADD, filled_form(**ALT, **upload()))
    row = SingleChoiceQuestion.objects.get()
    data = as_sent(editor, row) | upload(saved(picture(200, 100)))
    assert editor.post(edit_url(row), data).status_code == 302
    assert SingleChoiceQuestion.objects.get().body["image"]["width"] == 200


def test_a_picture_needs_words_in_every_language(editor, course):
    errors = editor.post(ADD, filled_form(image_alt_en="A van", **upload())).context["form"].errors
    assert set(errors) == {"image_alt_fr"}


def test_a_form_with_errors_keeps_the_picture(editor, course):
    refused = editor.post(ADD, filled_form(**ALT, **upload(), stem_fr=""))
    assert set(refused.context["form"].errors) == {"stem_fr"}
    made = QuestionImage.objects.get()
    assert f'name="image_kept" value="{made.sha256}"' in refused.content.decode()
    again = editor.post(ADD, filled_form(**ALT, image_kept=made.sha256))
    assert again.status_code == 302
    assert SingleChoiceQuestion.objects.get().body["image"]["sha256"] == made.sha256


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 64], ids=["svg", "png", "gif"]
)
def test_what_is_no_picture_is_refused_in_the_form(editor, course, content):
    refused = editor.post(ADD, filled_form(**ALT, **upload(content)))
    assert "no picture" in refused.context["form"].errors["image"][0]
    assert not QuestionImage.objects.exists()


@pytest.mark.parametrize("kept", ["0" * 64, "x", "../../etc/passwd", "a" * 5000], ids=str.__len__)
def test_a_picture_that_is_not_here_can_not_be_named(editor, course, kept):
    refused = editor.post(ADD, filled_form(**ALT, image_kept=kept))
    assert "not here" in refused.context["form"].errors["image"][0]


def test_words_for_a_picture_that_is_not_there_are_not_kept(editor, course):
    editor.post(ADD, filled_form(**ALT))
    row = SingleChoiceQuestion.objects.get()
    assert "image" not in row.texts.get(language="en").choices


def test_a_copy_shows_the_same_picture(editor, course):
    editor.post(ADD, filled_form(**ALT, **upload()))
    row = SingleChoiceQuestion.objects.get()
    copy = editor.get(reverse("questions_single_choice:copy", args=[row.pk]))
    assert copy.context["form"]["image"].value() == row.body["image"]
    assert copy.context["form"]["image_alt_fr"].value() == "A van (fr)"


# In a course pack.


def test_a_pack_holds_a_picture_and_gives_the_same_back(tmp_path, db):
    plain = plain_questions()
    media = tmp_path / "media"
    media.mkdir()
    (media / "van.png").write_bytes(saved(picture()))
    plain[0]["image"] = "media/van.png"
    for language, words in plain[0]["text"].items():
        words["image_alt"] = f"A van ({language})"
    first = read(tmp_path, plain)
    write_questions(first, pack_of())
    assert read_bank(PACKED) == first
    # Written out, read and written again: the same question, not a byte of its picture changed.
    written = [as_plain(each, FILES) for each in read_bank(PACKED)]
    assert written[0]["image"] == picture_file(first[0].body["image"]["sha256"])
    for file, content in picture_files(first).items():
        (tmp_path / file).write_bytes(content)
    again = read(tmp_path, written)
    assert again == first
    assert write_questions(again, pack_of()) == 0
    assert [as_plain(each, FILES) for each in again] == written


@pytest.mark.parametrize("file", ["van.png", "../van.png", "media/none.png", "media/van.svg", "/etc/passwd"])
def test_a_pack_names_its_pictures_within_its_own_folder(tmp_path, db, file):
    plain = plain_questions()
    plain[0]["image"] = file
    for words in plain[0]["text"].values():
        words["image_alt"] = "A van"
    with pytest.raises(PackErrors, match="image"):
        read(tmp_path, plain)
