"""How well a text answers what somebody has typed."""

from sdx_studio.session.search import plain

EXACT, START, WORD, INSIDE, WORDS, SCATTERED, NONE = 100.0, 80.0, 60.0, 40.0, 30.0, 10.0, 0.0


def score(wanted: str, text: str) -> float:
    """0 when it does not; more for the whole, the start, the start of a word, a part, all words, letters in order."""
    asked, held = plain(wanted).casefold(), plain(text).casefold()
    if not asked or not held:
        return NONE
    if asked == held:
        return EXACT
    brevity = min(len(asked) / len(held), 1.0) * 5.0
    if held.startswith(asked):
        return START + brevity
    if f" {asked}" in held.replace(".", " ").replace("_", " ").replace("-", " "):
        return WORD + brevity
    if asked in held:
        return INSIDE + brevity
    if all(word in held for word in asked.split()):
        return WORDS + brevity
    return SCATTERED + brevity if _in_order(asked.replace(" ", ""), held) else NONE


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters stand in `text` one after the other, the first at the start of a word."""
    begins = (index for index, sign in enumerate(text) if sign == letters[0])
    starts = [index for index in begins if not index or text[index - 1] in " ._-"]
    return any(_follows(letters, text[start:]) for start in starts)


def _follows(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
