"""A roll against a registry: what is new, changed and the same, and who stays who."""

from fractions import Fraction

import pytest

from portal.owners.rules.heads import HeldPart, heads_of

ID, OTHER_ID = "11010519491231002X", "330324198001011239"
CHEN, LI = "13800000001", "13800000002"
ROLL = (
    f"1-2-301,89.32,张三,{CHEN},{ID},住宅,,,浙001号",
    f"1-2-302,89.325,张三,{CHEN}",
    f"1-2-303,100,李四、王五,{LI},,别墅,1/2",
    "1-2-304,100,赵六,,,住宅,33.33%",
    "1-2-304,,钱七,,,,33.33%",
    "1-2-304,,孙八,1380000,,,33.33%",
    "1-2-305,100,赵六",
    "1-2-306,100,,,,,,未售",
    f"1-2-307,100,周九,{CHEN},,,,未交付",
    f"车位-023,12,张三,{CHEN}",
    "1-2-308,x,吴十",
)


@pytest.fixture
def registry(judged, registry_after):
    return registry_after(judged(*ROLL))


def test_the_same_file_again_is_all_the_same(judged, registry):
    first, again = judged(*ROLL), judged(*ROLL, registry=registry)
    assert first.rows == {"read": 11, "new": 10, "bad": 1}
    assert again.rows == {"read": 11, "same": 10, "bad": 1}
    assert again.roll == first.roll
    assert (again.bad, again.warnings) == (first.bad, first.warnings)
    assert not any(value.is_changed for value in again.report.parts.values())
    assert not any(value.is_new or value.is_changed for value in again.report.people.values())


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (f"1幢2单元301室,89.320㎡,张 三,+86 {CHEN},110105491231002,住房,,已交付,浙001号", "same"),
        (f"1-2-301,89.32,张三,{CHEN}", "same"),  # an empty cell takes nothing away
        ("1-2-301,89.32,张三", "same"),
        (f"1-2-301,89.33,张三,{CHEN}", "changed"),
        (f"1-2-301,89.32,张三,{CHEN},{ID},办公", "changed"),
        (f"1-2-301,89.32,张三,{CHEN},,,,未交付", "changed"),
        (f"1-2-301,89.32,张三,{LI},{ID}", "changed"),
        (f"1-2-301,89.32,张三,{CHEN},,,100%", "changed"),
        (f"1-2-301,89.32,张三,{CHEN},,,,,浙009号", "changed"),
        (f"1-2-301,89.32,李四,{LI}", "changed"),
        (f"1-2-301,89.32,张三、李四,{CHEN}", "changed"),
        ("1-2-303,100,李四", "changed"),  # a co-owner is gone
        ("1-2-309,100,张三", "new"),
    ],
)
def test_a_row_is_new_changed_or_the_same_against_the_registry_before(judged, registry, row, fate):
    assert judged(row, registry=registry).rows == {"read": 1, fate: 1}


def test_of_two_lines_only_that_of_the_changed_owner_changes(judged, registry):
    found = judged(
        "1-2-304,100,赵六,,,,33.33%",
        f"1-2-304,,钱七,{LI},,,33.33%",
        "1-2-304,,孙八,,,,33.33%",
        registry=registry,
    )
    assert found.report.fates == {2: "same", 3: "changed", 4: "same"}


@pytest.mark.parametrize("second", ["钱七", "钱七,,,商铺"])
def test_what_changes_the_part_changes_each_of_its_lines(judged, registry, second):
    found = judged("1-2-304,101,赵六", f"1-2-304,,{second}", registry=registry)
    fates = found.report.fates
    assert fates[2] == "changed"
    assert fates[3] == ("bad" if "商铺" in second else "changed")


def test_parts_that_the_file_leaves_out_stay_in_the_roll(judged, registry):
    before = judged(*ROLL)
    found = judged("2-1-101,50,新来", registry=registry)
    assert found.roll == (before.roll[0] + 1, before.roll[1] + 1, "728.65")


def test_a_file_without_columns_for_use_and_delivery_leaves_them(judged, registry):
    text = "房号,面积,业主\n1-2-306,100,\n车位-023,12,张三\n1-2-307,100,周九\n"
    found = judged(text=text, registry=registry)
    assert found.rows == {"read": 3, "same": 3}


def test_an_empty_cell_of_a_delivery_column_says_delivered(judged, registry):
    found = judged("1-2-306,100,郑十一", registry=registry)
    assert found.rows == {"read": 1, "changed": 1}
    assert found.report.parts["1-2-306"].part.delivery == "delivered"


def test_while_a_line_of_a_part_is_bad_nobody_is_dropped_from_it(judged, registry):
    found = judged("1-2-303,100,李四", "1-2-303,x,王五", registry=registry)
    assert found.rows == {"read": 2, "same": 1, "bad": 1}
    assert len(found.report.parts["1-2-303"].part.owners) == 2


def test_a_repeated_line_does_not_keep_a_former_owner(judged, registry):
    found = judged("1-2-303,100,李四", "1-2-303,100,李四", registry=registry)
    assert found.rows == {"read": 2, "changed": 1, "bad": 1}
    assert len(found.report.parts["1-2-303"].part.owners) == 1


def test_who_stands_beside_a_repeated_owner_is_not_dropped(judged, registry):
    found = judged("1-2-303,100,李四", "1-2-303,100,李四、王五", registry=registry)
    assert found.rows == {"read": 2, "same": 1, "bad": 1}
    assert len(found.report.parts["1-2-303"].part.owners) == 2


def names_and_keys(registry):
    return {person.name: key for key, person in registry.people.items()}


@pytest.mark.parametrize(
    "row",
    [
        f"1-2-304,100,赵六,{LI}",  # gains a phone
        f"1-2-304,100,赵六,,{OTHER_ID}",  # gains a number
        f"1-2-307,100,周九,{LI},,,,未交付",  # another phone, and no other home
        f"1-2-309,100,张三,{CHEN}",  # one name with one phone, whose number is known
        f"1-2-309,100,李四,{LI}",
        f"1-2-309,100,李四,{LI},{OTHER_ID}",  # a number joins the name and phone
        f"1-2-309,100,张三,{LI},{ID}",
    ],
)
def test_a_known_person_is_known_again(judged, registry, row):
    found = judged(row, registry=registry)
    people = found.report.people
    assert not any(value.is_new for value in people.values())


@pytest.mark.parametrize(
    "row",
    [
        f"1-2-302,89.33,张三,{LI}",  # of two homes: another phone may be another man
        f"1-2-309,100,张三,,{OTHER_ID}",
        "1-2-309,100,李四",
        "1-2-309,100,赵六",
        f"1-2-309,100,王五,{LI}",
        f"1-2-301,89.32,张三,,{OTHER_ID}",
    ],
)
def test_an_unknown_person_is_new(judged, registry, row):
    found = judged(row, registry=registry)
    assert [value.is_new for value in found.report.people.values()] == [True]


def test_a_name_alone_is_not_the_holder_whom_the_same_file_calls_otherwise(judged, registry_after):
    before = registry_after(judged(f"1-2-301,89.32,李四,,{ID}"))
    found = judged(f"1-2-301,89.32,张三、李四,,{ID}", registry=before)
    assert found.owners == {"1-2-301": ["张三", "李四"]}
    (kept,) = before.people
    assert found.report.people[kept].person.name == "张三"
    again = judged(f"1-2-301,89.32,张三、李四,,{ID}", registry=registry_after(found, before))
    assert again.rows == {"read": 1, "same": 1}


def test_a_name_alone_is_the_holder_who_is_told_apart_at_another_home(judged, registry_after):
    before = registry_after(judged(f"1-2-301,89.32,李四,,{ID}", f"1-2-302,89.32,李四,,{ID}"))
    found = judged(f"1-2-301,89.32,李四,,{ID}", "1-2-302,89.32,李四", registry=before)
    assert found.rows == {"read": 2, "same": 2}


def test_a_good_phone_is_not_given_up_for_one_that_fits_no_form(judged, registry):
    found = judged(f"1-2-301,89.32,张三,1380000,{ID}", registry=registry)
    assert found.rows == {"read": 1, "same": 1}
    assert found.warnings == [(2, "手机", "phone-invalid")]


@pytest.mark.parametrize("phone", ["1380000", ""])
def test_what_was_entered_unchecked_stays_until_a_checked_one_comes(judged, registry, phone):
    found = judged(f"1-2-304,100,孙八,{phone}", registry=registry)
    (value,) = found.report.people.values()
    assert (value.person.phone, value.phone_is_checked) == ("1380000", False)
    found = judged(f"1-2-304,100,孙八,{LI}", registry=registry)
    (value,) = found.report.people.values()
    assert (value.person.phone, value.phone_is_checked) == (f"+86{LI}", True)


def test_the_registrys_own_spelling_of_a_phone_is_no_change(judged, registry):
    spelled = {
        key: type(person)(key, person.name, person.phone.removeprefix("+86"), person.id_number)
        for key, person in registry.people.items()
    }
    registry = type(registry)(registry.parts, spelled)
    assert judged(*ROLL, registry=registry).rows == {"read": 11, "same": 10, "bad": 1}


def test_a_number_of_somebody_the_file_leaves_out_is_not_given_to_another_name(judged, registry):
    found = judged(f"1-2-309,100,李四,,{ID}", registry=registry)
    assert found.bad == [(2, "身份证号", "id-conflict")]
    assert "名册" in found.json["bad"][0]["text"]


def test_a_file_with_all_the_homes_of_a_person_may_correct_the_name(judged, registry):
    rows = [
        f"1-2-301,89.32,张叁,{CHEN},{ID}",
        f"1-2-302,89.33,张叁,{CHEN}",
        f"车位-023,12,张叁,{CHEN}",
    ]
    found = judged(*rows, registry=registry)
    assert found.rows == {"read": 3, "changed": 3}
    (value,) = found.report.people.values()
    assert (value.person.name, value.is_new) == ("张叁", False)


def test_shares_stay_while_the_owners_do_and_go_when_one_goes(judged, registry):
    def shares(*rows):
        part = judged(*rows, registry=registry).report.parts["1-2-303"].part
        return [held.share for held in part.owners]

    assert shares("1-2-303,100,李四、王五") == [Fraction(1, 2)] * 2
    assert shares("1-2-303,100,李四") == [None]


def test_a_namesake_in_the_registry_is_warned_about_but_not_of_a_part_in_the_file(judged, registry):
    found = judged("1-2-309,100,钱七", registry=registry)
    assert found.warnings == [(2, "业主", "same-name")]
    found = judged("1-2-309,100,钱七", "1-2-304,100,郑十一", registry=registry)
    assert found.warnings == []


def test_the_roll_counts_what_the_registry_will_hold(judged, registry, registry_after):
    found = judged("1-2-301,90,张三", f"3-101,50,李四,{LI}", registry=registry)
    after = registry_after(found, registry)
    counted = {
        key: part for key, part in after.parts.items() if part.use not in ("parking", "storage")
    }
    heads = heads_of(
        HeldPart(
            key,
            part.area,
            part.delivery != "delivered",
            frozenset(held.person for held in part.owners),
        )
        for key, part in counted.items()
    )
    area = sum(part.area for part in counted.values())
    assert found.roll == (len(counted), len(heads), f"{area // 100}.{area % 100:02}")


def test_a_namesake_with_another_number_and_phone_is_another_person(judged, registry_after):
    before = registry_after(judged(f"1-2-301,50,张三,13800000001,{ID}"))
    found = judged(f"1-2-301,50,张三,13800000002,{OTHER_ID}", registry=before)
    assert len(found.report.people) == 1
    assert not found.report.people.keys() & before.people.keys()
