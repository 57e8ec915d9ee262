"""Masks in templates."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ name|masked_name }}", "张*三"),
        ("{{ name|masked_name:'person' }}", "张*三"),
        ("{{ name|masked_name:'company' }}", "张小三"),
        ("{{ name|masked_name:'developer' }}", "张小三"),
        ("{{ phone|masked_phone }}", "138****8000"),
        ("{{ number|masked_number }}", "**************1234"),
        ("{{ email|masked_email }}", "z***@example.com"),
    ],
)
def test_a_template_masks(written, shown):
    held = {
        "name": "张小三",
        "phone": "+8613800138000",
        "number": "330324199001011234",
        "email": "zhang@example.com",
    }
    assert Template("{% load privacy %}" + written).render(Context(held)) == shown
