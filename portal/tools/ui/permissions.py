"""Who may use the switches of the frame and read its stylesheet."""


def may_anyone_set_up_the_page() -> bool:
    return True
