"""The first installation: asks for the county and its first administrator, or takes options.

The password is asked for, or made once and printed: it never stands on the command line, where
every user of the machine could read it.
"""

import getpass
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import setup
from portal.rulebook.rules.regions import HOME
from portal.tools.evidence import rights

ASKED = {
    "name": "县（市、区）名称",
    "code": "行政区划代码（6 位）",
    "profile": f"规则区域（如 {HOME}）",
    "administrator": "首位管理员姓名",
    "phone": "管理员手机号（可空）",
    "email": "管理员电子邮箱（可空）",
}


class Command(BaseCommand):
    help = "Set up the county, the roles' rights, the site and the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, meaning in ASKED.items():
            parser.add_argument(f"--{name}", help=meaning)
        parser.add_argument("--no-input", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_unmigrated()
        asks = not options["no_input"]
        county = setup.County(**{name: self._word(name, options, asks) for name in ASKED})
        password, is_made = "", True
        try:
            setup.check(county)
            password, is_made = self._password(asks)
            done = setup.set_up(county, password=password, at=timezone.now())
        except setup.CannotSetUp as refusal:
            raise CommandError("\n".join(refusal.reasons)) from None
        rights.grant(connection)
        self.stdout.write(_("%s已设置。") % county.name)
        if done.is_new and is_made:
            self.stdout.write(_("首次登录密码（只显示这一次）：%s") % password)
        if not done.is_new:
            self.stdout.write(_("管理员账户已存在，密码未改动。"))
        self.stdout.write(_("请登录后先在“账户”页设置两步验证，再任命其他人员。"))

    def _refuse_unmigrated(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(_("数据库结构还不完整，请先运行 manage.py migrate。"))

    def _word(self, name: str, options: dict[str, Any], asks: bool) -> str:
        given = options[name]
        if given is None and asks:
            given = input(f"{ASKED[name]}：")
        return (given or "").strip()

    def _password(self, asks: bool) -> tuple[str, bool]:
        """The password, and whether it was made here and so must be shown."""
        typed = getpass.getpass(_("管理员密码（直接回车则自动生成）：")) if asks else ""
        if not typed:
            return secrets.token_urlsafe(15), True
        if getpass.getpass(_("再输入一次：")) != typed:
            raise CommandError(_("两次输入的密码不同。"))
        try:
            validate_password(typed)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        return typed, False
