"""One header merged over several columns, and numbers that say their building over again."""


def test_a_room_and_its_owners_side_by_side_under_merged_headers_are_one_room_and_all_owners(
    judged,
):
    roll = judged(text="房号,房号,房号,面积,业主,业主\n1,2,301,89.32,张三,李四\n1,2,302,70,王五,\n")
    assert roll.owners == {"1-2-301": ["张三", "李四"], "1-2-302": ["王五"]}


def test_what_is_said_twice_under_a_merged_header_is_said_once(judged):
    roll = judged(text="房号,面积,业主,业主\n1-2-301,89.32,张三,张三\n")
    assert roll.owners == {"1-2-301": ["张三"]}


def test_of_an_area_under_a_merged_header_the_first_is_it(judged):
    roll = judged(text="房号,面积,面积,业主\n1-2-301,89.32,90.11,张三\n")
    assert roll.report.parts["1-2-301"].part.area == 8932


def test_where_numbers_repeat_their_building_one_with_a_stairwell_is_read_whole(judged):
    lines = ["幢,室号,面积,业主", "1,1-301,80,张三", "2,2-302,80,李四", "3,3-1-303,80,王五"]
    roll = judged(text="\n".join(lines) + "\n")
    assert list(roll.owners) == ["1-301", "2-302", "3-1-303"]
