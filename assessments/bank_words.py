"""Words as they are compared: without case, accents, vowel marks or punctuation, in every script. Pure."""

import re
import unicodedata

# Letters that Arabic writers use for one another, and the article that sticks to a word.
_ALIKE = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_REST = 3


def fold(text: str) -> str:
    """Return a text without case, accents and vowel marks.

    >>> fold("L’État, أَيْن؟")
    'l’etat, اين؟'
    """
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return unicodedata.normalize("NFC", bare).casefold().translate(_ALIKE)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded; an Arabic article is left off.

    >>> words_of("The driver’s 2 papers: العربية")
    ['the', 'driver', 's', '2', 'papers', 'عربيه']
    """
    return [_without_article(word) for word in _WORD.findall(fold(text))]


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + _SHORTEST_REST:
            return word.removeprefix(article)
    return word
