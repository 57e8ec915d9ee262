"""A slow second opinion on published figures, written from the format's sentences alone."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from committees.queries.laws import law_of
from committees.rules.figures import Code, judge
from committees.rules.figures_form import from_value
from committees.rules.thresholds import GateName, Measure

THEN = "2020-12-31"
HUNDREDTHS = st.integers(0, 3000)
AREA = HUNDREDTHS.map(lambda number: f"{number // 100}.{number % 100:02}")
COUNT = st.fixed_dictionaries({}, optional={"heads": st.integers(0, 30), "area": AREA})
OPTIONS = st.fixed_dictionaries({}, optional=dict.fromkeys(("agree", "against", "abstain"), COUNT))
DEEMED = st.tuples(st.sampled_from(["agree", "against"]), COUNT).map(lambda d: {"to": d[0], **d[1]})
PLACES = ["roll", "participated", "options.agree", "options.against", "deemed"]
PATH = st.tuples(st.sampled_from(PLACES), st.sampled_from(["heads", "area"])).map(".".join)
PERCENT = st.tuples(st.integers(0, 120), st.integers(0, 99), st.integers(0, 2)).map(
    lambda p: f"{p[0]}" if not p[2] else f"{p[0]}.{str(p[1])[: p[2]]}"
)
PRINTED = st.lists(st.fixed_dictionaries({"part": PATH, "of": PATH, "percent": PERCENT}))
VOTES = st.fixed_dictionaries(
    {
        "decided_on": st.sampled_from([THEN, "2021-01-01"]),
        "bar": st.sampled_from(["ordinary", "special"]),
    },
    optional={
        "roll": COUNT,
        "participated": COUNT,
        "options": OPTIONS,
        "deemed": DEEMED,
        "printed": PRINTED,
        "announced": st.sampled_from(["passed", "not-passed"]),
    },
)


def exact(figure):
    return None if figure is None else Fraction(figure)


def took_part(vote, name):
    printed = exact(vote.get("participated", {}).get(name))
    if printed is not None:
        return printed
    return added(vote, name)


def added(vote, name):
    options = vote.get("options", {})
    if "agree" not in options or "against" not in options:
        return None
    summed = [exact(one.get(name)) for one in options.values()]
    if "deemed" in vote:
        summed.append(exact(vote["deemed"].get(name)))
    return None if None in summed else sum(summed)


def one_test(part, of, reached):
    if part is None or of is None:
        return "unknown"
    return "met" if of > 0 and reached(part, of) else "not-met"


def opinion(vote):
    old = vote["decided_on"] < "2021-01-01"
    special = vote["bar"] == "special"
    seen = {"participation": {}, "agreement": {}}
    for name in ("heads", "area"):
        roll, took = exact(vote.get("roll", {}).get(name)), took_part(vote, name)
        agree = exact(vote.get("options", {}).get("agree", {}).get(name))
        if vote.get("deemed", {}).get("to") == "agree" and agree is not None:
            deemed = exact(vote["deemed"].get(name))
            agree = None if deemed is None else agree + deemed
        if old:
            taking_part = lambda part, of: 2 * part > of  # noqa: E731
            agreeing = (lambda p, of: 3 * p >= 2 * of) if special else (lambda p, of: 2 * p > of)
        else:
            taking_part = lambda part, of: 3 * part >= 2 * of  # noqa: E731
            agreeing = (lambda p, of: 4 * p >= 3 * of) if special else (lambda p, of: 2 * p > of)
        seen["participation"][name] = one_test(took, roll, taking_part)
        seen["agreement"][name] = one_test(agree, roll if old else took, agreeing)
    every = [*seen["participation"].values(), *seen["agreement"].values()]
    verdict = "passed" if set(every) == {"met"} else "unknown"
    return seen, "not-passed" if "not-met" in every else verdict


def left_out(vote):
    """The vote without the deemed."""
    without = {name: value for name, value in vote.items() if name != "deemed"}
    if "deemed" in vote:
        without["participated"] = {
            name: took_part(vote, name) - exact(vote["deemed"][name])
            for name in ("heads", "area")
            if vote.get("participated", {}).get(name) is not None and name in vote["deemed"]
        }
    return without


def at(vote, path):
    *where, name = path.split(".")
    if where == ["participated"]:
        return took_part(vote, name)
    for step in where:
        vote = vote.get(step, {})
    return exact(vote.get(name))


def expected_flags(vote, verdict):
    yield from ["more-than-all" for _ in excesses(vote)]
    for name, slack in (("heads", Fraction(0)), ("area", Fraction("0.01"))):
        summed, took = added(vote, name), exact(vote.get("participated", {}).get(name))
        figures = len(vote.get("options", {})) + ("deemed" in vote)
        if summed is not None and took is not None and abs(summed - took) > slack * figures:
            yield "options-do-not-add-up"
    yield from filter(None, [percent_flag(vote, **one) for one in vote.get("printed", [])])
    if verdict != "unknown" and vote.get("announced", verdict) != verdict:
        yield "verdict-contradicts-figures"
    _tests, without = opinion(left_out(vote))
    if verdict != without:
        yield "depends-on-deemed"
    if vote["decided_on"] < "2021-01-01":
        yield "law-of-the-day"


def excesses(vote):
    inner = [(f"options.{name}", "participated") for name in vote.get("options", {})]
    for path, beyond in [("participated", "roll"), ("deemed", "participated"), *inner]:
        for name in ("heads", "area"):
            part, whole = at(vote, f"{path}.{name}"), at(vote, f"{beyond}.{name}")
            if None not in (part, whole) and part > whole:
                yield path, name


def percent_flag(vote, part, of, percent):
    part, of = at(vote, part), at(vote, of)
    if part is None or not of:
        return None
    unit = Fraction(1, 10 ** len(percent.partition(".")[2]))
    over = part * 100 / of - Fraction(percent)
    if -unit / 2 <= over < unit / 2:
        return None
    return "percent-truncated" if 0 <= over < unit else "percent-mismatch"


@given(VOTES)
def test_a_second_opinion_finds_the_same(vote):
    figures = from_value({"format": "result-figures/1"} | vote)
    finding = judge(figures, law_of(figures.decided_on, figures.bar).law)
    tests, verdict = opinion(vote)
    flags = set(expected_flags(vote, verdict))
    assert finding.verdict == verdict
    assert [flag.code for flag in finding.flags] == [code for code in Code if code.value in flags]
    assert tests == {
        gate.value: {measure.value: finding.answer(gate, measure) for measure in Measure}
        for gate in GateName
    }
