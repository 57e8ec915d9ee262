"""The letters that radicals and strokes stand for: Unicode's Equivalent_Unified_Ideograph.

Programs that take text out of a PDF write \u2ecb (a radical) for \u8f66 (a letter).  The Kangxi
radicals are left out: NFKC maps them.
"""

import re

RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪"
    "⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒"
    "⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲㇆㇏㇐㇑㇒\u31d3\u31d4㇕"
    "㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
LETTERS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔"
    "目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸"
    "长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀𠃌乀一丨丿丿丶𠃍"
    "乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
LETTER_OF = str.maketrans(RADICALS, LETTERS)
RADICAL = re.compile(f"[{RADICALS}]")


def with_letters(text: str) -> str:
    """The text with each radical as the letter it stands for."""
    return text.translate(LETTER_OF) if RADICAL.search(text) else text
