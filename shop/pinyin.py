"""Chinese as it is read aloud, without tones."""

import os

# Its dictionary of phrases holds 45 MB and tells apart what our names do not need: each sign is read for itself.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")

from pypinyin import lazy_pinyin

__all__ = ["lazy_pinyin"]
