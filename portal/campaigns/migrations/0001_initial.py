import django.db.models.deletion
from django.db import migrations, models

import portal.tools.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0002_evidence_is_guarded"),
        ("places", "0001_initial"),
        ("publicity", "0003_results_of_campaigns_are_posted"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenStandard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("value", models.JSONField(verbose_name="评价标准")),
            ],
            options={
                "verbose_name": "评价标准",
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("entry", "申报"),
                            ("community", "社区初核"),
                            ("street", "街道初评"),
                            ("county", "县级评审"),
                            ("publicity", "结果公示"),
                            ("awarded", "已命名"),
                        ],
                        default="entry",
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("entry_until", models.DateField(verbose_name="申报截止")),
                ("community_until", models.DateField(verbose_name="社区初核截止")),
                ("street_until", models.DateField(verbose_name="街道初评截止")),
                ("county_until", models.DateField(verbose_name="县级评审截止")),
                ("publicity_on", models.DateField(verbose_name="结果公示日")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.region",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.frozenstandard",
                    ),
                ),
            ],
            options={
                "verbose_name": "美丽小区评选",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entered_by", models.UUIDField()),
                ("entered_at", models.DateTimeField(verbose_name="申报时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报",
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("level", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=60, verbose_name="等次")),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="命名时间")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="公布时间")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="campaigns.entry",
                    ),
                ),
                (
                    "publicity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publicity.publicity",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Scoring",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("community", "社区"),
                            ("street", "街道（乡镇）"),
                            ("county", "县级"),
                        ],
                        max_length=10,
                        verbose_name="评分单位",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("marks", models.JSONField()),
                ("request", models.UUIDField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="评分时间")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scorings",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelfScore",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("tenths", models.PositiveSmallIntegerField(null=True, verbose_name="自评分")),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StageReached",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("entry", "申报"),
                            ("community", "社区初核"),
                            ("street", "街道初评"),
                            ("county", "县级评审"),
                            ("publicity", "结果公示"),
                            ("awarded", "已命名"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reached",
                        to="campaigns.campaign",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("body", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VetoSaid",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=portal.tools.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("veto", models.CharField(max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("stands", models.BooleanField()),
                ("reason", models.TextField(verbose_name="事由")),
                ("document", models.CharField(max_length=120, verbose_name="文书")),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "compound",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                        verbose_name="小区",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vetoes",
                        to="campaigns.entry",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("compound", "campaign"), name="a_compound_enters_a_campaign_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry"), name="an_entry_is_awarded_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry", "file"), name="a_file_is_attached_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("region", "year", "name"), name="a_campaign_opens_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("community_until__gt", models.F("entry_until")),
                    ("street_until__gt", models.F("community_until")),
                    ("county_until__gt", models.F("street_until")),
                    ("publicity_on__gte", models.F("county_until")),
                ),
                name="a_campaigns_stages_follow_each_other",
            ),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(fields=["compound", "publicity"], name="results_by_publicity"),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry"), name="an_entry_has_one_result"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoring",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry", "level", "number"), name="a_levels_scorings_in_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoring",
            constraint=models.UniqueConstraint(
                fields=("compound", "request"), name="a_scoring_is_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="selfscore",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry", "item"), name="an_item_is_scored_once_by_oneself"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagereached",
            constraint=models.UniqueConstraint(
                fields=("campaign", "stage"), name="a_campaign_comes_to_a_stage_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry"), name="an_entry_is_submitted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vetosaid",
            constraint=models.UniqueConstraint(
                fields=("compound", "entry", "veto", "number"), name="a_vetos_words_in_turn"
            ),
        ),
    ]
