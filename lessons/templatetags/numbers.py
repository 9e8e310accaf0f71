"""Numbers as words, where a heading says them."""

from django import template

register = template.Library()

SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@register.filter
def in_words(number: int) -> str:
    """`ninety-eight`; from a hundred on in digits, and `no` where there is nothing."""
    if number < len(SMALL):
        return SMALL[number]
    if number > 99:
        return f"{number:,}"
    tens, ones = divmod(number, 10)
    return f"{TENS[tens - 2]}-{SMALL[ones]}" if ones else TENS[tens - 2]
