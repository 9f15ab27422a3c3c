"""What courts decide: convictions, lesser pleas, appeals, courts abroad, dockets of several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tahanan.records.vocabulary import Charge, CourtLevel, Outcome, Plea, Sentence
from tahanan.world.history import days
from tahanan.world.history.accused import COUNTRIES, COUNTRY_WEIGHTS, Bench
from tahanan.world.history.eras import Era
from tahanan.world.history.shapes import Arrest, Days, Judgment

_CHARGES = (Charge.TRAFFICKING, Charge.CHILD_ABUSE, Charge.CHILD_PORNOGRAPHY, Charge.CYBERCRIME)
_CHARGE_WEIGHTS = (62, 16, 14, 8)
_SOONEST = timedelta(days=120)


def judge(bench: Bench, eras: tuple[Era, ...]) -> None:
    """Convictions of every era, and beside them acquittals, appeals and courts abroad."""
    judged = {each.suspect for each in bench.history.judgments}
    waiting = [each for each in bench.arrested if each.suspect not in judged]
    waiting.sort(key=lambda each: (each.days.last, each.suspect))
    for era in eras:
        convicted = _convicted(bench, era, waiting)
        _several(bench, convicted)
        _uphold(bench, era, convicted)
        for row in convicted[: era.reversed]:
            _reverse(bench, row)
        _not_convicted(bench, era, waiting)
    _appealed(bench, eras, waiting)
    _abroad(bench)


def _convicted(bench: Bench, era: Era, waiting: list[Arrest]) -> list[Judgment]:
    """So many of those waiting: whoever waited longest is likeliest."""
    found: list[Judgment] = []
    last_day = era.happened.last if era.code != "lockdown" else era.known.last
    last = min(last_day, era.known.last - timedelta(days=6))
    for _each in range(era.convicted):
        ready = [each for each in waiting if _since(each) + _SOONEST <= last]
        ready = ready or [each for each in waiting if _since(each) < last]
        if not ready:
            break
        arrest = ready[min(len(ready) - 1, int(bench.drawn.random() ** 2 * len(ready)))]
        waiting.remove(arrest)
        found.append(_conviction(bench, era, arrest, last))
    return found


def _conviction(bench: Bench, era: Era, arrest: Arrest, last: date) -> Judgment:
    drawn = bench.drawn
    first = max(era.happened.first, _since(arrest) + _SOONEST)
    if era.code == "main":
        first = max(first, era.known.first)
    if first > last:
        first = _since(arrest) + timedelta(days=1)
    day = days.between(drawn, first, last)
    known = _known(bench, era, day, arrest)
    plea = drawn.choices((Plea.NOT_GUILTY, Plea.GUILTY, Plea.GUILTY_OF_LESSER), (52, 26, 22))[0]
    lesser = plea is Plea.GUILTY_OF_LESSER
    kinds = (Sentence.PRISON, Sentence.SUSPENDED, Sentence.PROBATION, Sentence.FINE)
    sentence = drawn.choices(kinds, (50, 25, 15, 10) if lesser else (97, 2, 1, 0))[0]
    charge = drawn.choices(_CHARGES, _CHARGE_WEIGHTS)[0]
    row = Judgment(
        arrest.suspect, f"docket-{len(bench.history.judgments) + 1}", Days(day, day), known,
        charge, Outcome.CONVICTED, plea, sentence, CourtLevel.TRIAL,
    )  # fmt: skip
    bench.history.judgments.append(row)
    return row


def _since(arrest: Arrest) -> date:
    """Since when he is known to be arrested: nobody is judged before."""
    return max(arrest.days.last, arrest.known)


def _known(bench: Bench, era: Era, day: date, arrest: Arrest) -> date:
    late = bench.drawn.random() < 0.1
    low, high = (35, 150) if late else (0, 20)
    known = days.later(bench.drawn, day, low, high, era.known.last)
    return max(known, day, arrest.known, era.known.first)


def _several(bench: Bench, convicted: list[Judgment]) -> None:
    """Several charges of one accused; and several accused of one team in one docket, on one day."""
    for row in convicted:
        if bench.drawn.random() < 0.16:
            other = next(charge for charge in _CHARGES if charge is not row.charge)
            bench.history.judgments.append(replace(row, charge=other))
    team = {suspect.key: suspect.team for suspect in bench.history.suspects.values()}
    before: dict[str, Judgment] = {}
    for row in sorted(convicted, key=lambda each: (each.days.first, each.suspect)):
        last = before.get(team[row.suspect])
        near = last is not None and (row.days.first - last.days.first).days < 60
        single = sum(each.docket == row.docket for each in bench.history.judgments) == 1
        if last is not None and near and single and _arrested_by(bench, row.suspect, last.days):
            row.docket, row.days, row.known = last.docket, last.days, max(row.known, last.known)
        before[team[row.suspect]] = row


def _arrested_by(bench: Bench, suspect: str, judged: Days) -> bool:
    mine = [each for each in bench.arrested if each.suspect == suspect]
    return bool(mine) and max(mine[0].days.last, mine[0].known) < judged.first


def _uphold(bench: Bench, era: Era, convicted: list[Judgment]) -> None:
    for row in convicted[era.reversed :]:
        if bench.drawn.random() < 0.08:
            day = row.days.last + timedelta(days=bench.drawn.randint(200, 500))
            _on_appeal(bench, row, Outcome.UPHELD, day)


def _reverse(bench: Bench, row: Judgment) -> None:
    """Reversed on appeal, after the checkpoint and well before the published day."""
    day = max(row.days.last + timedelta(days=200), date(2017, 6, 1))
    day += timedelta(days=bench.drawn.randint(0, 300))
    for each in [each for each in bench.history.judgments if each.docket == row.docket]:
        if each.suspect == row.suspect:
            _on_appeal(bench, each, Outcome.REVERSED, day)


def _on_appeal(bench: Bench, row: Judgment, outcome: Outcome, day: date) -> None:
    bench.history.judgments.append(
        replace(
            row, days=Days(day, day), known=day + timedelta(days=9), outcome=outcome,
            level=CourtLevel.APPEAL, sentence=Sentence.NONE,
        )
    )  # fmt: skip


def _not_convicted(bench: Bench, era: Era, waiting: list[Arrest]) -> None:
    """Acquitted, or dismissed; and convicted in a case that is not the programme's."""
    last = era.known.last - timedelta(days=6)
    for number in range(round(era.convicted * 0.14)):
        ready = [each for each in waiting if _since(each) + _SOONEST <= last]
        if not ready:
            return
        arrest = bench.drawn.choice(ready)
        waiting.remove(arrest)
        row = _conviction(bench, era, arrest, last)
        row.sentence, row.plea = Sentence.NONE, Plea.NOT_GUILTY
        row.outcome = (Outcome.DISMISSED, Outcome.ACQUITTED, Outcome.DISMISSED)[number % 3]
        if number % 5 == 4:
            row.outcome, row.sentence, row.supported = Outcome.CONVICTED, Sentence.PRISON, False


def _appealed(bench: Bench, eras: tuple[Era, ...], waiting: list[Arrest]) -> None:
    """One more convicted in the second era and reversed in it: known as convicted between."""
    main = next((era for era in eras if era.code == "main"), None)
    ready = [each for each in waiting if _since(each) < date(2018, 6, 1)]
    if main is None or main.convicted < 20 or not ready:
        return
    arrest = bench.drawn.choice(ready)
    waiting.remove(arrest)
    row = _conviction(bench, main, arrest, date(2018, 12, 1))
    row.known = max(row.days.last, arrest.known, main.known.first)
    _on_appeal(bench, row, Outcome.REVERSED, date(2019, 11, 20))


def _abroad(bench: Bench) -> None:
    """Some who paid from elsewhere were judged there: told here, and not counted here."""
    for number, suspect in enumerate(bench.abroad):
        if number % 3:
            continue
        named = min(naming.known for naming in suspect.namings)
        day = named + timedelta(days=bench.drawn.randint(200, 700))
        country = bench.drawn.choices(COUNTRIES, COUNTRY_WEIGHTS)[0]
        bench.history.judgments.append(
            Judgment(
                suspect.key, f"docket-{len(bench.history.judgments) + 1}", Days(day, day),
                day + timedelta(days=40), Charge.OTHER, Outcome.CONVICTED, Plea.GUILTY,
                Sentence.PRISON, CourtLevel.TRIAL, country, supported=True,
            )
        )  # fmt: skip
    bench.abroad.clear()
