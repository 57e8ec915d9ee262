"""What merges two homes or makes two of one, and who is an owner: each in the ways rolls have."""

import pytest

from portal.owners.rules.roll import NoHeader


def keys(judged):
    return sorted(judged.report.parts)


@pytest.mark.parametrize(
    ("header", "phases"),
    [
        ("期", ("一期", "二期")),
        ("期数", ("1", "2")),
        ("分期", ("一", "二")),
        ("所属期", ("第一期", "第二期")),
    ],
)
def test_a_column_of_phases_parts_buildings(judged, header, phases):
    rows = "".join(f"{phase},1,1,101,89.5,甲{phase}\n" for phase in phases)
    roll = judged(text=f"{header},楼栋号,单元号,房号,建筑面积,业主\n{rows}")
    assert (roll.rows, keys(roll)) == ({"read": 2, "new": 2}, ["1期1-1-101", "2期1-1-101"])
    assert roll.json["columns"]["phase"] == header


@pytest.mark.parametrize(
    ("header", "cell", "key"),
    [
        ("组团", "翠竹", "翠竹1-1-101"),
        ("组团", "翠竹组团", "翠竹组团1-1-101"),
        ("区", "A", "A区1-1-101"),
        ("园区", "东", "东区1-1-101"),
        ("片区", "东区", "东区1-1-101"),
        ("Phase", "2", "2期1-1-101"),
        ("期", "无", "1-1-101"),
    ],
)
def test_a_column_of_clusters_does_too(judged, header, cell, key):
    roll = judged(text=f"{header},房号,面积,业主\n{cell},1-1-101,80,甲\n")
    assert keys(roll) == [key]


def test_phases_and_clusters_in_two_columns_both_count(judged):
    text = "期数,组团,幢,室,面积,业主\n1,翠竹,1,101,80,甲\n1,牡丹,1,101,80,乙\n2,翠竹,1,101,80,丙\n"
    roll = judged(text=text)
    assert keys(roll) == ["1期牡丹1-101", "1期翠竹1-101", "2期翠竹1-101"]
    assert [roll.json["columns"][name] for name in ("phase", "cluster")] == ["期数", "组团"]


def test_a_district_beside_a_street_is_no_cluster(judged):
    roll = judged(text="市,区,街道,房号,面积,业主\n温州市,鹿城区,南门街道,1-101,80,甲\n")
    assert keys(roll) == ["1-101"]


def test_an_empty_phase_beside_others_of_that_building_tells_no_home(judged):
    text = "期,幢,室,面积,业主\n一期,1,101,80,甲\n,1,102,80,乙\n二期,1,101,80,丙\n,会所,101,80,丁\n"
    roll = judged(text=text)
    assert roll.bad == [(3, "期", "room-missing")]
    assert keys(roll) == ["1期1-101", "2期1-101", "会所-101"]


def test_a_phase_that_contradicts_the_building_tells_no_home(judged):
    roll = judged(text="期,幢,室,面积,业主\n二期,一期1幢,101,80,甲\n")
    assert roll.bad == [(2, "期", "room-unreadable")]


@pytest.mark.parametrize(
    ("use", "is_known", "kind"),
    [
        ("非人防车位", True, "parking"),
        ("非机动车库", True, "parking"),
        ("非机动车位", True, "parking"),
        ("不计容车库", True, "parking"),
        ("非成套住宅", True, "dwelling"),
        ("非住宅", False, "dwelling"),
        ("不是住宅", False, "dwelling"),
        ("非住宅（商铺）", True, "shop"),
    ],
)
def test_a_word_that_is_denied_is_another_word(judged, use, is_known, kind):
    roll = judged(f"1-101,80,甲,,,{use},,,")
    assert (roll.report.parts["1-101"].part.use, not roll.json["warnings"]) == (kind, is_known)


def test_a_place_below_ground_in_no_building_is_parking(judged):
    assert judged("地下一层A012,12,甲,,,,,,").roll == (0, 0, "0.00")


@pytest.mark.parametrize(
    ("room", "key"),
    [("A012", "车位-A12"), ("023", "车位-23"), ("地下一层A区012", "地下1层A区车位-12")],
)
def test_a_bare_number_is_a_place_where_the_use_says_so(judged, room, key):
    assert keys(judged(f"{room},12,甲,,,车位,,,")) == [key]
    assert judged(f"{room},12,甲,,,住宅,,,").bad == [(2, "房号", "room-unreadable")]


def test_a_bare_number_in_a_building_is_a_place_of_it(judged):
    text = "幢,室,面积,业主,用途\n1,车12,12,甲,车位\n1,车12,12,乙,储藏室\n,23,12,甲,车位\n"
    assert keys(judged(text=text)) == ["1-车储藏室12", "1-车车位12", "车位-23"]


@pytest.mark.parametrize("dot", list("·•‧・⋅.．･∙●"))
def test_the_dots_of_names_are_one(judged, dot):
    roll = judged(
        "1-101,80,古丽·买买提,13800000001,,,,,", f"1-102,80,古丽{dot}买买提,13800000001,,,,,"
    )
    assert (roll.roll[1], roll.owners["1-102"]) == (1, ["古丽·买买提"])


@pytest.mark.parametrize(
    ("one", "other"), [("⻢云", "马云"), ("⾦⻰", "金龙"), ("\uf90a山", "金山")]
)
def test_radicals_and_compatibility_forms_are_letters_for_comparing(judged, one, other):
    roll = judged(f"1-101,80,{one},13800000001,,,,,", f"1-102,80,{other},13800000001,,,,,")
    assert (roll.roll[1], roll.owners["1-101"]) == (1, [one])


def test_radicals_stand_for_letters_in_headers_and_words(judged):
    roll = judged(text="房号,⾯积,业主,⽤途\n1-101,80,甲,⻋位\n")
    assert roll.report.parts["1-101"].part.use == "parking"


@pytest.mark.parametrize(
    "cell",
    [
        "甲（50%）、乙（50%）",
        "甲50%、乙50%",
        "甲(1/2)/乙(1/2)",
        "甲1/2、乙1/2",
        "甲1/2/乙1/2",
        "甲（占1/2）；乙（占1/2）",
        "甲（份额：50％）；乙（５０％）",
        "甲0.5、乙0.5",
        "甲（二分之一）、乙（二分之一）",
        "甲占50%、乙占50%",
        "甲50%乙50%",
        "甲（50%）乙（50%）",
        "甲 50% 乙 50%",
    ],
)
def test_shares_may_stand_behind_names(judged, cell):
    roll = judged(f"1-101,80,{cell},,,,,,")
    held = roll.report.parts["1-101"].part.owners
    assert roll.owners["1-101"] == ["甲", "乙"]
    assert [str(one.share) for one in held] == ["1/2", "1/2"]


def test_shares_behind_names_are_summed_and_blamed_on_their_column(judged):
    roll = judged(text="房号,面积,业主\n1-101,80,甲60%、乙30%\n1-102,80,甲60%、乙\n")
    assert roll.bad == [(2, "业主", "share-sum"), (3, "业主", "share-sum")]


def test_a_column_of_shares_goes_before_what_stands_behind_names(judged):
    roll = judged(text='房号,面积,业主,份额\n1-101,80,甲60%、乙40%,"50%、50%"\n')
    assert [str(one.share) for one in roll.report.parts["1-101"].part.owners] == ["1/2", "1/2"]


def test_a_share_behind_a_company_with_a_comma_is_its_own(judged):
    roll = judged(text='房号,面积,业主\n1-101,80,"Foo Co., Ltd.（50%）、甲（50%）"\n')
    assert roll.owners["1-101"] == ["Foo Co., Ltd.", "甲"]


KINDS = "房号,面积,姓名,人员类型\n"


@pytest.mark.parametrize(
    "kind",
    [
        "业主",
        "产权人",
        "权利人",
        "共有人",
        "本人",
        "户主",
        "",
        "业主本人",
        "共有产权人",
        "业主（户主）",
    ],
)
def test_these_are_owners(judged, kind):
    roll = judged(text=f"{KINDS}1-101,80,甲,{kind}\n")
    assert (roll.owners, roll.warnings) == ({"1-101": ["甲"]}, [])


@pytest.mark.parametrize(
    "kind", ["家属", "配偶", "子女", "租户", "租客", "非业主", "原业主", "业主配偶", "父母", "保姆"]
)
@pytest.mark.parametrize("header", ["人员类型", "业主类型", "与业主关系", "身份"])
def test_these_are_not(judged, header, kind):
    lines = f"1-101,80,乙,{kind}\n1-101,80,甲,业主\n1-102,,丙,{kind}\n"
    roll = judged(text=f"房号,面积,姓名,{header}\n{lines}")
    assert roll.owners == {"1-101": ["甲"]}
    assert roll.warnings == [(2, header, "not-an-owner"), (4, header, "not-an-owner")]
    assert roll.bad == [(4, "姓名", "owner-missing")]


def test_a_tenant_of_a_home_not_delivered_leaves_it_with_the_developer(judged):
    roll = judged(text="房号,面积,姓名,人员类型,交付\n1-101,80,甲,租户,未交付\n")
    assert (roll.bad, roll.owners) == ([], {"1-101": []})


def test_a_family_line_does_not_stand_for_an_owner_whose_line_is_bad(judged):
    roll = judged(text=f"{KINDS}1-101,八十,甲,业主\n1-101,80,乙,配偶\n")
    assert roll.bad == [(2, "面积", "area-not-a-number"), (3, "姓名", "owner-missing")]


def test_kinds_of_owners_say_nothing_of_who_is_one(judged):
    roll = judged(text="房号,面积,业主,业主类型\n1-101,80,甲,个人\n1-102,80,乙公司,单位\n")
    assert roll.owners == {"1-101": ["甲"], "1-102": ["乙公司"]}


def test_a_shop_is_told_though_a_tenants_line_comes_first(judged):
    roll = judged(text="房号,面积,姓名,人员类型,用途\n1-101,,乙,租户,\n1-101,80,甲,业主,商铺\n")
    assert (roll.bad, roll.report.parts["1-101"].part.use) == ([], "shop")


PAIRS = [
    "房号,面积,业主1,电话1,业主2,电话2",
    "房号,面积,业主,电话,业主2,电话2",
    "房号,面积,业主,电话,第二业主,第二业主电话",
    "房号,面积,业主,电话,共有人,共有人电话",
    "房号,面积,业主,电话,共有人姓名,共有人手机号",
    "房号,面积,权利人1,手机1,权利人2,手机2",
    "房号,面积,产权人一,电话,产权人二,产权人二电话",
    "房号,面积,业主姓名1,业主电话1,业主姓名2,业主电话2",
    "房号,面积,业主,电话,业主,电话",
    "房号,面积,业主,电话,共有人,电话",
    "房号,面积,Owner,Phone,Owner 2,Phone 2",
]


@pytest.mark.parametrize("header", PAIRS)
def test_further_columns_of_owners_are_owners_of_the_row(judged, header):
    rows = "1-101,80,甲,13800000001,乙,13800000002\n1-102,80,甲,13800000001,,\n"
    roll = judged(text=f"{header}\n{rows}")
    assert roll.owners == {"1-101": ["甲", "乙"], "1-102": ["甲"]}
    phones = {one.person.name: one.person.phone for one in roll.report.people.values()}
    assert phones == {"甲": "+8613800000001", "乙": "+8613800000002"}
    assert roll.json["ignored"] == []


def test_three_owners_side_by_side_with_their_numbers_and_shares(judged):
    header = "房号,面积,业主1,份额1,业主2,份额2,业主3,份额3,身份证号2"
    roll = judged(text=f"{header}\n1-101,80,甲,50%,乙,30%,丙,20%,11010519491231002X\n")
    held = roll.report.parts["1-101"].part.owners
    assert [str(one.share) for one in held] == ["1/2", "3/10", "1/5"]
    numbers = {one.person.name: one.person.id_number for one in roll.report.people.values()}
    assert numbers == {"甲": "", "乙": "11010519491231002X", "丙": ""}


def test_co_owners_share_the_columns_of_the_first_where_they_have_none(judged):
    text = "房号,面积,业主,共有人,电话,份额\n1-101,80,甲,乙、丙,13800000001/13800000002,各1/3\n"
    roll = judged(text=text)
    phones = {one.person.name: one.person.phone for one in roll.report.people.values()}
    assert phones == {"甲": "+8613800000001", "乙": "+8613800000002", "丙": ""}
    assert len({one.share for one in roll.report.parts["1-101"].part.owners}) == 1


def test_a_co_owner_alone_is_the_owner(judged):
    roll = judged(text="房号,面积,共有人,共有人电话\n1-101,80,甲,13800000001\n")
    assert (roll.owners, roll.json["columns"]["owner"]) == ({"1-101": ["甲"]}, "共有人")
    roll = judged(text="房号,面积,业主,共有人\n1-101,80,,甲\n")
    assert roll.owners == {"1-101": ["甲"]}


def test_what_is_beside_owners_and_of_no_owner_is_left(judged):
    text = "房号,面积,业主,电话,电话2,租户,租户电话,共有方式\n1-101,80,甲,1,2,乙,3,共同共有\n"
    assert judged(text=text).json["ignored"] == ["电话2", "租户", "租户电话", "共有方式"]


def test_a_wrong_phone_of_the_second_owner_is_told_at_its_column(judged):
    roll = judged(text="房号,面积,业主,电话,业主2,电话2\n1-101,80,甲,13800000001,乙,1380000\n")
    assert roll.warnings == [(2, "电话2", "phone-invalid")]


@pytest.mark.parametrize("header", ["室号部位", "室号或部位", "房号或部位"])
def test_the_register_calls_the_room_室号部位(judged, header):
    roll = judged(text=f"幢号,{header},面积,权利人\n1,101室,80,甲\n")
    assert (keys(roll), roll.json["columns"]["number"]) == (["1-101"], header)
    assert keys(judged(text=f"{header},面积,权利人\n1幢101室,80,甲\n")) == ["1-101"]


@pytest.mark.parametrize(
    ("cells", "bad", "warnings"),
    [
        (("1-1\ufffd1", "80", "甲", "住宅", "好"), [(2, "房号", "room-unreadable")], []),
        (("1-101", "8\ufffd", "甲", "住宅", "好"), [(2, "面积", "area-not-a-number")], []),
        (("1-101", "80", "甲\ufffd", "住宅", "好"), [(2, "业主", "owner-missing")], []),
        (("1-101", "80", "甲", "住\ufffd", "好"), [], [(2, "用途", "byte-unreadable")]),
        (("1-101", "80", "甲", "住宅", "\ufffd"), [], []),
    ],
)
def test_a_broken_byte_counts_where_it_is_read(judged, cells, bad, warnings):
    roll = judged(text=f"房号,面积,业主,用途,备注\n{','.join(cells)}\n")
    assert (roll.bad, roll.warnings) == (bad, warnings)


@pytest.mark.parametrize("header", ["电话", "身份证号", "权证号", "交付"])
def test_a_broken_byte_in_what_is_kept_is_a_warning(judged, header):
    roll = judged(text=f"房号,面积,业主,{header}\n1-101,80,甲,1\ufffd\n")
    assert (roll.bad, roll.warnings) == ([], [(2, header, "byte-unreadable")])


def test_a_broken_byte_in_who_somebody_is_leaves_no_owner(judged):
    roll = judged(text=f"{KINDS}1-101,80,甲,业\ufffd\n")
    assert roll.bad == [(2, "人员类型", "owner-missing")]
    roll = judged(text="期,房号,面积,业主\n\ufffd期,1-101,80,甲\n")
    assert roll.bad == [(2, "期", "room-unreadable")]


@pytest.mark.parametrize("cell", ["(" * 30_000, "一百" * 15_000, "甲（50%" * 6_000, "/" * 30_000])
def test_cells_without_end_are_judged_as_any_other(judged, cell):
    roll = judged(text="房号,面积,业主,电话\n" + f"1{cell},80,甲{cell},{cell}\n" * 20)
    assert {code for _, column, code in roll.bad if column == "房号"} == {"room-unreadable"}
    assert roll.rows == {"read": 20, "bad": 20}
    assert max(len(one["value"]) for one in roll.json["bad"]) == 201


def test_a_header_without_end_is_none(judged):
    with pytest.raises(NoHeader):
        judged(text=f"{'(' * 30_000},面积,业主\n1-101,80,甲\n")


def test_owners_under_merged_headers_of_their_own_are_told_apart(judged):
    header = "房号,面积,业主1,,业主2,\n,,姓名,电话,姓名,电话\n"
    roll = judged(text=f"{header}1-101,80,甲,13800000001,乙,13800000002\n")
    assert roll.owners == {"1-101": ["甲", "乙"]}
    phones = [one.person.phone for one in roll.report.people.values()]
    assert phones == ["+8613800000001", "+8613800000002"]


def test_one_name_over_two_columns_of_owners_is_one_owner(judged):
    assert judged(text="房号,面积,业主,共有人\n1-101,80,甲,甲\n").owners == {"1-101": ["甲"]}


def test_a_long_remark_below_a_header_is_none(judged):
    text = f"房号,面积,业主\n{'（说明）' * 100},,\n1-101,80,甲\n"
    codes = [code for _row, _column, code in judged(text=text).bad]
    assert codes == ["room-unreadable", "area-missing", "owner-missing"]
