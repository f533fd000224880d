"""What keys mean, in plain words: by name, by path, or by model and path where a name means something else there."""

from sdx_studio.engine.formulas.words.answered import ANSWERED
from sdx_studio.engine.formulas.words.asked import ASKED

MEANINGS = ASKED | ANSWERED
