"""Format roll-report/1 on owners: who is whom, shares, repetition, and nobody named."""

from fractions import Fraction

import pytest

ID, OTHER_ID = "11010519491231002X", "330324198001011239"
CHEN, LI = "13800000001", "13800000002"


@pytest.mark.parametrize(
    "names", ["张三、李四", "张三，李四", "张三;李四", "张三；李四", "张三/李四"]
)
def test_owners_of_one_cell_and_of_two_lines_are_the_same_co_owners(judged, names):
    one = judged(f"1-2-301,50,{names}")
    two = judged("1-2-301,50,张三", "1-2-301,,李四")
    assert one.owners == two.owners == {"1-2-301": ["张三", "李四"]}
    assert one.roll == two.roll == (1, 1, "50.00")


def test_owners_parted_by_a_comma_or_a_line_break(judged):
    found = judged('1-2-301,50,"张三,李四"', '1-2-302,50,"张三\n李四"')
    assert found.owners == {"1-2-301": ["张三", "李四"], "1-2-302": ["张三", "李四"]}


@pytest.mark.parametrize(
    ("one", "other", "heads"),
    [
        (f"张三,{CHEN}", f"张三,{CHEN}", 1),  # one name with one phone
        (f"张 三,{CHEN}", f"张三,+86 {CHEN}", 1),
        (f"张三,{CHEN}", f"张三,{LI}", 2),
        (f"张三,{CHEN}", f"李四,{CHEN}", 2),
        ("张三,", "张三,", 2),  # a name alone is a person of that part only
        (f"张三,{CHEN}", "张三,", 2),
        (f"张三,,{ID}", f"张三,{CHEN},{ID}", 1),  # one number
        (f"张三,{CHEN},{ID}", f"张三,{LI},{ID}", 1),
        (f"张三,{CHEN},{ID}", f"张三,{CHEN}", 1),  # the number joins the name and phone
        (f"张三,{CHEN}", f"张三,{CHEN},{ID}", 1),
        (f"张三,{CHEN},{ID}", f"张三,{CHEN},{OTHER_ID}", 2),
        (f"张三,,{ID}", "张三,,110105491231002", 1),  # 15 digits of the same number
        (f"张三,,{ID}", f"张三,{CHEN}", 2),
        ("张三,1380000", "张三,1380000", 2),  # what fits none is not used for matching
        ("张三,,123456", "张三,,123456", 2),
    ],
)
def test_who_is_one_person(judged, one, other, heads):
    assert judged(f"1-2-301,50,{one}", f"1-2-302,50,{other}").roll == (2, heads, "100.00")


def test_a_number_joins_only_if_there_is_exactly_one_of_that_name_and_phone(judged):
    found = judged(
        f"1-2-301,50,张三,{CHEN},{ID}",
        f"1-2-302,50,张三,{CHEN},{OTHER_ID}",
        f"1-2-303,50,张三,{CHEN}",
    )
    assert found.roll == (3, 3, "150.00")


def test_a_name_alone_is_warned_about_where_it_stands_at_another_part_too(judged):
    found = judged(
        "1-2-301,50,张三、李四",
        f"1-2-302,50,张三,{CHEN}",
        "1-2-303,50,李四",
        "1-2-304,50,王五",
        "1-2-304,50,赵六、张三",
    )
    assert found.warnings == [
        (2, "业主", "same-name"),
        (2, "业主", "same-name"),
        (4, "业主", "same-name"),
        (6, "业主", "same-name"),
    ]
    assert [one["value"] for one in found.json["warnings"]] == ["张三", "李四", "李四", "张三"]


def test_one_name_twice_at_one_part_is_no_namesake(judged):
    found = judged(f"1-2-301,50,张三,{CHEN}", f"1-2-301,,张三,{LI}")
    assert (found.bad, found.warnings) == ([], [])
    assert found.owners == {"1-2-301": ["张三", "张三"]}


def test_numbers_of_one_cell_are_parted_like_names_and_the_phone_is_the_first_ones(judged):
    found = judged(f"1-2-301,50,张三、李四,{CHEN},{ID}、{OTHER_ID}")
    people = [value.person for value in found.report.people.values()]
    assert [(one.name, one.phone, one.id_number) for one in people] == [
        ("张三", f"+86{CHEN}", ID),
        ("李四", "", OTHER_ID),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "code", "value"),
    [
        ("1380000,", "手机", "phone-invalid", "1380000"),
        ("138000012345,", "手机", "phone-invalid", "138*****2345"),
        (",110105194912310021", "身份证号", "id-number-invalid", "110***********0021"),
        (f",{ID}、{OTHER_ID}", "身份证号", "id-number-invalid", "330***********1239"),
        ("10000000001,", "手机", "phone-invalid", "100****0001"),
    ],
)
def test_what_fits_none_is_kept_as_entered_and_unchecked(judged, cells, column, code, value):
    found = judged(f"1-2-301,50,张三,{cells}")
    (warning,) = found.json["warnings"]
    assert found.rows == {"read": 1, "new": 1}
    assert (warning["column"], warning["code"], warning["value"]) == (column, code, value)
    (person,) = found.report.people.values()
    entered = cells.split("、")[0]
    assert f"{person.person.phone},{person.person.id_number}" == entered
    assert (person.phone_is_checked, person.id_is_checked) == (False, ID in cells)


def test_no_datum_of_a_bad_row_is_told_to_be_kept_unchecked(judged):
    found = judged("1-2-301,x,张三,1380000,12", "1-2-302,50,李四,1380000,12")
    assert [one[:1] + one[2:] for one in found.bad] == [(2, "area-not-a-number")]
    assert [one[:1] + one[2:] for one in found.warnings] == [
        (3, "phone-invalid"),
        (3, "id-number-invalid"),
    ]


def test_invented_phones_and_numbers_pass_in_a_demonstration(judged):
    row = "1-2-301,50,张三,10000000001,999999198001010011"
    assert [len(judged(row, demonstration=shown).warnings) for shown in (False, True)] == [2, 0]


def test_neither_text_nor_value_shows_a_phone_or_a_number(judged):
    found = judged(
        f"1-2-301,50,张三,{CHEN},{ID}",
        f"1-2-302,50,李四,{CHEN},{ID}",
        "1-2-303,50,王五13800000009,138000000091,330324198001011238",
        "1-2-304,50,王五13800000009",
    )
    said = "".join(
        f"{one['value']}{one['text']}" for one in found.json["bad"] + found.json["warnings"]
    )
    assert not any(secret in said for secret in (CHEN, ID, "1380000000", "198001011238"))


@pytest.mark.parametrize(
    ("shares", "is_good"),
    [
        (("1/2", "1/2"), True),
        (("50%", "0.5"), True),
        (("33.33%", "66.67%"), True),
        (("49.99%", "49.99%"), True),
        (("49.98%", "49.99%"), False),
        (("", ""), True),
        (("1/2", ""), False),
        (("1/2", "x"), False),
        (("1", "1"), False),
        (("0", "1"), False),
    ],
)
def test_shares_given_sum_to_one_or_every_line_of_the_part_is_bad(judged, shares, is_good):
    one, other = shares
    found = judged(f"1-2-301,50,张三,,,,{one}", "1-2-302,50,王五", f"1-2-301,,李四,,,,{other}")
    bad = [(2, "份额", "share-sum"), (4, "份额", "share-sum")]
    assert found.bad == ([] if is_good else bad)
    assert found.roll[0] == (2 if is_good else 1)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        *[("1/2", "50%"), ("1/3", "33.3333%"), ("2/3", "66.6667%"), ("12.345%", "12.345%")],
        *[("1/128", "0.7812%"), ("3/128", "2.3438%"), ("1/1000000", "0.0001%")],
    ],
)
def test_a_sum_of_shares_is_told_in_percent_with_four_decimals_at_most(judged, share, said):
    (found,) = judged(f"1-2-301,50,张三,,,,{share}").json["bad"]
    assert f"相加是{said}，" in found["text"]


def test_shares_are_kept_exactly(judged):
    found = judged("1-2-301,50,张三、李四,,,,1/3、2/3")
    (part,) = found.report.parts.values()
    assert [held.share for held in part.part.owners] == [Fraction(1, 3), Fraction(2, 3)]


def test_the_share_of_a_repeated_owner_counts_once(judged):
    found = judged(*["1-2-301,50,张三,,,,1/2"] * 2, "1-2-301,50,李四,,,,1/2")
    assert found.bad == [(3, "业主", "row-repeated")]


# Repetition and missing owners


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张三"),
        ("张三", "张 三"),
        (f"张三,{CHEN}", f"张三,{CHEN}"),
        (f"张三,{CHEN}", "张三"),
        ("张三", f"张三,{CHEN}"),
        (f"张三,{CHEN},{ID}", f"张三,{CHEN}"),
        (f"张三,{CHEN},{ID}", f"张三,{LI},{ID}"),
        ("张三、李四", "李四"),
    ],
)
def test_the_same_owner_of_the_same_part_again_is_bad(judged, one, other):
    found = judged(f"1-2-301,50,{one}", f"1幢2单元301,50,{other}")
    assert found.bad == [(3, "业主", "row-repeated")]
    assert found.rows == {"read": 2, "new": 1, "bad": 1}


def test_the_same_owner_twice_in_one_cell_is_bad(judged):
    assert judged("1-2-301,50,张三、张三").bad == [(2, "业主", "row-repeated")]


def test_an_unsold_part_twice_without_an_owner_is_repeated(judged):
    found = judged(*["1-2-301,50,,,,,,未售"] * 2)
    assert found.bad == [(3, "业主", "row-repeated")]


@pytest.mark.parametrize("delivery", ["", "已交付"])
@pytest.mark.parametrize("nobody", ["", "无", "/", "、"])
def test_delivered_and_nobody_named_is_bad(judged, delivery, nobody):
    found = judged(f"1-2-301,50,{nobody},,,,,{delivery}")
    assert found.bad == [(2, "业主", "owner-missing")]


@pytest.mark.parametrize(
    "row", ["1-2-301,50,,,,,,未售", "1-2-301,50,,,,,,未交付", "1-2-301,50,未售"]
)
def test_not_delivered_nobody_need_be_named(judged, row):
    found = judged(row)
    assert found.rows == {"read": 1, "new": 1}
    assert found.roll == (1, 1, "50.00")


@pytest.mark.parametrize(
    ("other", "is_good"), [(f"张三,,{ID}", True), (f"张 三,,{ID}", True), (f"李四,,{ID}", False)]
)
def test_one_number_with_two_names_is_bad_on_the_later_row(judged, other, is_good):
    found = judged(f"1-2-301,50,张三,,{ID}", f"1-2-302,50,{other}")
    assert found.bad == ([] if is_good else [(3, "身份证号", "id-conflict")])
    assert found.roll[0] == (2 if is_good else 1)
