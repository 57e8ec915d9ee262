"""The demonstration's accounts: the only ones with a password."""

from dataclasses import dataclass

PASSWORD = "xingfuli-demo"  # noqa: S105 - accepted only where the database is marked so


@dataclass(frozen=True, slots=True)
class Account:
    """`phone` is as one types it; `role` and `what` are for the reader of the list."""

    name: str
    phone: str
    role: str
    what: str
    password: str = PASSWORD


OWNER = Account(
    "陈安然",
    "10000000001",
    "幸福花园业主",
    "读公告、投票、查回执",
)
NEIGHBOUR = Account(
    "林秋实",
    "10000000002",
    "幸福花园业主",
    "已投过票，可看回执",
)
CLERK = Account(
    "李知行",
    "10000000003",
    "幸福花园、桃源居会务人员",
    "筹备会议、导入名册、录入纸质票、计票",
)
MEMBER = Account(
    "周望舒",
    "10000000004",
    "幸福花园业委会成员",
    "看会议进度、投票结果、导出计票记录",
)
MANAGER = Account(
    "王守正",
    "10000000005",
    "幸福花园物业项目经理",
    "消防点位设备与标签、整改隐患、申报美丽小区、任命本企业人员",
)
INSPECTOR = Account(
    "孙巡",
    "10000000006",
    "幸福花园消防巡查员",
    "打开点位登记检查、复查整改",
)
COMMUNITY = Account(
    "吴青",
    "10000000007",
    "幸福社区工作人员",
    "辖区工作台、监督会议与消防、社区初核评分、任职管理",
)
STREET = Account(
    "赵明远",
    "10000000008",
    "南城街道工作人员",
    "辖区工作台、监督会议与消防、街道初评评分、任职管理",
)
COUNTY = Account(
    "郑重",
    "10000000009",
    "县住建局工作人员",
    "全县工作台、美丽小区评选的发起、评分、公示与命名、任职管理",
)
ADMINISTRATOR = Account(
    "钱维",
    "10000000010",
    "系统管理员",
    "任职管理、任务队列、网站与街道小区企业档案",
)
KEEPER = Account(
    "何静",
    "10000000011",
    "幸福花园物业维修员",
    "登记检查、整改隐患、复查别人的整改",
)

ACCOUNTS = [
    OWNER,
    NEIGHBOUR,
    CLERK,
    MEMBER,
    MANAGER,
    INSPECTOR,
    KEEPER,
    COMMUNITY,
    STREET,
    COUNTY,
    ADMINISTRATOR,
]
LIVING_IN_THE_GARDEN = (OWNER, NEIGHBOUR, MEMBER)
