"""Invented people: the same seed gives the same names in the same order."""

from random import Random

SURNAMES = "陈林李王张黄吴周徐叶郑潘胡金朱谢戴邵蔡杨刘赵孙夏厉麻董柯瞿卢"
FIRST = "建志文国海永明晓雨思雅子嘉俊伟春秋静秀玉德光振宏世新庆清月小"
SECOND = "华平强军波涛辉斌杰峰敏芳燕萍红霞珍兰琴云梅英瑶宁轩豪晨阳洁安"


def invent(dice: Random) -> str:
    """A name of two or three characters."""
    given = dice.choice(FIRST) + (dice.choice(SECOND) if dice.random() < 0.85 else "")
    return dice.choice(SURNAMES) + given
