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


OWNER = Account("陈安然", "10000000001", "业主", "读公告、投票、查回执")
NEIGHBOUR = Account("林秋实", "10000000002", "业主", "已投过票，可看回执")
CLERK = Account("李知行", "10000000003", "会务人员", "筹备会议、录入纸质票、计票")
MEMBER = Account("周望舒", "10000000004", "业委会成员", "看会议进度、导出计票记录")
MANAGER = Account("王守正", "10000000005", "物业项目经理", "看小区公告与会议")
INSPECTOR = Account("孙巡", "10000000006", "消防巡查员", "看小区公告与会议")
COMMUNITY = Account("吴青", "10000000007", "社区工作人员", "监督本社区各小区的会议")
STREET = Account("赵明远", "10000000008", "街道工作人员", "监督本街道各小区的会议")
COUNTY = Account("郑重", "10000000009", "县住建局工作人员", "监督全县各小区的会议")
ADMINISTRATOR = Account("钱维", "10000000010", "系统管理员", "任职管理、任务队列、网站后台")

ACCOUNTS = [
    OWNER,
    NEIGHBOUR,
    CLERK,
    MEMBER,
    MANAGER,
    INSPECTOR,
    COMMUNITY,
    STREET,
    COUNTY,
    ADMINISTRATOR,
]
