"""How easy a text reads, from 0 (hard) to 100 (easy).

English: Flesch reading ease (R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32, 1948):
206.835 - 1.015 * words a sentence - 84.6 * syllables a word. French: the same scale as L. Kandel and A. Moles fitted
it ("Application de l'indice de Flesch à la langue française", Cahiers d'études de radio-télévision 19, 1958):
207 - 1.015 * words a sentence - 73.6 * syllables a word. Syllables are counted by rule, so a figure is good to a few
points: a floor, never a grade.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?<=[.!?…])[»”\"’\s\u202f\u00a0)]+(?=\S)")
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'\-‑][^\W\d_]+)*")
_EN_GROUPS = re.compile(r"[aeiouy]+")
_EN_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouy]ed|[^l]e|[^aeiouy]le$)$")
_EN_SPOKEN = re.compile(r"(?:[sxz]es|[cs]hes|ges|ces|[td]ed|[^aeiouy]le)$")
_FR_GROUPS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_FR_HIATUS = re.compile(r"éa|éo|éi|ïe|oï|aï|ao|ua(?=t)|io(?!n)|ée(?=[^s])|(?<=[bcdfgpt][lr])i[eo]")
_FR_MUTE = re.compile(r"(?:[^aeiouyéèê])(?:e|es)$")


@dataclass(frozen=True, slots=True)
class Ease:
    """How a text reads."""

    score: float
    words_a_sentence: float


def reading_ease(texts: Iterable[str], language: str) -> Ease:
    """Return the ease of some runs of text, each at least a sentence; `language` is en or fr.

    >>> round(reading_ease(["The cat sat on the mat."], "en").score)
    116
    """
    sentences = words = syllables = 0
    for text in texts:
        for sentence in _SENTENCE.split(text):
            tokens = [part for token in _TOKEN.findall(sentence) for part in re.split(r"[\-‑]", token)]
            if tokens:
                sentences += 1
                words += len(tokens)
                syllables += sum(syllables_of(token, language) for token in tokens)
    if not words:
        return Ease(100.0, 0.0)
    length, weight = words / sentences, syllables / words
    if language == "fr":
        return Ease(207 - 1.015 * length - 73.6 * weight, length)
    return Ease(206.835 - 1.015 * length - 84.6 * weight, length)


def syllables_of(word: str, language: str) -> int:
    """Count the syllables of a word by rule.

    >>> [syllables_of(word, "en") for word in ("trafficking", "make", "table", "exploited")]
    [3, 1, 2, 3]
    >>> [syllables_of(word, "fr") for word in ("traite", "victime", "exploitation", "l’affaire")]
    [1, 2, 4, 2]
    """
    small = word.lower()
    return _french(small) if language == "fr" else _english(small)


def _english(word: str) -> int:
    bare = word.replace("’", "").replace("'", "")
    count = len(_EN_GROUPS.findall(bare))
    if count > 1 and _EN_SILENT.search(bare) and not _EN_SPOKEN.search(bare):
        count -= 1
    return max(count + len(re.findall(r"ia(?!l$)|io(?!n|us)|eo(?!us|p)|ua(?!r)|uou|[aeiou]ing$", bare)), 1)


def _french(word: str) -> int:
    bare = re.sub(r"^(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)[’']", "", word).replace("’", "").replace("'", "")
    bare = re.sub(r"(?<=[gq])u(?=[aeéèêiîoy])", "", bare)
    count = len(_FR_GROUPS.findall(bare)) + len(_FR_HIATUS.findall(bare))
    if count > 1 and _FR_MUTE.search(bare):
        count -= 1
    return max(count, 1)
