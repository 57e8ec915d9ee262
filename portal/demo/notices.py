"""Notices written by hand, as a firm's or committee's office would write them."""

from dataclasses import dataclass

from cms import actions as cms
from portal.tools.keys import new_key

from .county import County


@dataclass(frozen=True, slots=True)
class Notice:
    """`compounds` are the numbers of the plans where it hangs; `days_ago` when it was put up."""

    days_ago: int
    compounds: tuple[int, ...]
    title: str
    body: str


def publish(county: County) -> None:
    """The oldest first."""
    for notice in sorted(NOTICES, key=lambda one: -one.days_ago):
        for number in notice.compounds:
            if number in county.compounds:
                at = county.moment(notice.days_ago)
                day = county.day(notice.days_ago - AHEAD)
                words = {"day": f"{day.month}月{day.day}日"}
                draft = cms.Draft(notice.title % words, notice.body.strip() % words, new_key())
                cms.publish_notice(
                    county.compounds[number], draft, by=county.clerks[number].pk, at=at
                )


AHEAD = 3  # what a notice tells of is three days after it
NOTICES = [
    Notice(
        1,
        (1, 3),
        "停水通知：%(day)s检修二次供水水泵",
        """
因二次供水水泵检修，%(day)s 9:00 至 16:00 停水，预计 16:00 恢复。

请提前储水，关好水龙头和阀门。恢复供水后如水色发浑，请先放水两三分钟再使用。

行动不便、需要送水的住户，请在前一天联系物业服务中心，我们送水上门。
""",
    ),
    Notice(
        2,
        (1,),
        "%(day)s消防疏散演练",
        """
为让大家熟悉疏散路线，%(day)s 15:00 在 1 幢、2 幢进行消防疏散演练，约四十分钟。

听到警铃后请走楼梯，不要乘电梯，到中心花园集合点报到。演练时有白烟，无毒无害，请不要惊慌。

老人、孕妇和身体不适的住户可以不参加，请在家中关好门窗。演练后在集合点教大家使用灭火器和消火栓。
""",
    ),
    Notice(
        6,
        (1, 3, 4, 6),
        "垃圾分类投放时间调整",
        """
入冬以后，集中投放点的开放时间调整为 6:30 至 9:00、17:30 至 20:30；误时投放点全天开放。

厨余垃圾请沥干、破袋后投放，袋子投入其他垃圾桶。废旧电池、灯管、过期药品请投入红色的有害垃圾箱。

大件垃圾和装修垃圾请先联系物业预约，放到指定堆放点，不要放在楼道和消防通道。
""",
    ),
    Notice(
        9,
        (1, 2, 5, 7, 8, 9, 12),
        "电动自行车不进楼、不入户、不飞线充电",
        """
电动自行车请停放在室外停车棚，使用集中充电桩充电。电动自行车和电池不得进入电梯、楼道、地下室和家中，不得私拉电线充电。

在楼道、门厅停放或者充电的，由物业劝阻；拒不改正的，报告消防救援机构依法处理。

发现飞线充电、电池进楼，请拍照告诉物业或者社区，我们当天处理。
""",
    ),
    Notice(
        12,
        (5,),
        "清风里自管小组值班安排",
        """
本小区没有聘请物业服务企业，由业主委员会组织自行管理。门卫、保洁照常，值班电话贴在门卫室。

楼道灯、下水道、屋面漏水等报修，请到门卫室登记，值班委员当天答复。

每月收支明细在次月五日前张贴在公告栏。
""",
    ),
    Notice(
        15,
        (13, 12),
        "自建房和老旧房屋用电安全检查",
        """
入冬取暖用电增加。%(day)s起，社区会同供电所逐户检查进户线、漏电保护器和插座，请家中留人配合。

请不要用一个插座带多个大功率电器；取暖器远离被褥、衣物，人走断电。出租房的用电由房东负责。

检查不收费，发现的问题当场说明，限期改好后复查。
""",
    ),
    Notice(
        20,
        (10,),
        "青年公寓续租办理提示",
        """
本年度租期将满的住户，请在期满前三十日到一楼服务台办理续租，带身份证和收入证明。

不再续租的，请在交房前结清水、电、物业费，物业查看房屋后当日退还押金。
""",
    ),
    Notice(
        24,
        (2, 14),
        "地下车库环氧地坪修补",
        """
地下车库坡道和东区地坪开裂，%(day)s起分两段修补，每段封闭三天。

封闭期间请把车停到地面临时车位，听从现场引导。施工后四十八小时内请慢行，防止打滑。
""",
    ),
    Notice(
        30,
        (6, 11),
        "安置房权证办理进度",
        """
第二批不动产权证已经可以领取。请带身份证、安置协议和契税完税证明，到社区便民服务中心办理。

还没有登记产权信息的住户，请尽快核对：业主名册以登记为准，关系到业主大会的表决权。
""",
    ),
]
