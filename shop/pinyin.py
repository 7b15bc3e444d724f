"""Chinese as it is read aloud, without tones."""

import os

# Its dictionary of phrases holds 45 MB and tells apart what our names do not need: each sign is read for itself.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")

# Without its phrases pypinyin is small and quick to import (14 MB instead of 58); names are read sign by sign anyway.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import lazy_pinyin

__all__ = ["lazy_pinyin"]
