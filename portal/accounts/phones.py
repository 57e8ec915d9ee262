"""Phone numbers in one form, E.164, so that the same phone has the same keyed hash.

Numbers +86100xxxxxxxx exist nowhere: the demonstration's invented people have them, and only a
database marked as the demonstration takes them.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

HOME = "CN"
INVENTED = re.compile(r"\+86100\d{8}")
MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


class NotAPhone(ValueError):
    """The text is no phone number that exists."""


def e164(raw: str, *, demonstration: bool) -> str:
    """`raw` as +8613800001234; without a country code it is taken as Chinese.  Blanks, hyphens
    and full-width digits are read; mobile and landline numbers pass.  Refuses NotAPhone."""
    try:
        number = phonenumbers.parse(raw, HOME)
    except phonenumbers.NumberParseException:
        raise NotAPhone from None  # without the number: tracebacks are logged
    text: str = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if demonstration and INVENTED.fullmatch(text):
        return text
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone
    return text


def takes_codes(phone: str) -> bool:
    """Can this E.164 number be sent a code?  Mainland mobiles: others cost a multiple, and fraud
    lives on that; who has none signs in by e-mail."""
    if INVENTED.fullmatch(phone):
        return True
    number = phonenumbers.parse(phone)
    is_home = phonenumbers.region_code_for_number(number) == HOME
    return is_home and phonenumbers.number_type(number) in MOBILE
